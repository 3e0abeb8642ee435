import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import {
  type FollowEvent,
  type FollowOptions,
  followSources,
} from '../../../src/bot/sources/follow-sources.js';
import { guardSource } from '../../../src/bot/sources/read-live-source.js';
import type { NamedSource } from '../../../src/bot/sources/read-source.js';
import { TransientFailure, UserError } from '../../../src/digest/failure/failure.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../../src/digest/ports/mail-source.js';
import { describing, writeMail } from '../../adapters/store/written-mail.js';
import { newDatabase, onPostgres } from '../../lib/database.js';

type Read = (request: ReadRequest, times: number) => AsyncIterable<SourceEvent>;

const START = Date.parse('2026-11-01T00:00:00Z');
const MINUTE = 60_000;

let url: string;
let store: MailStore;
let ending: AbortController;
let events: FollowEvent[];
let now: number;
beforeEach(async () => {
  url = await newDatabase();
  store = await openMailStore(url, describing);
  ending = new AbortController();
  events = [];
  now = START;
});
afterEach(() => store.close());

function named(
  name: string,
  read: Read,
  more: { host?: string; intervalMs?: number | null } = {},
): NamedSource {
  let times = 0;
  const source: MailSource = {
    name,
    read: (request) => read(request ?? { cursor: null, since: null, signal: ending.signal }, ++times),
  };
  const intervalMs = more.intervalMs === undefined ? MINUTE : more.intervalMs;
  const host = more.host ?? null;
  return {
    name,
    host,
    isLive: intervalMs !== null,
    transport: { scheme: 'fake', form: '', does: '', intervalMs, host: () => host, open: () => source },
    open: () => source,
  };
}

const mail = (id: string): SourceEvent => ({
  kind: 'mail',
  raw: writeMail({ id: `${id}@example.org`, subject: `[PATCH] mm: ${id}` }),
  receivedAt: null,
  list: null,
  where: id,
  problems: [],
});

/** Follows for a number of naps, or until a condition holds during one; each nap advances the clock. Returns the naps. */
async function follow(
  sources: NamedSource[],
  until: number | (() => boolean),
  more: Partial<FollowOptions> = {},
): Promise<number[]> {
  const taken: number[] = [];
  await followSources({
    sources,
    store,
    settings: { folder: '/nowhere', userAgent: 'test', stdin: Readable.from([]), now: Date.now },
    signal: ending.signal,
    nowMs: () => now,
    random: () => 0.5,
    async sleep(delayMs) {
      taken.push(delayMs);
      now += delayMs;
      if (typeof until === 'number' ? taken.length >= until : until()) ending.abort();
      await new Promise((done) => setImmediate(done));
    },
    parser: inlineParser(),
    onEvent: (event) => events.push(event),
    ...more,
  });
  return taken;
}

