import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { UserError } from '../../digest/failure/failure.js';
import type { MailSource, SourceEvent } from '../../digest/ports/mail-source.js';
import { PROGRESS_BYTES } from './limits.js';
import { fileChunks, readMails } from './read-file.js';
import { type Visited, walk } from './walk.js';

const STDIN_NAME = 'standard input';

/** Counts bytes as they are read and says so now and then. */
function progressOf(total: number | null) {
  let done = 0;
  let reported = 0;
  return {
    async *counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        done += chunk.length;
        yield chunk;
      }
    },
    event(): SourceEvent | null {
      if (done - reported < PROGRESS_BYTES) return null;
      reported = done;
      return { kind: 'progress', done, total };
    },
    last: (): SourceEvent => ({ kind: 'progress', done, total }),
  };
}

async function* streamChunks(stream: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function* readStream(stream: NodeJS.ReadableStream): AsyncGenerator<SourceEvent> {
  const progress = progressOf(null);
  yield* readMails(STDIN_NAME, progress.counted(streamChunks(stream)), progress.event);
  yield progress.last();
}

async function* readOne(path: string, size: number | null): AsyncGenerator<SourceEvent> {
  const progress = progressOf(size);
  try {
    yield* readMails(basename(path), progress.counted(fileChunks(path, size)), progress.event);
  } catch (error) {
    throw isSystemError(error) ? cannotRead(path, error) : error;
  }
  yield progress.last();
}

async function sizeUnder(folder: string): Promise<number> {
  let size = 0;
  for await (const visited of walk(folder)) if (visited.kind === 'file') size += visited.size;
  return size;
}

async function* readFolder(path: string): AsyncGenerator<SourceEvent> {
  const folder = resolve(path);
  const progress = progressOf(await sizeUnder(folder));
  for await (const visited of walk(folder)) {
    yield* readVisited(visited, progress);
    const event = progress.event();
    if (event !== null) yield event;
  }
  yield progress.last();
}

async function* readVisited(
  visited: Visited,
  progress: ReturnType<typeof progressOf>,
): AsyncGenerator<SourceEvent> {
  const { where } = visited;
  if (visited.kind === 'odd') {
    const code = { special: 'not-mail', unreadable: 'unreadable', 'left-out': 'draft-or-deleted' }[
      visited.what
    ];
    yield { kind: 'skipped', where, problem: { code, detail: visited.detail } };
    return;
  }
  try {
    yield* readMails(where, progress.counted(fileChunks(visited.path, visited.size)), progress.event);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    yield {
      kind: 'skipped',
      where,
      problem: { code: 'unreadable', detail: `cannot be read (${error.code})` },
    };
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

function cannotRead(path: string, error: NodeJS.ErrnoException): UserError {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return new UserError(
      'no-such-path',
      `There is no file or folder "${path}".`,
      'Check the spelling of the path.',
      {
        cause: error,
      },
    );
  }
  return new UserError('unreadable', `"${path}" cannot be read (${error.code}).`, 'Check its permissions.', {
    cause: error,
  });
}

async function* readPath(path: string): AsyncGenerator<SourceEvent> {
  let stats: Awaited<ReturnType<typeof stat>>;
  try {
    stats = await stat(path);
  } catch (error) {
    throw isSystemError(error) ? cannotRead(path, error) : error;
  }
  // A pipe that is named outright (`<(zcat …)`) is read; its size is not known.
  if (stats.isDirectory()) yield* readFolder(path);
  else yield* readOne(path, stats.isFile() ? stats.size : null);
}

/**
 * Mail from files: a file or folder of mbox, `.eml`, Maildir, Markdown dumps or text copies, any of
 * them gzipped, or `-` for standard input (`stdin`). The kind is determined from the content. Reads in constant
 * memory, in the order of names. Throws UserError if the path itself is missing or unreadable.
 */
export function openFiles(path: string, stdin: NodeJS.ReadableStream = process.stdin): MailSource {
  return path === '-'
    ? { name: STDIN_NAME, read: () => readStream(stdin) }
    : { name: path, read: () => readPath(path) };
}
