import type { Readable } from 'node:stream';
import { openFiles } from '../adapters/files/open-files.js';
import { UserError } from '../digest/failure.js';
import { type IngestCounts, type IngestProgress, ingest } from './ingest/ingest.js';
import type { Library } from './library.js';

/** Reads every source into the database, one after another, and adds up what was found. */
export async function ingestSources(
  library: Library,
  sources: readonly string[],
  stdin: Readable,
  onProgress: (done: number, total: number | null, read: number) => void,
): Promise<IngestCounts> {
  if (sources.length === 0)
    throw new UserError(
      'usage',
      'There is nothing to read.',
      'Name a file or a folder of mail, or set SOURCES in .env.',
    );
  const live = sources.find((source) => /^[a-z][a-z0-9+.-]*:/i.test(source));
  if (live !== undefined)
    throw new UserError(
      'live-source',
      `${live} is a live source, which covernote can't follow yet.`,
      'Name files or folders of mail.',
    );
  let total: IngestCounts = { read: 0, new: 0, known: 0, skipped: {}, problems: {} };
  for (const source of sources) {
    const counts = await ingestOne(library, source, stdin, (progress) =>
      onProgress(progress.done, progress.total, total.read + progress.read),
    );
    total = addCounts(total, counts);
  }
  return total;
}

/** One source that cannot be read is named among what was skipped; the others are read. */
async function ingestOne(
  library: Library,
  source: string,
  stdin: Readable,
  onProgress: (progress: IngestProgress) => void,
): Promise<IngestCounts> {
  try {
    return await ingest(openFiles(source, stdin), library.store, { onProgress });
  } catch (error) {
    if (!(error instanceof UserError) || !SOURCE_FAILURES.has(error.code)) throw error;
    const skipped = { [error.code]: { count: 1, example: `${error.message} ${error.remedy}` } };
    return { read: 0, new: 0, known: 0, skipped, problems: {} };
  }
}

/** What may be wrong with one source and not with the next. */
const SOURCE_FAILURES = new Set(['no-such-path', 'unreadable']);

/** Whether nothing of what was asked for could be read. */
export function readNothing(counts: IngestCounts): boolean {
  return counts.read === 0;
}

/** Whether a whole source could not be read. */
export function lacksSource(counts: IngestCounts): boolean {
  return Object.keys(counts.skipped).some((code) => SOURCE_FAILURES.has(code));
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

/** What was wrong with the sources that could not be read, in words. */
export function unreadSources(counts: IngestCounts): string {
  const told = Object.entries(counts.skipped).filter(([code]) => SOURCE_FAILURES.has(code));
  return told
    .map(([, { count, example }]) => (count > 1 ? `${example} (and ${count - 1} more like it)` : example))
    .join('\n  ');
}
