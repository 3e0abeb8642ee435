import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { toUserError } from '../../../../src/adapters/store/engine/sqlite-errors.js';
import { openMailStore } from '../../../../src/bot/ingest/open-mail-store.js';
import { UserError } from '../../../../src/digest/failure/failure.js';
import { describing } from '../written-mail.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function refusal(url: string): Promise<UserError> {
  const outcome = await openMailStore(url, describing).then(
    async (store) => {
      await store.close();
      return null;
    },
    (error: unknown) => error,
  );
  if (!(outcome instanceof UserError)) throw new Error(`not refused: ${url}`, { cause: outcome });
  return outcome;
}

it('can be made by several processes at once', async () => {
  const store = JSON.stringify(new URL('../../../../src/adapters/store/store.ts', import.meta.url).href);
  const script = `import { createInterface } from 'node:readline';
    import { openStore } from ${store};
    console.log('ready');
    for await (const path of createInterface({ input: process.stdin })) {
      const store = await openStore(path);
      const { messages } = await store.counts();
      await store.close();
      console.log(messages);
    }`;
  const processes = Array.from({ length: 6 }, () => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.on('error', () => undefined); // A child that died shows by its missing answer.
    return { child, answers: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  });
  const answers = () => Promise.all(processes.map(async (each) => (await each.answers.next()).value));
  expect(await answers()).toEqual(Array(6).fill('ready'));
  // They meet in each moment of it only now and then.
  for (let round = 0; round < 60; round++) {
    for (const { child } of processes) child.stdin.write(`${join(folder, `many-${round}.db`)}\n`);
    expect(await answers(), `round ${round}`).toEqual(Array(6).fill('0'));
  }
  for (const { child } of processes) child.stdin.end();
}, 120_000);

describe('a database that cannot be used', () => {
  it('is refused where it is no database at all', async () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'these are my notes, '.repeat(500));
    expect(await refusal(path)).toMatchObject({ code: 'database-damaged' });
  });

  it('is refused where it belongs to another program, and left as it is', async () => {
    const path = join(folder, 'other.db');
    const other = new Sqlite(path);
    other.exec('create table song (title text)');
    other.close();
    expect(await refusal(path)).toMatchObject({ code: 'database-foreign' });
    expect(new Sqlite(path, { readonly: true }).pragma('journal_mode', { simple: true })).toBe('delete');
  });

  it('is refused where a newer covernote wrote it', async () => {
    const path = join(folder, 'newer.db');
    await (await openMailStore(path, describing)).close();
    const file = new Sqlite(path);
    file.prepare("insert into kysely_migration values ('0999-tomorrow', '2030-01-01')").run();
    file.close();
    const error = await refusal(path);
    expect(error).toMatchObject({ code: 'database-newer' });
    expect(error.message).toContain('0999-tomorrow');
  });

  it('is refused where its folder does not exist', async () => {
    expect(await refusal(join(folder, 'none', 'covernote.db'))).toMatchObject({ code: 'database-path' });
  });

  it('is refused where the path is a folder', async () => {
    expect(await refusal(folder)).toMatchObject({ code: 'database-path' });
  });

  it.skipIf(process.getuid?.() === 0)(
    'is refused in a folder that cannot be written (not as root)',
    async () => {
      chmodSync(folder, 0o500);
      try {
        expect(await refusal(join(folder, 'new.db'))).toMatchObject({
          remedy: expect.stringMatching(/permission|may write/),
        });
      } finally {
        chmodSync(folder, 0o700);
      }
    },
  );

  it.each([
    ['SQLITE_BUSY', 'database-locked'],
    ['SQLITE_BUSY_SNAPSHOT', 'database-locked'],
    ['SQLITE_READONLY', 'database-read-only'],
    ['SQLITE_READONLY_DIRECTORY', 'database-read-only'],
    ['SQLITE_FULL', 'database-full'],
    ['SQLITE_READONLY_DBMOVED', 'database-replaced'],
    ['SQLITE_NOTADB', 'database-damaged'],
    ['SQLITE_IOERR_WRITE', 'database-disk'],
    ['SQLITE_CORRUPT_VTAB', 'database-damaged'],
    ['SQLITE_CANTOPEN', 'database-path'],
  ])('says what to do about %s', (code, name) => {
    const error = toUserError(Object.assign(new Error('x'), { code }), 'a.db');
    expect(error).toMatchObject({ name: 'UserError', code: name });
    expect((error as UserError).remedy).not.toBe('');
  });

  it('is a bug where no user can fix it', () => {
    const bug = new Error('no such column');
    expect(toUserError(bug, 'a.db')).toBe(bug);
  });
});
