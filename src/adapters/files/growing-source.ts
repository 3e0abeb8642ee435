import { open, stat } from 'node:fs/promises';
import { basename, dirname, relative } from 'node:path';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { wasReceivedBefore } from '../../digest/mail/mail-date.js';
import { messageIdIn } from '../../digest/mail/message-id-in.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { readGrowingCursor } from './growing-cursor.js';
import { followMbox, type Quiet } from './growing-mbox.js';
import { createGrowingState, type File, type GrowingState } from './growing-state.js';
import { SNIFF_BYTES } from './limits.js';
import { mboxSplitter } from './mbox-splitter.js';
import { fileChunks, readMails } from './read-file.js';
import { sniff } from './sniff.js';
import { type Visited, walk } from './walk.js';

export interface GrowingOptions {
  /** As people wrote it; the path where absent. */
  readonly name?: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A file that has not been written to for this long does not end in half a mail; default 10 s. */
  readonly quietMs?: number;
}

const QUIET_MS = 10_000;
/** Mails between two cursors. */
const CURSOR_MAILS = 250;

/**
 * Files that someone's mail delivery writes to: an mbox, a Maildir, or a folder of them. An mbox is followed by inode and offset, rotation
 * noticed; all else (a Maildir's mails, `.eml`, gzip) is read whole when it is new or was changed. Flags and moves may make a Maildir's
 * mail appear again, but it is never stored twice. `since` goes by the mails' Received headers. Throws UserError where the path is missing
 * at first, TransientFailure where it goes missing later.
 */
export function openGrowing(path: string, options: GrowingOptions): MailSource {
  const name = options.name ?? path;
  const read = (
    request: ReadRequest = { cursor: null, since: null, signal: new AbortController().signal },
  ): AsyncIterable<SourceEvent> => readOn(path, options, request);
  return { name, read, audit: auditFiles(name, read) };
}

async function* readOn(
  path: string,
  options: GrowingOptions,
  request: ReadRequest,
): AsyncGenerator<SourceEvent> {
  const state = createGrowingState(readGrowingCursor(request.cursor, request.since));
  const quiet = { now: options.now(), quietMs: options.quietMs ?? QUIET_MS };
  let mails = 0;
  for await (const event of readChanged(path, state, quiet, request)) {
    if (request.signal.aborted) return;
    if (event.kind === 'mail' || event.kind === 'left-alone') mails++;
    if (event.kind !== 'settled' && event.kind !== 'left-alone') yield event;
    if (event.kind === 'settled' && mails >= CURSOR_MAILS) {
      mails = 0;
      yield { kind: 'cursor', cursor: state.text() };
    }
  }
  if (request.signal.aborted) return;
  state.endFirst();
  yield { kind: 'cursor', cursor: state.text() };
}

type Step =
  | SourceEvent
  /** The state holds everything that was yielded. */
  | { readonly kind: 'settled' }
  /** A mail that was received too early. */
  | { readonly kind: 'left-alone' };

async function* readChanged(
  path: string,
  state: GrowingState,
  quiet: Quiet,
  { cursor, signal }: ReadRequest,
): AsyncGenerator<Step> {
  const changed: File[] = [];
  for await (const visited of visit(path, cursor === null)) {
    if (signal.aborted) return;
    if (visited.kind === 'odd') continue;
    const key = relative(path, visited.path);
    if (state.placeOf(key) !== null) yield* follow(visited, key, state, quiet);
    else if (visited.size > 0 && state.isChanged(visited, quiet.now)) changed.push(visited);
  }
  // In the order in which they came: the state then needs to know the last one alone. File systems tell times in steps of some
  // milliseconds; a Maildir's names count up within one.
  changed.sort((a, b) => a.stats.ctimeMs - b.stats.ctimeMs || byName.compare(a.path, b.path));
  for (const file of changed) {
    if (signal.aborted) return;
    if (await isMbox(file)) yield* follow(file, relative(path, file.path), state, quiet);
    else if (!file.isDelivered && quiet.now - file.stats.mtimeMs < quiet.quietMs) state.leave(file);
    else yield* readWhole(file, state);
  }
}

const byName = new Intl.Collator('en', { numeric: true });

async function* visit(path: string, isFirst: boolean): AsyncGenerator<Visited> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return yield* walk(path);
    const isDelivered = ['cur', 'new'].includes(basename(dirname(path)));
    yield { kind: 'file', path, where: basename(path), size: stats.size, isDelivered, stats };
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw cause;
    const message = `There is no file or folder "${path}".`;
    if (!isFirst) throw new TransientFailure('no-such-path', message, { cause });
    throw new UserError('no-such-path', message, 'Check the spelling of the path.', { cause });
  }
}

async function* follow(file: File, key: string, state: GrowingState, quiet: Quiet): AsyncGenerator<Step> {
  try {
    for await (const step of followMbox(file.path, file.where, state.placeOf(key), quiet, state.past)) {
      if (step.kind !== 'place') yield step;
      else {
        state.setPlace(key, step.place);
        yield { kind: 'settled' };
      }
    }
  } catch (error) {
    yield unreadable(file, error);
  }
}

async function* readWhole(file: File, state: GrowingState): AsyncGenerator<Step> {
  const { since, isFirst } = state.past;
  // A flag or a move shows an old mail again after the first reading; one that came since was written since, whatever the clock
  // of its mail server says.
  const floor = isFirst || file.stats.mtimeMs < Date.parse(since ?? '') ? since : null;
  try {
    for await (const event of readMails(file.where, fileChunks(file.path, file.size), () => null)) {
      const isOld = event.kind === 'mail' && wasReceivedBefore(event.raw, floor);
      yield isOld ? { kind: 'left-alone' } : event;
    }
  } catch (error) {
    // It was moved from `new` to `cur` between our look at the folder and now: it is met there.
    if (isMissing(error)) return;
    yield unreadable(file, error);
  }
  state.markRead(file);
  yield { kind: 'settled' };
}

/** An mbox that is not packed: packed ones are rewritten, not added to. */
async function isMbox(file: File): Promise<boolean> {
  if (file.isDelivered) return false;
  const handle = await open(file.path, 'r').catch(() => null);
  if (handle === null) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    const kind = sniff(buffer.subarray(0, bytesRead));
    return kind.kind === 'mail' && kind.makeSplitter === mboxSplitter;
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** One file that cannot be read is named; the others are read. Bugs are thrown on. */
function unreadable(file: File, error: unknown): SourceEvent {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) throw error;
  const detail = `cannot be read (${String(error.code)})`;
  return { kind: 'skipped', where: file.where, problem: { code: 'unreadable', detail } };
}

/** What files hold, found by reading them: mails move within them, so that a Message-ID is all that finds one again. */
function auditFiles(name: string, read: MailSource['read']): NonNullable<MailSource['audit']> {
  return {
    async *ids({ since, signal }) {
      for await (const event of read({ cursor: null, since, signal })) {
        const messageId = event.kind === 'mail' ? messageIdIn(event.raw) : null;
        if (messageId !== null) yield { messageId, at: messageId };
      }
    },
    async *fetch(at, signal): AsyncGenerator<SourceEvent> {
      const missing = new Set(at);
      for await (const event of read({ cursor: null, since: null, signal })) {
        if (event.kind === 'mail' && missing.delete(messageIdIn(event.raw) ?? '')) yield event;
        if (missing.size === 0) return;
      }
      for (const messageId of signal.aborted ? [] : missing) {
        const problem = { code: 'not-given', detail: 'it no longer exists' };
        yield { kind: 'skipped', where: `${name}, <${messageId}>`, problem };
      }
    },
  };
}
