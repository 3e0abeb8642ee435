import { cpSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createReadingJournal } from '../../../src/adapters/store/engine/journal-sqlite.js';
import type { ReadingRecord } from '../../../src/adapters/store/reading-journal.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-journal-'));
  path = join(folder, 'a.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hash = (n: number) => Buffer.alloc(16, n);
const batch: ReadingRecord = { hashes: [hash(1), hash(2)], alone: null };
const one: ReadingRecord = {
  hashes: [hash(3)],
  alone: {
    source: 'lore:kvm',
    where: 'lore:kvm, article 3',
    origin: { list: 'kvm@example.org', receivedAt: '2026-03-02T09:00:00Z', problems: [] },
    body: Buffer.from('body'),
  },
};
const files = () => readdirSync(folder).filter((name) => name.includes('-reading-'));

/** What is left of the notes when the process ends now: the files, without their lock. */
function endNow(): string {
  const other = join(folder, 'b.db');
  for (const name of files()) cpSync(join(folder, name), join(folder, name.replace('a.db', 'b.db')));
  return other;
}

it('leaves what was at hand, and not what was done, to the next process', async () => {
  const journal = createReadingJournal(path);
  const done = await journal.begin(batch);
  await journal.begin(one);
  done();
  await journal.settle();
  const next = createReadingJournal(endNow());
  const [left, ...others] = await next.orphans();
  expect(others).toEqual([]);
  expect(left?.records).toEqual([one]);
  await left?.forget();
  expect(await next.orphans()).toEqual([]);
  await journal.close();
  expect(files()).toEqual([]);
});

it('takes no note of a living process for an orphan, be it in the same process or its own', async () => {
  const journal = createReadingJournal(path);
  await journal.begin(batch);
  expect(await createReadingJournal(path).orphans()).toEqual([]);
  expect(await journal.orphans()).toEqual([]);
  await journal.close();
});

it('makes no file before anything is read, and none for a database in memory', async () => {
  const journal = createReadingJournal(path);
  expect(await journal.orphans()).toEqual([]);
  const inMemory = createReadingJournal(':memory:');
  (await inMemory.begin(batch))();
  expect([await inMemory.orphans(), files()]).toEqual([[], []]);
});

it('is not stopped by a damaged file, and leaves one that is just being made alone', async () => {
  const damaged = `${path}-reading-0a`;
  const made = `${path}-reading-0b`;
  writeFileSync(damaged, 'x'.repeat(5000));
  writeFileSync(made, '');
  expect(await createReadingJournal(path).orphans()).toEqual([]);
  expect(files().filter((name) => !name.includes('0a-'))).toEqual(['a.db-reading-0b']);
  // Creating it never takes a minute.
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(made, longAgo, longAgo);
  for (const orphan of await createReadingJournal(path).orphans()) await orphan.forget();
  expect(files()).toEqual([]);
});
