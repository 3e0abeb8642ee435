import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TransientFailure, UserError } from '../../src/digest/failure/failure.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../src/digest/ports/mail-source.js';
import { headOf, textOf, writeListMail } from './list-mail.js';

/** One list on a server under test, and a kind of source that reads it. The list is empty when the suite begins. */
export interface LiveList {
  /** A new source each time: it may remember nothing but what the cursor says. */
  openSource(): MailSource;
  /** The same kind of source for a list that the server has not; `named`: what the error must name. */
  openWrong(): { readonly source: MailSource; readonly named: string };
  deliver(raws: readonly Uint8Array[]): Promise<void>;
  /** Takes a mail out; absent if the transport cannot report it. */
  remove?(raw: Uint8Array): Promise<void>;
  /** Takes the server away, and brings it back; absent if there is none (files). */
  readonly server?: { stop(): Promise<void>; start(): Promise<void> };
  /** The same source, but each connection ends after a number of bytes; absent if there is none. */
  openCut?(bytes: number): MailSource;
  /** What the archive makes of a mail, where it is not the default: ends without blank lines, List-Id added. */
  asHeld?(raw: Uint8Array): string;
  close(): Promise<void>;
}

type MailEvent = Extract<SourceEvent, { kind: 'mail' }>;

const SINCE = '2026-06-01T00:00:00Z';
const OLD = 150;
const NEW = 700;

