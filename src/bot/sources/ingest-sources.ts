import type { Readable } from 'node:stream';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { DAY_MS, toIso } from '../../digest/time/iso.js';
import { closeJournalOnSignal } from '../ingest/close-journal-on-signal.js';
import { type IngestCounts, type IngestProgress, ingest } from '../ingest/ingest.js';
import type { MailParser } from '../ingest/mail-parser.js';
import { createParser } from '../ingest/worker-parser.js';
import type { Library } from '../library.js';
import { describeFailure } from './describe-failure.js';
import type { SourceSettings } from './open-source.js';
import { FIRST_DAYS, readLiveSource } from './read-live-source.js';
import { type NamedSource, readSources } from './read-source.js';
import { sourceSettings } from './source-settings.js';

export interface SourcesReading {
  /** On a first reading of a live source: mail received before it is ignored (ISO UTC); null: nothing is ignored. */
  readonly since: string | null;
  readonly nowMs: () => number;
  readonly signal?: AbortSignal;
  /** How many threads read mail; 1 by default. */
  readonly jobs?: number;
}

/** Reads every source into the database, one after another, live ones once to their end, and adds up what was found. */
export async function ingestSources(
  library: Library,
  sources: readonly string[],
  stdin: Readable,
  onProgress: (done: number, total: number | null, read: number) => void,
  reading: SourcesReading,
): Promise<IngestCounts> {
  if (sources.length === 0)
    throw new UserError(
      'usage',
      'There is nothing to read.',
      'Name a file or a folder of mail, or a list such as lore:kvm, or set SOURCES in .env.',
    );
  let total: IngestCounts = { read: 0, new: 0, known: 0, skipped: {}, problems: {} };
  const parser = createParser({ bots: library.config.bots, threads: reading.jobs ?? 1 });
  return closeJournalOnSignal(library.store, async () => {
    for (const source of readSources(sources)) {
      const counts = await ingestOne(library, source, stdin, { ...reading, parser }, (progress) =>
        onProgress(progress.done, progress.total, total.read + progress.read),
      );
      total = addCounts(total, counts);
    }
    return total;
  }).finally(() => parser.close());
}

/** The last 30 days. */
export function firstReading(nowMs: number): SourcesReading {
  return { since: toIso(nowMs - FIRST_DAYS * DAY_MS), nowMs: () => nowMs };
}

/** A source that cannot be read is counted as skipped; the others are still read. */
async function ingestOne(
  library: Library,
  source: NamedSource,
  stdin: Readable,
  reading: SourcesReading & { readonly parser: MailParser },
  onProgress: (progress: IngestProgress) => void,
): Promise<IngestCounts> {
  const settings = sourceSettings(library.config, { stdin, now: reading.nowMs });
  try {
    if (!source.isLive) {
      const { parser } = reading;
      return await ingest(source.open(settings), library.store, { onProgress, parser });
    }
    return await ingestLive(library, source, settings, reading, onProgress);
  } catch (error) {
    const code = failureCode(source, error);
    if (code === null) throw error;
    const { message, remedy } = describeFailure(error);
    const skipped = { [code]: { count: 1, example: `${message} ${remedy}`.trim() } };
    return { read: 0, new: 0, known: 0, skipped, problems: {} };
  }
}

async function ingestLive(
  { store }: Library,
  source: NamedSource,
  settings: SourceSettings,
  { since, nowMs, signal, parser }: SourcesReading & { readonly parser: MailParser },
  onProgress: (progress: IngestProgress) => void,
): Promise<IngestCounts> {
  const now = () => toIso(nowMs());
  await store.sources.begun(source.name, now());
  try {
    const ending = signal ?? new AbortController().signal;
    const counts = await readLiveSource(source.open(settings), {
      store,
      since,
      now,
      signal: ending,
      parser,
      onProgress,
    });
    if (!ending.aborted) await store.sources.succeeded(source.name, now(), null);
    return counts;
  } catch (error) {
    await store.sources.failed(source.name, now(), describeFailure(error), null);
    throw error;
  }
}

/** Failures that concern a single source. */
const FILE_FAILURES = new Set(['no-such-path', 'unreadable']);
const LIVE_FAILURE = 'source-';

/** The code under which a failed source is counted; null if the failure is not the source's. */
function failureCode(source: NamedSource, error: unknown): string | null {
  if (error instanceof UserError && error.code.startsWith('database-')) return null;
  if (source.isLive && (error instanceof TransientFailure || error instanceof UserError))
    return `${LIVE_FAILURE}${error.code}`;
  return error instanceof UserError && FILE_FAILURES.has(error.code) ? error.code : null;
}

/** Whether what is counted under this code is a whole source that could not be read. */
export function isSourceFailure(code: string): boolean {
  return FILE_FAILURES.has(code) || code.startsWith(LIVE_FAILURE);
}

/** Whether no requested source could be read. */
export function readNothing(counts: IngestCounts): boolean {
  return counts.read === 0;
}

/** Whether a whole source could not be read. */
export function lacksSource(counts: IngestCounts): boolean {
  return Object.keys(counts.skipped).some(isSourceFailure);
}

function addCounts(a: IngestCounts, b: IngestCounts): IngestCounts {
  return {
    read: a.read + b.read,
    new: a.new + b.new,
    known: a.known + b.known,
    skipped: addTallies(a.skipped, b.skipped),
    problems: addTallies(a.problems, b.problems),
  };
}

type Tally = IngestCounts['skipped'];

function addTallies(a: Tally, b: Tally): Tally {
  const sum: Record<string, { count: number; example: string }> = { ...a };
  for (const [code, { count, example }] of Object.entries(b)) {
    const before = sum[code];
    sum[code] =
      before === undefined ? { count, example } : { count: before.count + count, example: before.example };
  }
  return sum;
}

/** The reasons why sources could not be read, as text. */
export function unreadSources(counts: IngestCounts): string {
  const failures = Object.entries(counts.skipped).filter(([code]) => isSourceFailure(code));
  return failures
    .map(([, { count, example }]) => (count > 1 ? `${example} (and ${count - 1} more like it)` : example))
    .join('\n  ');
}
