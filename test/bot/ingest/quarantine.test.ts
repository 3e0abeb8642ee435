import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../../scripts/bundle.js';
import { openFiles } from '../../../src/adapters/files/open-files.js';
import { readCarefully } from '../../../src/bot/ingest/careful.js';
import { ingest } from '../../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { createParser } from '../../../src/bot/ingest/worker-parser.js';
import { describing, documentsOf, NOW, openMemory } from '../../adapters/store/written-mail.js';
import { evilMail, evilMbox } from './evil-mail.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-quarantine-'));
const child = join(folder, 'evil-child.js');
const SERIES = 8;
const MAILS = SERIES * 6;

let whole: Map<string, string>;
const expected = new Map<string, Map<string, string>>();
beforeAll(async () => {
  // As it is built: many processes are started, and each would take longer to load its sources than to do its work.
  symlinkSync(realpathSync('node_modules'), join(folder, 'node_modules'));
  const entries = ['evil-child', 'abort-worker'].map((name) => [name, `test/bot/ingest/${name}.ts`]);
  await bundle(Object.fromEntries(entries), folder);
  const documents = async (mbox: Buffer, name: string) => {
    const path = join(folder, name);
    writeFileSync(path, mbox);
    const store = await openMemory();
    await ingest(openFiles(path), store, { parser: inlineParser(), now: () => NOW });
    const found = await documentsOf(store);
    await store.close();
    return found;
  };
  whole = await documents(evilMbox(SERIES), 'harmless.mbox');
  for (const evil of ['parse', 'derive'] as const)
    expected.set(evil, await documents(evilMbox(SERIES, evilMail(evil)), `${evil}.mbox`));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Life {
  readonly signal: NodeJS.Signals | null;
  readonly status: number | null;
  readonly counts: { readonly read?: number; readonly skipped?: Record<string, { example: string }> };
}

function start(argv: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [child, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
}

function endOf(process_: ChildProcess): Promise<Life> {
  let printed = '';
  process_.stdout?.on('data', (text: Buffer) => {
    printed += text.toString();
  });
  return new Promise((resolve) => {
    process_.on('close', (status, signal) =>
      resolve({ status, signal, counts: printed === '' ? {} : JSON.parse(printed) }),
    );
  });
}

/** Starts the same again, as a supervisor does, until it ends by itself. */
async function lives(argv: readonly string[], env?: Record<string, string>): Promise<Life[]> {
  const all: Life[] = [];
  while (all.length < 6) {
    const life = await endOf(start(argv, env));
    all.push(life);
    if (life.signal === null) break;
  }
  return all;
}

const open = (name: string): Promise<MailStore> => openMailStore(join(folder, name), describing);
const signalsOf = (all: readonly Life[]) => all.map(({ signal, status }) => signal ?? status);

describe('a mail that aborts the process', () => {
  it.each([
    ['parsed', 'a file', 'parse', 'ingest'],
    ['stored', 'a file', 'derive', 'ingest'],
    ['parsed', 'a file that is followed', 'parse', 'follow'],
  ] as const)(
    'when it is %s, from %s, costs two restarts; all others are read, and it is tried again by reindex',
    {
      timeout: 300_000,
    },
    async (_, _from, evil, work) => {
      const [db, mbox] = [`${evil}-${work}.db`, join(folder, `${evil}.mbox`)];
      const all = await lives([join(folder, db), work, mbox]);
      expect(signalsOf(all)).toEqual(['SIGABRT', 'SIGABRT', 0]);

      const store = await open(db);
      expect(await documentsOf(store)).toEqual(whole);
      expect((await store.counts()).messages).toBe(evil === 'derive' ? MAILS + 1 : MAILS);
      expect(await store.readings.quarantine.count()).toBe(1);
      if (evil === 'derive') {
        // It was stored: what cannot be derived from it is named, and reindex tries again.
        expect(await store.readings.quarantine.underived()).toMatchObject([
          { code: expect.stringMatching(/^derive-(?:failed|timeout)$/), at: NOW },
        ]);
        await store.close();
        return;
      }
      expect(all.at(-1)?.counts.skipped?.quarantined?.example).toContain('covernote reindex --quarantined');
      expect(await store.readings.quarantine.all()).toMatchObject([
        {
          source: work === 'follow' ? `follow:${mbox}` : mbox,
          where: expect.stringContaining(`${evil}.mbox`),
          reason: 'killed',
          at: NOW,
          isKept: true,
        },
      ]);
      await store.close();
    },
  );

  it('is tried again by reindex, once even where it aborts again, and read when it does not', {
    timeout: 300_000,
  }, async () => {
    const db = join(folder, 'parse-ingest.db');
    // The next reading does not touch it; reindex does, once, and gets over that.
    expect(signalsOf(await lives([db, 'ingest', join(folder, 'parse.mbox')]))).toEqual([0]);
    expect(signalsOf(await lives([db, 'reindex']))).toEqual(['SIGABRT', 0]);
    let store = await open('parse-ingest.db');
    expect(await documentsOf(store)).toEqual(whole);
    expect(await store.readings.quarantine.count()).toBe(1);
    await store.close();

    // Once the reader has learned to read it, nothing is missing.
    const [mended] = await lives([db, 'reindex'], { HARMLESS: '1' });
    expect(mended?.counts).toMatchObject({ quarantine: { tried: 1, read: 1, left: 0 } });
    store = await open('parse-ingest.db');
    expect(await documentsOf(store)).toEqual(expected.get('parse'));
    await store.close();
    expect(readdirSync(folder).filter((name) => name.includes('-reading-'))).toEqual([]);
  });

  it('though it was stored before, costs reindex two restarts; it stays as it is, and all others are read again', {
    timeout: 300_000,
  }, async () => {
    const db = 'stored.db';
    const argv = [join(folder, db), 'ingest', join(folder, 'parse.mbox')];
    expect(signalsOf(await lives(argv, { HARMLESS: '1' }))).toEqual([0]);
    expect(signalsOf(await lives([join(folder, db), 'reindex']))).toEqual(['SIGABRT', 'SIGABRT', 0]);
    const store = await open(db);
    expect(await documentsOf(store)).toEqual(expected.get('parse'));
    expect(await store.readings.quarantine.all()).toMatchObject([
      { where: 'evil@example.org', isKept: false },
    ]);
    await store.close();
  });
});

it('no mail is suspected where the user ends the process', { timeout: 300_000 }, async () => {
  const argv = [join(folder, 'asked.db'), 'ingest', join(folder, 'harmless.mbox')];
  const waiting = start(argv, { WAIT: '1' });
  const ended = endOf(waiting);
  await new Promise<void>((resolve) => waiting.stderr?.on('data', () => resolve()));
  waiting.kill('SIGTERM');
  expect((await ended).signal).toBe('SIGTERM');
  const store = await open('asked.db');
  await (await readCarefully({ store, now: () => NOW })).end();
  expect(await store.readings.quarantine.suspects()).toEqual([]);
  await store.close();
});

it('a mail that hangs its reader twice, or ends it, is kept in quarantine; no process ends', {
  timeout: 300_000,
}, async () => {
  const path = join(folder, 'hang.mbox');
  writeFileSync(path, evilMbox(SERIES, evilMail('hang', 'a@example.org'), evilMail('exit', 'b@example.org')));
  const store = await openMemory();
  const file = pathToFileURL(join(folder, 'abort-worker.js'));
  const parser = createParser({ file, timeoutMs: 2_000 });
  const counts = await ingest(openFiles(path), store, { parser, now: () => NOW });
  await parser.close();
  expect(counts).toMatchObject({ new: MAILS, skipped: { quarantined: { count: 2 } } });
  expect(await documentsOf(store)).toEqual(whole);
  const reasons = (await store.readings.quarantine.all()).map(({ reason }) => reason).sort();
  expect(reasons).toEqual(['killed', 'stalled']);
  await store.close();
});

describe('two processes on one database', () => {
  it('do not take each other’s mail for that of a dead one; a kill -9 costs nothing but care', {
    timeout: 300_000,
  }, async () => {
    const db = 'two.db';
    const argv = [join(folder, db), 'ingest', join(folder, 'harmless.mbox')];
    const waiting = start(argv, { WAIT: '1' });
    await new Promise<void>((resolve) => waiting.stderr?.on('data', () => resolve()));
    const store = await open(db);
    const setting = { store, now: () => NOW };
    await (await readCarefully(setting)).end();
    expect(await store.readings.quarantine.suspects()).toEqual([]);

    const ended = endOf(waiting);
    waiting.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    await (await readCarefully(setting)).end();
    expect((await store.readings.quarantine.suspects()).length).toBeGreaterThan(0);

    const [life] = await lives(argv);
    expect(life).toMatchObject({ status: 0, counts: { read: MAILS, new: MAILS, skipped: {} } });
    expect(await documentsOf(store)).toEqual(whole);
    expect(await store.readings.quarantine.count()).toBe(0);
    expect(await store.readings.quarantine.suspects()).toEqual([]);
    await store.close();
  });
});