/** What every source that can be followed keeps to: the contract of MailSource in src/digest/ports/mail-source.ts. */
export function describeMailSource(title: string, setUp: () => Promise<LiveList>): void {
  describe(title, () => {
    let list: LiveList;
    const held: Uint8Array[] = [];
    const deliver = async (...raws: Uint8Array[]) => {
      await list.deliver(raws);
      held.push(...raws);
    };
    const heldText = (raw: Uint8Array) => (list.asHeld ?? asPublicInboxHolds)(raw);
    const all = () => held.map(heldText).sort();
    const texts = (events: readonly SourceEvent[]) =>
      mailsOf(events)
        .map((mail) => heldText(mail.raw))
        .sort();
    beforeAll(async () => {
      list = await setUp();
    });
    afterAll(async () => {
      await list.close();
    });
    /** Where the first reading of everything ended. */
    let whole: SourceEvent[] = [];

    it('reads an empty list, and a list that got its first mails since', async () => {
      const empty = await readAll(list.openSource(), null);
      expect(mailsOf(empty)).toEqual([]);
      const cursor = lastCursor(empty);
      await deliver(...Array.from({ length: OLD }, (_, n) => writeListMail(n, '2026-01-01T00:00:00Z')));
      expect(texts(await readAll(list.openSource(), cursor))).toEqual(all());
    });

    it('reads every mail of the list once, in its order, byte for byte', async () => {
      await deliver(...Array.from({ length: NEW }, (_, n) => writeListMail(OLD + n, '2026-06-02T00:00:00Z')));
      whole = await readAll(list.openSource(), null);
      expect(mailsOf(whole).map((mail) => heldText(mail.raw))).toEqual(held.map(heldText));
      expect(whole.filter((event) => event.kind === 'skipped')).toEqual([]);
      for (const mail of mailsOf(whole)) expect(mail.where).not.toBe('');
    });

    it('goes on after any cursor that it gave, without a gap', async () => {
      const cursors = whole.flatMap((event, at) => (event.kind === 'cursor' ? [{ at, ...event }] : []));
      expect(cursors.length).toBeGreaterThan(1);
      expect(whole.at(-1)?.kind === 'cursor' || lastMailAt(whole) < (cursors.at(-1)?.at ?? -1)).toBe(true);
      for (const { at, cursor } of cursors) {
        const before = texts(whole.slice(0, at));
        const after = texts(await readAll(list.openSource(), cursor));
        expect([...new Set([...before, ...after])].sort()).toEqual(all());
        // A little may come twice; a whole list again would be no resuming.
        expect(after.length).toBeLessThan(held.length - before.length + 50);
      }
    });

    it('yields nothing when there is nothing new, and what came between two readings', async () => {
      let cursor = lastCursor(whole);
      const idle = await readAll(list.openSource(), cursor);
      expect(mailsOf(idle)).toEqual([]);
      cursor = lastCursor(idle) ?? cursor;
      for (const count of [1, 3]) {
        const fresh = Array.from({ length: count }, (_, n) =>
          writeListMail(held.length + n, '2026-07-01T00:00:00Z'),
        );
        await deliver(...fresh);
        const events = await readAll(list.openSource(), cursor);
        expect(texts(events)).toEqual(fresh.map(heldText).sort());
        cursor = lastCursor(events) ?? cursor;
      }
    });

    it('leaves old mail alone on a first reading with `since`, and misses none that is newer', async () => {
      const read = new Set(texts(await readAll(list.openSource(), null, { since: SINCE })));
      const newer = held.slice(OLD).map(heldText);
      expect(newer.filter((text) => !read.has(text))).toEqual([]);
      expect(read.size - newer.length).toBeLessThan(OLD / 2);
    });

    it('takes mail that was received lately though its Date lies', async () => {
      const before = lastCursor(await readAll(list.openSource(), null));
      const liars = [
        writeListMail(held.length, '2026-07-02T00:00:00Z', { date: 'Mon, 1 Jan 2018 00:00:00 +0000' }),
        writeListMail(held.length + 1, '2026-07-02T00:00:01Z', { date: 'Fri, 1 Jan 2037 00:00:00 +0000' }),
      ];
      await deliver(...liars);
      const expected = liars.map(heldText).sort();
      expect(texts(await readAll(list.openSource(), before))).toEqual(expected);
      expect(texts(await readAll(list.openSource(), null, { since: SINCE }))).toEqual(
        expect.arrayContaining(expected),
      );
    });

    it('ends soon and quietly when it is aborted', async () => {
      const ending = new AbortController();
      let mails = 0;
      for await (const event of list
        .openSource()
        .read({ cursor: null, since: null, signal: ending.signal })) {
        if (event.kind === 'mail') mails++;
        if (mails === 3) ending.abort();
      }
      expect(mails).toBeGreaterThanOrEqual(3);
      expect(mails).toBeLessThan(held.length);
      const events = [];
      for await (const event of list.openSource().read({ cursor: null, since: null, signal: ending.signal }))
        events.push(event);
      expect(events.filter((event) => event.kind === 'mail')).toEqual([]);
    });

    it('can be left in the middle', async () => {
      for await (const event of list.openSource().read(request(null))) if (event.kind === 'mail') break;
      expect(texts(await readAll(list.openSource(), null))).toEqual(all());
    });

    it('names a list that is not there, and what to do', async () => {
      const { source, named } = list.openWrong();
      const failure = await failureOf(source, null);
      expect(failure).toBeInstanceOf(UserError);
      expect((failure as UserError).message).toContain(named);
      expect((failure as UserError).remedy).not.toBe('');
    });

    it('says that the server is away, and goes on where it was when it is back', async ({ skip }) => {
      if (list.server === undefined) return skip('there is no server');
      const cursor = lastCursor(await readAll(list.openSource(), null));
      await list.server.stop();
      for (const from of [cursor, null])
        expect(await failureOf(list.openSource(), from)).toBeInstanceOf(TransientFailure);
      await list.server.start();
      const fresh = writeListMail(held.length, '2026-07-03T00:00:00Z');
      await deliver(fresh);
      expect(texts(await readAll(list.openSource(), cursor))).toEqual([heldText(fresh)]);
    });

    it.for([0, 10, 700, 5_000, 40_000, 200_000])(
      'loses nothing and makes up nothing when connections end after %i bytes',
      async (bytes, { skip }) => {
        if (list.openCut === undefined) return skip('there are no connections');
        const seen: string[] = [];
        let cursor: string | null = null;
        const cut = list.openCut(bytes);
        const failure = await failureOf(cut, null, (event) => {
          if (event.kind === 'mail') seen.push(heldText(event.raw));
          if (event.kind === 'cursor') cursor = event.cursor;
        });
        if (failure !== null) expect(failure).toBeInstanceOf(TransientFailure);
        const rest = texts(await readAll(list.openSource(), cursor));
        expect([...new Set([...seen, ...rest])].sort()).toEqual(all());
      },
    );

    it('lists what it holds, and fetches what is requested', async ({ skip }) => {
      const { audit } = list.openSource();
      if (audit === undefined) return skip('it cannot tell');
      const ids: { messageId: string; at: string }[] = [];
      for await (const id of audit.ids(request(null))) ids.push(id);
      expect(ids.map(({ messageId }) => messageId).sort()).toEqual(held.map(messageIdOf).sort());
      const expected = [3, OLD + 5].flatMap((n) => ids.filter((id) => id.messageId === messageIdOf(held[n])));
      const events: SourceEvent[] = [];
      for await (const event of audit.fetch(
        expected.map(({ at }) => at),
        new AbortController().signal,
      ))
        events.push(event);
      expect(texts(events)).toEqual(
        [held[3], held[OLD + 5]].map((raw) => heldText(raw as Uint8Array)).sort(),
      );
    });

    it('tells of a mail that was taken out', async ({ skip }) => {
      if (list.remove === undefined) return skip('the transport cannot tell');
      const cursor = lastCursor(await readAll(list.openSource(), null));
      const gone = held[7] as Uint8Array;
      await list.remove(gone);
      held.splice(7, 1);
      const events = await readAll(list.openSource(), cursor);
      expect(events.filter((event) => event.kind === 'removed')).toEqual([
        { kind: 'removed', messageId: messageIdOf(gone), where: expect.any(String) },
      ]);
      expect(mailsOf(events)).toEqual([]);
    });

    it('reads a mail of 50 MB or names it as skipped, and goes on after it', async () => {
      const cursor = lastCursor(await readAll(list.openSource(), null));
      const huge = writeListMail(held.length, '2026-07-04T00:00:00Z', { bytes: 50_000_000 });
      const after = writeListMail(held.length + 1, '2026-07-04T00:00:01Z');
      await list.deliver([huge]);
      await list.deliver([after]);
      const events = await readAll(list.openSource(), cursor);
      const outcomes = events.flatMap((event) => {
        if (event.kind === 'mail') return [event.raw.byteLength > 20_000_000 ? 'huge' : heldText(event.raw)];
        return event.kind === 'skipped' ? ['huge'] : [];
      });
      expect(outcomes).toEqual(['huge', heldText(after)]);
      expect(mailsOf(await readAll(list.openSource(), lastCursor(events)))).toEqual([]);
    }, 300_000);
  });
}

