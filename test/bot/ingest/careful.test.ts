import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ingest } from '../../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import type { MailParser } from '../../../src/bot/ingest/mail-parser.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { reindex } from '../../../src/bot/ingest/reindex.js';
import { takeSecondChances } from '../../../src/bot/ingest/retry-quarantined.js';
import { UserError } from '../../../src/digest/failure/failure.js';
import type { SourceEvent } from '../../../src/digest/ports/mail-source.js';
import { describingWith, NOW, writeMail } from '../../adapters/store/written-mail.js';
import { newDatabase } from '../../lib/database.js';
import { DERIVING_EVIL, evilMail } from './evil-mail.js';
import { manySeries, sourceOf } from './fake-source.js';

let isHarmless = false;
let store: MailStore;
beforeEach(async () => {
  isHarmless = false;
  const harmful = describingWith(DERIVING_EVIL, () => {
    if (!isHarmless) throw new RangeError('too deep');
  });
  store = await openMailStore(await newDatabase(), harmful);
});
afterEach(() => store.close());

const mailEvent = (raw: Buffer, where: string): SourceEvent => ({
  kind: 'mail',
  raw,
  receivedAt: null,
  list: null,
  where,
  problems: [],
});
const asEvents = (count: number) =>
  manySeries(count).map((mail, i) => mailEvent(writeMail(mail), `fake, message ${i + 1}`));
const options = { parser: inlineParser(), now: () => NOW, batchSize: 10 };

/** Answers for a mail that holds a word with a problem, each time or the first so many times. */
function strikingParser(code: string, times = Number.POSITIVE_INFINITY): MailParser {
  const inner = inlineParser();
  let left = times;
  return {
    async parse(mails) {
      const outcomes = await inner.parse(mails);
      return outcomes.map((outcome, i) => {
        if (!Buffer.from(mails[i]?.raw ?? []).includes('X-Evil') || left-- <= 0) return outcome;
        return { kind: 'skipped', where: mails[i]?.where ?? '', problem: { code, detail: 'so it is' } };
      });
    },
    close: async () => undefined,
  };
}

describe('a mail that strikes the parser', () => {
  const evil = mailEvent(evilMail('hang'), 'fake, the evil one');
  const events = [...asEvents(2), evil, ...asEvents(3).slice(12)];

  it.each([
    ['parser-timeout', 'stalled'],
    ['parser-crashed', 'killed'],
    ['parser-failed', 'failed'],
  ])('with %s is tried once more, then kept in quarantine; all others are read', async (code, reason) => {
    const counts = await ingest(sourceOf(events), store, { ...options, parser: strikingParser(code) });
    expect(counts).toMatchObject({ read: 19, new: 18 });
    expect(counts.skipped).toEqual({
      quarantined: {
        count: 1,
        example: expect.stringMatching(/^fake, the evil one: .*so it is.*reindex --quarantined/),
      },
    });
    expect(await store.readings.quarantine.all()).toMatchObject([
      { source: 'fake', where: 'fake, the evil one', reason, detail: 'so it is', at: NOW, isKept: true },
    ]);
    expect(await store.readings.quarantine.suspects()).toEqual([]);
    // From then on it is skipped before it is parsed.
    const again = await ingest(sourceOf(events), store, { ...options, parser: inlineParser() });
    expect(again).toMatchObject({ read: 19, new: 0, known: 18, skipped: { quarantined: { count: 1 } } });
    const { quarantine } = await reindex(store, { ...options, quarantinedOnly: true });
    expect(quarantine).toEqual({ tried: 1, read: 1, left: 0 });
    expect((await store.counts()).messages).toBe(19);
  });

  const chances = (days: number, parser: MailParser, to: MailStore = store) =>
    takeSecondChances({
      store: to,
      parser,
      nowMs: () => Date.parse(NOW) + days * 86_400_000,
      signal: new AbortController().signal,
    });

  it('has a second chance after a day, and only one', async () => {
    await ingest(sourceOf(events), store, { ...options, parser: strikingParser('parser-crashed') });
    expect(await chances(0.9, inlineParser())).toEqual({ tried: 0, read: 0 });
    expect(await chances(1.1, strikingParser('parser-crashed'))).toEqual({ tried: 1, read: 0 });
    expect(await chances(3, inlineParser())).toEqual({ tried: 0, read: 0 });
    expect((await store.counts()).messages).toBe(18);
    expect(await store.readings.quarantine.count()).toBe(1);
  });

  it('is read where it was not at fault, and keeps its chance where the database was', async () => {
    await ingest(sourceOf(events), store, { ...options, parser: strikingParser('parser-crashed') });
    const error = new UserError('database-disk', 'The disk is full.', 'Make room.');
    const full = { ...store, ingestBatch: () => Promise.reject(error) };
    await expect(chances(2, inlineParser(), full)).rejects.toBe(error);
    expect(await chances(2, inlineParser())).toEqual({ tried: 1, read: 1 });
    expect((await store.counts()).messages).toBe(19);
    expect(await store.readings.quarantine.count()).toBe(0);
  });

  it('once is read the second time', async () => {
    const parser = strikingParser('parser-timeout', 1);
    expect(await ingest(sourceOf(events), store, { ...options, parser })).toMatchObject({
      new: 19,
      skipped: {},
    });
    expect(await store.readings.quarantine.suspects()).toEqual([]);
  });
});

