import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { wasReceivedBefore } from '../../digest/mail/mail-date.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';
import type { Found } from './found.js';
import type { MboxPlace } from './growing-cursor.js';
import { CHUNK_BYTES } from './limits.js';
import { mboxSplitter } from './mbox-splitter.js';
import { hasSeparatorForm } from './separator.js';

/** When a mail that ends with the file counts as whole. */
export interface Quiet {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The file has not been written to for this long. */
  readonly quietMs: number;
}

/** What of the past is left alone. */
export interface Past {
  /** Mail received before (ISO UTC); null: nothing is. */
  readonly since: string | null;
  /** This is the first reading, or the rest of one that was interrupted. */
  readonly isFirst: boolean;
}

/** What following yields: mails, and how far it has come with them. */
export type MboxStep =
  | SourceEvent
  | { readonly kind: 'place'; readonly place: MboxPlace }
  /** A mail that was received too early. */
  | { readonly kind: 'left-alone' };

/** Bytes by which a place in a file is known again. */
const TAIL_BYTES = 256;

/**
 * Reads what an mbox got since a place; null: all of it. A mail at the end is left until another follows it or the file is quiet. Where
 * the file was rotated (another inode, or shorter), the rest of the old one is read first if it is still next to it (`.1`); where it was
 * rewritten, it is read from its beginning. Old mail is skipped on the first read and if the file was rewritten, because all of it appears
 * again; what was appended since is read whatever its dates.
 */
export async function* followMbox(
  path: string,
  where: string,
  place: MboxPlace | null,
  quiet: Quiet,
  past: Past,
): AsyncGenerator<MboxStep> {
  const file = await open(path, 'r');
  try {
    const { ino, size, mtimeMs } = await file.stat();
    const isSame = place !== null && (await isPlaceIn(file, size, place));
    let isAnew = false;
    if (place !== null && !isSame)
      isAnew = !(yield* readRotated(path, where, place, ino !== place.inode || size < place.offset));
    const from = isSame ? await startIn(file, size, place) : 0;
    if (from >= size && isSame) return;
    yield* readRange(file, {
      where,
      inode: ino,
      from,
      to: size,
      isEnd: quiet.now - mtimeMs >= quiet.quietMs,
      since: past.isFirst || isAnew ? past.since : null,
    });
  } finally {
    await file.close();
  }
}

async function isPlaceIn(file: FileHandle, size: number, { offset, tail }: MboxPlace): Promise<boolean> {
  return size >= offset && (await tailBefore(file, offset)) === tail;
}

/** A mail that was taken for whole may have gone on: no separator follows it. Then it is read again. */
async function startIn(file: FileHandle, size: number, { offset, lastAt }: MboxPlace): Promise<number> {
  if (offset >= size) return offset;
  const line = (await bytesAt(file, offset, 600))
    .toString('latin1')
    .replace(/^[\r\n]+/, '')
    .split('\n', 1)[0];
  return line === undefined || line === '' || hasSeparatorForm(line.trimEnd()) ? offset : lastAt;
}

interface Range {
  readonly where: string;
  readonly inode: number;
  readonly from: number;
  readonly to: number;
  /** The last mail is whole. */
  readonly isEnd: boolean;
  /** Mail received before is left alone. */
  readonly since: string | null;
}

async function* readRange(
  file: FileHandle,
  { where, inode, from, to, isEnd, since }: Range,
): AsyncGenerator<MboxStep> {
  const splitter = mboxSplitter();
  let count = 0;
  const named = (found: Found): MboxStep => {
    count++;
    if (found.kind === 'mail' && wasReceivedBefore(found.raw, since)) return { kind: 'left-alone' };
    const place = `${where}, message ${count}${from === 0 ? '' : ` after byte ${from}`}`;
    return found.kind === 'mail'
      ? { kind: 'mail', raw: found.raw, receivedAt: null, list: null, where: place, problems: found.problems }
      : { kind: 'skipped', where: place, problem: found.problem };
  };
  const placeAt = async (offset: number): Promise<MboxStep> => {
    const lastAt = from + splitter.openAt;
    return { kind: 'place', place: { inode, offset, lastAt, tail: await tailBefore(file, offset) } };
  };
  for (let at = from; at < to; ) {
    const chunk = await bytesAt(file, at, Math.min(CHUNK_BYTES, to - at));
    if (chunk.length === 0) break;
    at += chunk.length;
    const found = splitter.push(chunk);
    for (const each of found) yield named(each);
    if (found.length > 0) yield await placeAt(from + splitter.openAt);
  }
  if (!isEnd) return yield await placeAt(from + splitter.openAt);
  for (const each of splitter.end()) yield named(each);
  yield await placeAt(to);
}

/** The rest of the file that was here before, from where it went. False if there is no such file. */
async function* readRotated(
  path: string,
  where: string,
  place: MboxPlace,
  isRotated: boolean,
): AsyncGenerator<MboxStep, boolean> {
  const folder = dirname(path);
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${basename(path)}.`)).sort();
  for (const name of names) {
    const file = await open(join(folder, name), 'r').catch(() => null);
    if (file === null) continue;
    try {
      const { size } = await file.stat();
      if (place.offset === 0 || !(await isPlaceIn(file, size, place))) continue;
      const from = await startIn(file, size, place);
      const rest = {
        where: join(dirname(where), name),
        inode: place.inode,
        from,
        to: size,
        isEnd: true,
        since: null,
      };
      // The old file's positions do not apply to the new one: a reader that stops here reads the rest again.
      for await (const step of readRange(file, rest)) if (step.kind !== 'place') yield step;
      return true;
    } finally {
      await file.close();
    }
  }
  if (!isRotated || place.offset === 0) return false;
  const detail = `the file was replaced, and the old one is not beside it as ${basename(path)}.1: what was written to it last may be missing`;
  yield { kind: 'skipped', where, problem: { code: 'rotated', detail } };
  return false;
}

async function tailBefore(file: FileHandle, offset: number): Promise<string> {
  const start = Math.max(0, offset - TAIL_BYTES);
  const bytes = await bytesAt(file, start, offset - start);
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}

/** A chunk of its own: pieces of it may be kept. */
async function bytesAt(file: FileHandle, at: number, count: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(Math.max(count, 1)), 0, count, at);
  return buffer.subarray(0, bytesRead);
}
