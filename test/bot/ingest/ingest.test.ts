import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import type { MailParser } from '../../../src/bot/ingest/mail-parser.js';
import type { MailSink } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { reindex } from '../../../src/bot/ingest/reindex.js';
import { describing, documentsOf, NOW, openMemory, TWO_VERSIONS } from '../../adapters/store/written-mail.js';
import { newDatabase } from '../../lib/database.js';
import { manySeries, sourceOf } from './fake-source.js';

const options = { parser: inlineParser(), now: () => NOW };
const NOTHING = { read: 0, new: 0, known: 0, skipped: {}, problems: {} };

describe('ingest', () => {
  it('counts what was new the first time and known the second', async () => {
    const store = await openMemory();
    const source = sourceOf(TWO_VERSIONS);
    expect(await ingest(source, store, options)).toMatchObject({ read: 7, new: 7, known: 0 });
    expect(await ingest(source, store, options)).toEqual({ ...NOTHING, read: 7, known: 7 });
    expect(await store.freshness()).toEqual({ received: '2026-03-02T10:00:02Z', ingested: NOW });
    await store.close();
  });

  it('names what was skipped and what did not add up, with the first case of each, and reads the rest', async () => {
    const store = await openMemory();
    const broken = { code: 'truncated', detail: 'ends within its headers' };
    const counts = await ingest(
      sourceOf([
        {
          kind: 'skipped',
          where: 'a.mbox, message 1',
          problem: { code: 'no-mail', detail: 'holds no header' },
        },
        {
          kind: 'skipped',
          where: 'a.mbox, message 2',
          problem: { code: 'no-mail', detail: 'holds no header' },
        },
        {
          kind: 'mail',
          raw: Buffer.from('\0\0\0'),
          receivedAt: null,
          list: null,
          where: 'a.mbox, message 3',
          problems: [broken],
        },
        ...TWO_VERSIONS,
      ]),
      store,
      options,
    );
    expect(counts).toMatchObject({ read: 8, new: 8 });
    expect(counts.skipped).toEqual({
      'no-mail': { count: 2, example: 'a.mbox, message 1: holds no header' },
    });
    expect(counts.problems.truncated).toEqual({
      count: 1,
      example: 'a.mbox, message 3: ends within its headers',
    });
    await store.close();
  });

  it('tells how far it has come', async () => {
    const store = await openMemory();
    const reports: unknown[] = [];
    await ingest(sourceOf(TWO_VERSIONS), store, {
      ...options,
      onProgress: (progress) => reports.push(progress),
    });
    expect(reports).toEqual([{ done: 7, total: 7, read: 7 }]);
    await store.close();
  });

  it('is not held up by a mail that cannot be read', async () => {
    const store = await openMemory();
    const inner = inlineParser();
    const parser: MailParser = {
      parse: async (mails) =>
        (await inner.parse(mails)).map((outcome, i) =>
          i === 2
            ? { kind: 'skipped', where: 'fake, message 3', problem: { code: 'parser-crashed', detail: 'x' } }
            : outcome,
        ),
      close: async () => undefined,
    };
    const counts = await ingest(sourceOf(TWO_VERSIONS), store, { ...options, parser });
    // Read by itself it crashes nothing.
    expect(counts).toMatchObject({ read: 7, new: 7, skipped: {} });
    expect(await store.readings.quarantine.count()).toBe(0);
    await store.close();
  });

  it('cuts the same mail into the same batches, whichever thread compresses it', async () => {
    const inner = inlineParser();
    const batchesWhere = async (compress: boolean) => {
      const store = await openMemory();
      const sizes: number[] = [];
      const sink: MailSink = {
        ...store,
        async ingestBatch(mails, now) {
          sizes.push(mails.length);
          return store.ingestBatch(mails, now);
        },
      };
      const parser: MailParser = {
        // As between threads, where what is compressed is not sent uncompressed as well.
        parse: async (mails) =>
          (await inner.parse(mails.map((mail) => ({ ...mail, compress })))).map((one) =>
            compress && one.kind === 'read' ? { ...one, mail: { ...one.mail, raw: new Uint8Array() } } : one,
          ),
        close: async () => undefined,
      };
      const long = manySeries(20).map((mail) => ({
        ...mail,
        body: `${mail.body}\n${'A long line.\n'.repeat(6_000)}`,
      }));
      await ingest(sourceOf(long), sink, { ...options, parser });
      await store.close();
      return sizes;
    };
    const batches = await batchesWhere(true);
    expect(batches.length).toBeGreaterThan(1);
    expect(await batchesWhere(false)).toEqual(batches);
  });

  it('never has more than a bounded number of mails before the parser', async () => {
    const store = await openMemory();
    const inner = inlineParser();
    let ahead = 0;
    let most = 0;
    const parser: MailParser = {
      async parse(mails) {
        ahead += mails.length;
        most = Math.max(most, ahead);
        // Another thread's answer takes a turn at the least.
        await nextTurn();
        const outcomes = await inner.parse(mails);
        ahead -= mails.length;
        return outcomes;
      },
      close: async () => undefined,
    };
    await ingest(sourceOf(manySeries(200)), store, { ...options, parser });
    expect(most).toBeGreaterThan(32);
    expect(most).toBeLessThan(700);
    await store.close();
  });
});

describe('reindex', () => {
  it('derives the same documents from the raw mail', async () => {
    const store = await openMemory();
    await ingest(
      sourceOf([...TWO_VERSIONS, { ...TWO_VERSIONS[0], list: 'kvm@example.org' }]),
      store,
      options,
    );
    const before = await documentsOf(store);
    const reports: unknown[] = [];
    const counts = await reindex(store, {
      ...options,
      batchSize: 3,
      onProgress: (progress) => reports.push(progress),
    });
    expect(counts).toMatchObject({ messages: 7, series: 1 });
    expect(reports).toEqual([3, 6, 7].map((done) => ({ done, total: 7 })));
    expect(await documentsOf(store)).toEqual(before);
    await store.close();
  });

  it('brings what the rules learned since', async () => {
    let name = 'old';
    const store = await openMailStore(await newDatabase(), {
      ...describing,
      archiveUrl: (id) => `https://${name}.example.org/${id}`,
    });
    await ingest(sourceOf(TWO_VERSIONS), store, options);
    name = 'new';
    await reindex(store, options);
    for await (const series of store.allSeries())
      expect(series.revisions.map(({ url }) => url)).toEqual([
        'https://new.example.org/v1-0@example.org',
        'https://new.example.org/v2-0@example.org',
      ]);
    await store.close();
  });
});