describe('a mail that deriving fails on', () => {
  const events = [
    ...asEvents(2),
    mailEvent(evilMail('throw'), 'fake, the evil one'),
    ...asEvents(3).slice(12),
  ];

  it('is stored and named, and all others are derived; reindex derives it when it can', async () => {
    const counts = await ingest(sourceOf(events), store, options);
    expect(counts).toMatchObject({ read: 19, new: 19, problems: { 'derive-failed': { count: 1 } } });
    expect(await store.readings.quarantine.underived()).toMatchObject([
      { messageId: DERIVING_EVIL, code: 'derive-failed', detail: expect.stringContaining('too deep') },
    ]);
    expect(await store.readings.quarantine.count()).toBe(1);
    await reindex(store, options);
    expect(await store.readings.quarantine.count()).toBe(1);
    isHarmless = true;
    await reindex(store, options);
    expect(await store.readings.quarantine.count()).toBe(0);
    expect(await store.seriesByMessage(DERIVING_EVIL)).not.toBeNull();
  });

  it('stays as it is where it was stored before, and reindex reads all others', async () => {
    isHarmless = true;
    await ingest(sourceOf(events), store, options);
    isHarmless = false;
    expect(await reindex(store, options)).toMatchObject({ messages: 19 });
    expect(await store.readings.quarantine.count()).toBe(1);
    expect(await store.seriesByMessage(DERIVING_EVIL)).not.toBeNull();
    isHarmless = true;
    await reindex(store, options);
    expect(await store.readings.quarantine.count()).toBe(0);
  });
});

describe('no mail is blamed', () => {
  it.each([
    ['a full disk', new UserError('database-disk', 'The disk is full.', 'Make room.')],
    ['a writer that writes nothing', new Error('the thread that writes has ended')],
  ])('for %s', async (_, error) => {
    const broken = { ...store, ingestBatch: () => Promise.reject(error) };
    await expect(ingest(sourceOf(asEvents(2)), broken, options)).rejects.toBe(error);
    expect(await store.readings.quarantine.count()).toBe(0);
    expect(await ingest(sourceOf(asEvents(2)), store, options)).toMatchObject({ new: 12 });
    expect(await store.readings.quarantine.suspects()).toEqual([]);
  });

  it('each, where very many fail', async () => {
    const bug = new TypeError('undefined is no function');
    const ingestBatch: MailStore['ingestBatch'] = (mails, now) =>
      mails.length > 0 ? Promise.reject(bug) : store.ingestBatch(mails, now);
    const failing = ingest(sourceOf(asEvents(10)), { ...store, ingestBatch }, options);
    await expect(failing).rejects.toBe(bug);
    expect(await store.readings.quarantine.count()).toBeLessThanOrEqual(20);
  });
});
