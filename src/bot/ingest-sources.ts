import type { Readable } from 'node:stream';
import { openFiles } from '../adapters/files/open-files.js';
import { UserError } from '../digest/failure.js';
import { type IngestCounts, ingest } from './ingest/ingest.js';
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
  // All are opened first, so that a wrong name is told before an hour of reading.
  const opened = sources.map((source) => openFiles(source, stdin));
  let total: IngestCounts = { read: 0, new: 0, known: 0, skipped: {}, problems: {} };
  for (const source of opened) {
    const counts = await ingest(source, library.store, {
      onProgress: (progress) => onProgress(progress.done, progress.total, total.read + progress.read),
    });
    total = addCounts(total, counts);
  }
  return total;
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
