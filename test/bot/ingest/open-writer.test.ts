import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WriterSettings } from '../../../src/bot/ingest/batch-messages.js';
import { ingest } from '../../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { type MailWriter, openWriter } from '../../../src/bot/ingest/open-writer.js';
import {
  describing,
  diff,
  documentsOf,
  NOW,
  openMemory,
  prepareAll,
} from '../../adapters/store/written-mail.js';
import { manySeries, sourceOf } from './fake-source.js';

const file = new URL('./writer-thread.mjs', import.meta.url);
const options = { parser: inlineParser(), now: () => NOW, batchSize: 17 };

let folder: string;
let store: MailStore;
let settings: WriterSettings;
let writer: MailWriter | null = null;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-writer-'));
  settings = {
    databaseUrl: `sqlite:${join(folder, 'a.db')}`,
    maintainers: null,
    archiveUrl: 'https://lore.example.org/{list}/{id}/',
  };
  store = await openMailStore(settings.databaseUrl, describing);
});
afterEach(async () => {
  await writer?.close();
  writer = null;
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('a writer in a thread of its own', () => {
  it('stores what the store itself would have stored', { timeout: 30_000 }, async () => {
    writer = openWriter(settings, store, { file });
    const mails = manySeries(12);
    const counts = await ingest(sourceOf(mails), writer, options);
    const memory = await openMemory();
    expect(counts).toEqual(await ingest(sourceOf(mails), memory, options));
    expect(await documentsOf(store)).toEqual(await documentsOf(memory));
    await memory.close();
  });

  it('lets commands be answered and settings be changed while it reads mails with thousands of tags', {
    timeout: 120_000,
  }, async () => {
    writer = openWriter(settings, store, { file });
    const tags = (n: number) =>
      Array.from({ length: 2_000 }, (_, i) => `Reviewed-by: Name${n}x${i} Example <r${n}x${i}@example.org>`);
    const mails = Array.from({ length: 10 }, (_, n) => ({
      id: `h1-${n}@example.org`,
      subject: `[PATCH ${n + 1}/10] mm: step ${n + 1}`,
      ...(n === 0 ? {} : { inReplyTo: 'h1-0@example.org' }),
      body: `${tags(n).join('\n')}\n${diff(`mm/f${n}.c`)}`,
    }));
    let [isOver, answered] = [false, 0];
    const prepared = await prepareAll(mails);
    const writing = Promise.all(prepared.map((mail) => writer?.ingestBatch([mail], NOW))).then(() => {
      isOver = true;
    });
    while (!isOver) {
      await store.search('step', 5);
      await store.mark('asked', String(answered));
      if (!isOver) answered++;
      // SQLite answers without a turn of the event loop, which brings the thread's answer.
      await new Promise((done) => setImmediate(done));
    }
    await writing;
    expect(answered).toBeGreaterThan(0);
    expect((await store.seriesByMessage('h1-9@example.org'))?.revisions[0]?.received).toBe(10);
  });

  it('knows the copies that are here', { timeout: 30_000 }, async () => {
    writer = openWriter(settings, store, { file });
    await ingest(sourceOf(manySeries(2)), writer, options);
    const { read, known } = await ingest(sourceOf(manySeries(2)), writer, options);
    expect(known).toBe(read);
  });

  it('leaves the store free to write between its batches', { timeout: 30_000 }, async () => {
    writer = openWriter(settings, store, { file });
    const ingested = ingest(sourceOf(manySeries(12)), writer, options);
    for (const value of ['one', 'two', 'three']) await store.mark('note', value);
    await ingested;
    expect(await store.markOf('note')).toBe('three');
    expect((await store.counts()).messages).toBe(manySeries(12).length);
  });

  it('hands on what a person can mend as it is', { timeout: 30_000 }, async () => {
    const lost = { ...settings, databaseUrl: `sqlite:${join(folder, 'no-such-folder', 'a.db')}` };
    writer = openWriter(lost, store, { file });
    const refused = writer.ingestBatch(await prepareAll([{}]), NOW);
    await expect(refused).rejects.toMatchObject({ name: 'UserError', code: 'database-path' });
  });

  it('rejects requests to a thread that ended', async () => {
    writer = openWriter(settings, store, { file: new URL('./broken-worker.mjs', import.meta.url) });
    await expect(writer.ingestBatch(await prepareAll([{}]), NOW)).rejects.toThrow('thread that writes');
  });

  it('lets the store write where the database is in memory', async () => {
    const memory = await openMemory();
    const here = openWriter({ ...settings, databaseUrl: 'sqlite::memory:' }, memory, { file });
    expect(await here.ingestBatch(await prepareAll([{}]), NOW)).toMatchObject({ fresh: 1 });
    expect((await memory.counts()).messages).toBe(1);
    await here.close();
    await memory.close();
  });
});
