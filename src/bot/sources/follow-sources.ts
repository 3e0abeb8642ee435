import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { DAY_MS, MINUTE_MS, SECOND_MS, toIso } from '../../digest/time/iso.js';
import { type RetryPolicy, retryDelayMs } from '../../digest/time/retry-delay.js';
import type { IngestCounts } from '../ingest/ingest.js';
import type { MailParser } from '../ingest/mail-parser.js';
import { describeFailure } from './describe-failure.js';
import { createHostLimits, type HostLimits } from './host-limits.js';
import type { SourceSettings } from './open-source.js';
import { FIRST_DAYS, readLiveSource, type SourceStore } from './read-live-source.js';
import type { NamedSource } from './read-source.js';

/** Events of the sources, for log and metrics. */
export type FollowEvent =
  | { readonly kind: 'read'; readonly source: string; readonly counts: IngestCounts }
  | {
      readonly kind: 'failed';
      readonly source: string;
      readonly failure: unknown;
      readonly failures: number;
      readonly retryInMs: number;
    };

export interface FollowOptions {
  readonly sources: readonly NamedSource[];
  readonly store: SourceStore;
  readonly settings: SourceSettings;
  /** Stops everything gracefully: what was read is stored. */
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Resolves after this time, or as soon as the signal is given. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
  /** Shared by all; closed by its creator. */
  readonly parser?: MailParser;
  readonly onEvent?: (event: FollowEvent) => void;
  readonly perHost?: number;
  /** Mails of one transaction. */
  readonly batchSize?: number;
  /** After this long a source lets others that wait for its host go first. */
  readonly turnMs?: number;
  /** On the first read, mail older than this many days is skipped. */
  readonly firstDays?: number;
}

const PER_HOST = 2;
const TURN_MS = MINUTE_MS;
const TAKE_OVER_MS = 30 * SECOND_MS;
/** A source that requests a longer pause is read again after a day. */
const RETRIES: RetryPolicy = {
  firstMs: 30 * SECOND_MS,
  longestMs: 15 * MINUTE_MS,
  longestRequestedMs: DAY_MS,
  spread: [0, 1],
};

/**
 * Follows many sources concurrently, each at its own pace, until the signal is given: one waits for another only for its turn at a shared
 * host. The state of each is kept in the store. Resolves when all have stopped; never rejects.
 */
export async function followSources(options: FollowOptions): Promise<void> {
  const hosts = createHostLimits(options.perHost ?? PER_HOST);
  await Promise.all(options.sources.map((source) => followOne(source, hosts, options)));
}

/**
 * Each source is read by one of the processes on a database: the one that has its lock, until it ends, however it ends. The others try
 * often enough to take over within a minute.
 */
async function followOne(source: NamedSource, hosts: HostLimits, options: FollowOptions): Promise<void> {
  const { store, signal, random, sleep } = options;
  while (!signal.aborted) {
    // An unreachable database is reported by the code that reads and writes it.
    const lock = await store.locks.tryTake(`source ${source.name}`).catch(() => null);
    if (lock !== null) {
      try {
        const ending = AbortSignal.any([signal, lock.lost]);
        if ((await followAlone(source, hosts, { ...options, signal: ending })) === 'done') return;
      } finally {
        await lock.release();
      }
    }
    if (signal.aborted) return;
    await sleep(TAKE_OVER_MS * (0.7 + random() * 0.3), signal);
  }
}

async function followAlone(
  source: NamedSource,
  hosts: HostLimits,
  options: FollowOptions,
): Promise<'done' | 'stopped'> {
  const { signal, random, sleep } = options;
  let failures = 0;
  while (!signal.aborted) {
    const outcome = await readInTurn(source, hosts, options, failures);
    if (outcome.kind === 'failed') failures++;
    else failures = 0;
    const intervalMs = source.transport.intervalMs;
    if (outcome.kind === 'read' && intervalMs === null) return 'done';
    if (outcome.kind === 'yielded') continue;
    // A tenth more or less, so that lists that started together do not stay synchronized.
    await sleep(
      outcome.kind === 'failed' ? outcome.retryInMs : (intervalMs ?? 0) * (0.9 + random() * 0.2),
      signal,
    );
  }
  return 'stopped';
}

type Outcome =
  | { readonly kind: 'read' }
  /** It let other sources go first, before it reached its end. */
  | { readonly kind: 'yielded' }
  | { readonly kind: 'failed'; readonly retryInMs: number };

async function readInTurn(
  source: NamedSource,
  hosts: HostLimits,
  options: FollowOptions,
  failures: number,
): Promise<Outcome> {
  const { store, signal, nowMs, onEvent } = options;
  const release = await hosts.take(source.host, signal);
  if (release === null) return { kind: 'yielded' };
  const turn = createTurn(signal);
  const beganAt = nowMs();
  try {
    await store.sources.begun(source.name, toIso(beganAt));
    const counts = await readLiveSource(source.open(options.settings), {
      store,
      signal: turn.signal,
      since: toIso(beganAt - (options.firstDays ?? FIRST_DAYS) * DAY_MS),
      now: () => toIso(nowMs()),
      onCursor() {
        const isLong = nowMs() - beganAt > (options.turnMs ?? TURN_MS);
        if (isLong && hosts.hasWaiting(source.host)) turn.end();
      },
      ...(options.parser === undefined ? {} : { parser: options.parser }),
      ...(options.batchSize === undefined ? {} : { batchSize: options.batchSize }),
    });
    onEvent?.({ kind: 'read', source: source.name, counts });
    if (turn.signal.aborted) return { kind: 'yielded' };
    const next = source.transport.intervalMs === null ? null : toIso(nowMs() + source.transport.intervalMs);
    await store.sources.succeeded(source.name, toIso(nowMs()), next);
    return { kind: 'read' };
  } catch (failure) {
    return await failed(source, failure, failures + 1, options);
  } finally {
    turn.close();
    release();
  }
}

async function failed(
  source: NamedSource,
  failure: unknown,
  failures: number,
  { store, nowMs, random, onEvent }: FollowOptions,
): Promise<Outcome> {
  const retryInMs = retryAfterMs(failure, failures, random());
  onEvent?.({ kind: 'failed', source: source.name, failure, failures, retryInMs });
  const now = nowMs();
  try {
    await store.sources.failed(source.name, toIso(now), describeFailure(failure), toIso(now + retryInMs));
  } catch (cause) {
    // The database itself failed: that is logged, and the loop continues.
    onEvent?.({ kind: 'failed', source: source.name, failure: cause, failures, retryInMs });
  }
  return { kind: 'failed', retryInMs };
}

/** A signal that is aborted with another one, or earlier. */
function createTurn(outer: AbortSignal) {
  const own = new AbortController();
  const end = () => own.abort();
  if (outer.aborted) end();
  outer.addEventListener('abort', end, { once: true });
  return { signal: own.signal, end, close: () => outer.removeEventListener('abort', end) };
}

/** What only the operator can fix is tried about every 15 minutes: lists are created, and networks come back. */
function retryAfterMs(failure: unknown, failures: number, random: number): number {
  if (failure instanceof UserError) return Math.round(RETRIES.longestMs * (0.8 + random * 0.4));
  const requestedMs = failure instanceof TransientFailure ? (failure.retryAfterMs ?? 0) : 0;
  return retryDelayMs(RETRIES, { failures, requestedMs, random });
}