describe('following sources', () => {
  it('reads on from the last cursor, at its pace, and asks for the last 30 days at first', async () => {
    const cursors: (string | null)[] = [];
    const source = named('a', async function* ({ cursor, since }, times) {
      cursors.push(cursor, since);
      yield mail(`m${times}`);
      yield { kind: 'cursor', cursor: `c${times}` };
    });
    expect(await follow([source], 3)).toEqual([MINUTE, MINUTE, MINUTE]);
    expect(cursors.filter((_, at) => at % 2 === 0)).toEqual([null, 'c1', 'c2']);
    expect(cursors[1]).toBe('2026-10-02T00:00:00Z');
    expect((await store.counts()).messages).toBe(3);
    expect(await store.sources.get('a')).toMatchObject({
      cursor: 'c3',
      lastSuccess: '2026-11-01T00:02:00Z',
      nextAttempt: '2026-11-01T00:03:00Z',
      failures: 0,
      error: null,
    });
    expect(await store.sources.given('a', '2026-11-01T00:00:00Z')).toBe(3);
  });

  it('stores a cursor when the mail before it is stored, and not before', async () => {
    const seen: unknown[] = [];
    const watched: MailStore = {
      ...store,
      sources: {
        ...store.sources,
        async setCursor(name, cursor) {
          seen.push([cursor, (await store.counts()).messages]);
          await store.sources.setCursor(name, cursor);
        },
      },
    };
    const source = named('a', async function* () {
      yield mail('1');
      yield mail('2');
      yield { kind: 'cursor', cursor: 'two' };
      yield mail('3');
      yield { kind: 'cursor', cursor: 'three' };
      yield mail('4');
      throw new TransientFailure('truncated', 'It broke off.');
    });
    await follow([source], 1, { store: watched });
    expect(seen).toEqual([
      ['two', 2],
      ['three', 3],
    ]);
    // What came after the last cursor is stored too, and will be read again.
    expect((await store.counts()).messages).toBe(4);
    expect(await store.sources.get('a')).toMatchObject({ cursor: 'three', failures: 1 });
  });

  it('waits longer after each failure, up to 15 minutes, and as before after a success', async () => {
    const source = named('a', async function* (_, times) {
      if (times !== 9) throw new TransientFailure('timeout', 'It did not answer.');
      yield { kind: 'cursor', cursor: 'c' };
    });
    const naps = await follow([source], 11);
    expect(naps.map((ms) => ms / 1000)).toEqual([15, 30, 60, 120, 240, 450, 450, 450, 60, 15, 30]);
    expect(await store.sources.get('a')).toMatchObject({ failures: 2, cursor: 'c' });
  });

  it.each([
    [new TransientFailure('rate-limited', 'Slower.', { retryAfterMs: 3_600_000 }), 3_615],
    [new UserError('no-such-list', 'There is none.', 'Check it.'), 900],
    [new Error('a bug'), 15],
  ])('waits as long as %s asks for', async (failure, seconds) => {
    // biome-ignore lint/correctness/useYield: it fails at once
    const source = named('a', async function* () {
      throw failure;
    });
    expect(await follow([source], 1)).toEqual([seconds * 1000]);
    const state = await store.sources.get('a');
    expect(state?.error?.message).toContain(failure.message);
    expect(state?.nextAttempt).toBe(new Date(START + seconds * 1000).toISOString().replace('.000', ''));
  });

  it('lets no dead, slow or hanging source hold up another', async () => {
    const hanging = named('hanging', async function* ({ signal }) {
      await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
      yield mail('never');
    });
    const tried = { dead: 0, fine: 0 };
    // biome-ignore lint/correctness/useYield: it fails at once
    const dead = named('dead', async function* (_, times) {
      tried.dead = times;
      throw new TransientFailure('unreachable', 'It is away.');
    });
    const fine = named('fine', async function* (_, times) {
      tried.fine = times;
      yield mail(`fine${times}`);
      yield { kind: 'cursor', cursor: String(times) };
    });
    await follow([hanging, dead, fine], () => tried.dead > 4 && tried.fine > 4);
    expect(Number((await store.sources.get('fine'))?.cursor)).toBeGreaterThan(3);
    expect((await store.sources.get('dead'))?.failures).toBeGreaterThan(3);
  });

  it('leaves a source behind that hangs and does not mind its signal', async () => {
    const deaf = named('deaf', async function* () {
      await new Promise(() => undefined);
    });
    const guarded = guardSource(
      deaf.open({ folder: '', userAgent: '', stdin: Readable.from([]), now: Date.now }),
      {
        stallMs: 20,
        onEvent: () => undefined,
      },
    );
    await expect(async () => {
      for await (const _ of guarded.read());
    }).rejects.toMatchObject({ code: 'stalled' });
  });

  it('has no more than two connections to a host, and each source gets its turn', async () => {
    let open = 0;
    let most = 0;
    const turns = new Map<string, number>();
    const complete = new Set<string>();
    const long = (name: string) =>
      named(
        name,
        async function* ({ cursor, signal }) {
          open++;
          most = Math.max(most, open);
          turns.set(name, (turns.get(name) ?? 0) + 1);
          try {
            // An archive of a hundred pieces, each taking half a minute.
            for (let at = Number(cursor ?? 0); at < 100 && !signal.aborted; at++) {
              now += 30_000;
              await new Promise((done) => setImmediate(done));
              yield { kind: 'cursor', cursor: String(at + 1) };
            }
            if (!signal.aborted) complete.add(name);
          } finally {
            open--;
          }
        },
        { host: 'example.org' },
      );
    const names = ['a', 'b', 'c', 'd', 'e'];
    await follow(names.map(long), () => complete.size === names.length);
    expect(most).toBe(2);
    for (const name of names) {
      expect((await store.sources.get(name))?.cursor).toBe('100');
      expect(turns.get(name)).toBeGreaterThan(5);
    }
  });

  it('ends as soon as it is aborted, wherever it is', async () => {
    const source = named('a', async function* ({ signal }) {
      yield mail('1');
      yield { kind: 'cursor', cursor: 'c' };
      ending.abort();
      if (!signal.aborted) yield mail('2');
    });
    expect(await follow([source], 99)).toEqual([]);
    expect((await store.sources.get('a'))?.cursor).toBe('c');
  });

  it('reads once what cannot be followed', async () => {
    let times = 0;
    const file = named(
      'file',
      async function* () {
        times++;
        yield mail('in a file');
      },
      { intervalMs: null },
    );
    expect(await follow([file], 99)).toEqual([]);
    expect(times).toBe(1);
  });

  it('takes out what an archive took out, after the mail before it', async () => {
    const source = named('a', async function* () {
      yield mail('1');
      yield mail('spam');
      yield { kind: 'removed', messageId: 'spam@example.org', where: 'a 2' };
      yield { kind: 'cursor', cursor: 'c' };
    });
    await follow([source], 1);
    expect((await store.counts()).messages).toBe(1);
    expect(await store.seriesByMessage('spam@example.org')).toBeNull();
  });

  it('keeps what a tracker says', async () => {
    const evidence = {
      messageId: '1@example.org',
      tracker: 'https://patchwork.example.org/project/mm',
      what: { kind: 'state', state: 'accepted' },
      by: null,
      at: '2026-11-01T00:00:00Z',
    } as const;
    await follow(
      [
        named('a', async function* () {
          yield { kind: 'evidence', evidence };
          yield { kind: 'cursor', cursor: 'c' };
        }),
      ],
      1,
    );
    expect(await store.sources.evidenceOf(['1@example.org'])).toEqual([evidence]);
  });
});

