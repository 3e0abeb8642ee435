import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { describing, NOW, prepare, writeMail } from '../../adapters/store/written-mail.js';
import { cli } from '../../lib/cli-io.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-backup-kill-'));
const path = (name: string) => join(folder, name);
const parts = () => readdirSync(folder).filter((name) => name.includes('.part'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Copies the first pages into a part, as `backup` does, and then waits to be killed. */
const CHILD = `
  import Sqlite from 'better-sqlite3';
  import { writeWhole } from ${JSON.stringify(new URL('../../../src/bot/commands/backup-file.ts', import.meta.url).href)};
  const [from, to] = process.argv.slice(1);
  await writeWhole(to, { force: false }, async (part) => {
    await new Sqlite(from).backup(part, { progress: ({ remainingPages, totalPages }) => {
      if (remainingPages === totalPages) return 5;
      process.stdout.write('half\\n');
      return 0;
    } });
  });`;

it('leaves nothing of a backup that was killed, and every other file, to the next one', async () => {
  const store = await openMailStore(path('bot.db'), describing);
  await store.ingestBatch([await prepare(writeMail({ id: 'one@example.org' }))], NOW);
  await store.close();
  writeFileSync(path('copy.db.part'), 'mine');
  writeFileSync(path('copy.db.covernote-notes.part'), 'mine too');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', CHILD, path('bot.db'), path('copy.db')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  expect(parts().some((name) => name.includes(`covernote-${child.pid}.part`))).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(parts().length).toBeGreaterThan(2);

  expect(await cli(['backup', path('copy.db'), '--db', path('bot.db')])).toMatchObject({
    status: 0,
    stderr: '',
  });
  expect(parts().sort()).toEqual(['copy.db.covernote-notes.part', 'copy.db.part']);
  expect(readFileSync(path('copy.db.part'), 'utf8')).toBe('mine');
  const copy = await openMailStore(path('copy.db'), describing);
  expect((await copy.counts()).messages).toBe(1);
  await copy.close();
});