/** What public-inbox stores of a mail: without blank lines at its end; its delivery adds a List-Id. */
function asPublicInboxHolds(raw: Uint8Array): string {
  return textOf(raw)
    .replace(/^List-Id: .*\n/im, '')
    .trimEnd();
}

function request(cursor: string | null, other: Partial<ReadRequest> = {}): ReadRequest {
  return { cursor, since: null, signal: new AbortController().signal, ...other };
}

async function readAll(
  source: MailSource,
  cursor: string | null,
  other: Partial<ReadRequest> = {},
): Promise<SourceEvent[]> {
  const events: SourceEvent[] = [];
  for await (const event of source.read(request(cursor, other))) events.push(event);
  return events;
}

async function failureOf(
  source: MailSource,
  cursor: string | null,
  onEvent: (event: SourceEvent) => void = () => undefined,
): Promise<unknown> {
  try {
    for await (const event of source.read(request(cursor))) onEvent(event);
    return null;
  } catch (error) {
    return error;
  }
}

function mailsOf(events: readonly SourceEvent[]): MailEvent[] {
  return events.filter((event) => event.kind === 'mail');
}

function lastCursor(events: readonly SourceEvent[]): string | null {
  return events.findLast((event) => event.kind === 'cursor')?.cursor ?? null;
}

function lastMailAt(events: readonly SourceEvent[]): number {
  return events.findLastIndex((event) => event.kind === 'mail');
}

function messageIdOf(raw: Uint8Array | undefined): string {
  return /^Message-ID: <(.*)>$/m.exec(headOf(raw))?.[1] ?? '';
}