describe.skipIf(!onPostgres)('several processes on one database', () => {
  it('take a source over within a minute after the one that read it is gone', async () => {
    const source = named('a', async function* (_, times) {
      yield mail(`m${times}`);
      yield { kind: 'cursor', cursor: `c${times}` };
    });
    const other = await openMailStore(url, describing);
    await new Promise<void>((isRead) => {
      // Once it has read, it never does anything again, not even give its lock back.
      const sleep = () => new Promise<void>(() => isRead());
      void follow([source], 99, { sleep });
    });
    const waited: number[] = [];
    await follow([source], 99, {
      store: other,
      async sleep(delayMs) {
        waited.push(delayMs);
        if (events.length > 1 || waited.length > 5) return ending.abort();
        // The server notices that a machine is gone within 25 s.
        const endHolders = () =>
          sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
            and database = (select oid from pg_database where datname = current_database())`.execute(
            other.tables.db,
          );
        while ((await endHolders()).rows.length > 0) await new Promise((done) => setTimeout(done, 20));
      },
    });
    const untilRead = waited.slice(0, -1).reduce((sum, delayMs) => sum + delayMs, 0);
    expect(waited.length).toBeGreaterThan(1);
    expect(untilRead + 25_000).toBeLessThanOrEqual(MINUTE);
    expect(await other.sources.get('a')).toMatchObject({ cursor: 'c2', failures: 0 });
    await other.close();
  });
});
