import { createPatchIdSum, type PatchIdSum } from './patch-id.js';
import { joinPlainPaths, type PathPair, readGitPaths, readHeaderPath, takeQuoted } from './paths.js';
import { indexOfDiff, startsDiff } from './split-at-diff.js';
import type { Diff, DiffFile } from './types.js';

/** Files past this are left out: no mail that a person wrote has so many. */
const MOST_FILES = 20_000;

/** What is known of the file that is being read. */
interface OpenFile {
  readonly git: boolean;
  /** From `diff --git`. */
  readonly named: PathPair;
  /** From `---` and `+++`; undefined until such a line was met, null is /dev/null. */
  minus: string | null | undefined;
  plus: string | null | undefined;
  moved: { from: string; to: string; kind: 'rename' | 'copy' } | null;
  /** `Index:` of a plain diff. */
  index: string | null;
  added: boolean;
  deleted: boolean;
  mode: boolean;
  binary: boolean;
  blobs: readonly [string, string];
  insertions: number;
  deletions: number;
  hunks: number;
}

/** Where in a file the reader stands: old and new lines that the hunk still owes. */
interface Place {
  file: OpenFile | null;
  oldLeft: number;
  newLeft: number;
}

/**
 * Reads the diff in a mail's text or an attachment: git's, plain `---/+++/@@`, `Index:`; new, deleted, renamed,
 * binary and mode-only files. Lines are counted as the hunk headers say, so that a removed `-- foo` is no
 * header and the signature below the diff no deletion. Damaged and truncated hunks are read as far as they go.
 * null where the text holds no diff; quoted diffs are none.
 */
export function parseDiff(text: string): Diff | null {
  const start = indexOfDiff(text);
  if (start < 0) return null;
  const files: DiffFile[] = [];
  const sum = createPatchIdSum();
  const place: Place = { file: null, oldLeft: 0, newLeft: 0 };
  let at = start;
  while (at < text.length && files.length < MOST_FILES) {
    if (isInHunk(place)) {
      at = readHunk(text, at, place, sum);
      continue;
    }
    const end = endOfLine(text, at);
    const line = text.slice(at, text[end - 1] === '\r' ? end - 1 : end);
    readOutside(line, text, at, place, files, sum);
    at = end + 1;
  }
  closeFile(place, files);
  if (files.length === 0) return null;
  return {
    files,
    insertions: files.reduce((total, file) => total + file.insertions, 0),
    deletions: files.reduce((total, file) => total + file.deletions, 0),
    patchId: sum.finish(),
  };
}

function isInHunk(place: Place): boolean {
  return place.oldLeft > 0 || place.newLeft > 0;
}

/**
 * Reads lines from `at` until the hunk has all that it owes or is cut short; returns where the next line begins.
 * Most of a mailbox is hunks: no line is copied here.
 */
function readHunk(text: string, start: number, place: Place, sum: PatchIdSum): number {
  let at = start;
  let counted = start;
  while (at < text.length && isInHunk(place)) {
    const end = endOfLine(text, at);
    const took = takeHunkLine(text, at, end, place);
    if (took === 'stop') {
      place.oldLeft = 0;
      place.newLeft = 0;
      break;
    }
    if (took === 'skip') {
      sum.lines(text.slice(counted, at));
      counted = end + 1;
    }
    at = end + 1;
  }
  sum.lines(text.slice(counted, at));
  return at;
}

function takeHunkLine(text: string, at: number, end: number, place: Place): 'count' | 'skip' | 'stop' {
  const sign = at === end ? ' ' : text[at];
  const file = place.file;
  if (sign === '-' && place.oldLeft > 0) {
    if (isSignature(text, at, end)) return 'stop';
    if (file !== null) file.deletions += 1;
    place.oldLeft -= 1;
  } else if (sign === '+' && place.newLeft > 0) {
    if (file !== null) file.insertions += 1;
    place.newLeft -= 1;
  } else if (sign === ' ' || sign === '\r') {
    // An empty line is context whose blank a mail program cut off.
    place.oldLeft = Math.max(0, place.oldLeft - 1);
    place.newLeft = Math.max(0, place.newLeft - 1);
  } else {
    // `\ No newline at end of file`, the tail of a line that was wrapped, or the next header too early.
    return interruptsHunk(text, at, end) ? 'stop' : 'skip';
  }
  return 'count';
}

/** A hunk that owes lines is truncated where the next header stands. */
function interruptsHunk(text: string, at: number, end: number): boolean {
  if (text.startsWith('@@ -', at)) return readHunkHeader(text.slice(at, end)) !== null;
  return (text.startsWith('diff ', at) || text.startsWith('Index: ', at)) && startsDiff(text, at);
}

/** `-- ` below a truncated hunk: what stands under it (`2.39.2`, `Jens Axboe`) goes on like no diff. */
function isSignature(text: string, at: number, end: number): boolean {
  if (end - at > 3 || !text.startsWith('--', at) || (end - at === 3 && text[at + 2] !== ' ')) return false;
  const next = text[end + 1] ?? '';
  return next !== '' && next !== '\n' && !'-+ '.includes(next);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function readOutside(
  line: string,
  text: string,
  at: number,
  place: Place,
  files: DiffFile[],
  sum: PatchIdSum,
): void {
  if (startsDiff(text, at) && !continuesHeader(line, place)) {
    const split = place.file !== null && place.file.hunks > 0;
    const binary = place.file?.binary ?? false;
    closeFile(place, files);
    // git's own sum: a file's hash ends where its hunks end, and the header after a binary file is not counted.
    if (split) sum.endFile();
    place.file = openFile(line);
    if (place.file.git && !binary) sum.lines(line);
    if (line.startsWith('--- ')) readHeader(line, place.file, sum);
    return;
  }
  const file = place.file;
  if (file === null) return;
  const hunk = file.plus !== undefined ? readHunkHeader(line) : null;
  if (hunk !== null) {
    place.oldLeft = hunk.oldLines;
    place.newLeft = hunk.newLines;
    file.hunks += 1;
  } else if (file.hunks === 0) {
    readHeader(line, file, sum);
  }
}

/** The `---` line that belongs to the header above it. */
function continuesHeader(line: string, place: Place): boolean {
  return (
    line.startsWith('--- ') && place.file !== null && place.file.minus === undefined && place.file.hunks === 0
  );
}

function openFile(line: string): OpenFile {
  const git = line.startsWith('diff --git ');
  return {
    git,
    named: git ? readGitPaths(line.slice('diff --git '.length).trimEnd()) : { before: null, after: null },
    minus: undefined,
    plus: undefined,
    moved: null,
    index: line.startsWith('Index: ') ? line.slice('Index: '.length).trim() : null,
    added: false,
    deleted: false,
    mode: false,
    binary: false,
    blobs: ['', ''],
    insertions: 0,
    deletions: 0,
    hunks: 0,
  };
}

/** One line of a file's header; lines that are none (a signature, a footer) say nothing. */
function readHeader(line: string, file: OpenFile, sum: PatchIdSum): void {
  if (file.binary) return;
  const after = (start: string) => line.slice(start.length).trimEnd();
  if (line.startsWith('--- ') && file.minus === undefined) file.minus = readHeaderPath(after('--- '));
  else if (line.startsWith('+++ ') && file.minus !== undefined) file.plus = readHeaderPath(after('+++ '));
  else if (line.startsWith('index ')) {
    const ids = /^index ([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})/.exec(line);
    if (ids !== null) file.blobs = [ids[1] ?? '', ids[2] ?? ''];
    return;
  } else if (line.startsWith('new file mode ')) file.added = true;
  else if (line.startsWith('deleted file mode ')) file.deleted = true;
  else if (line.startsWith('old mode ') || line.startsWith('new mode ')) file.mode = true;
  else if (line.startsWith('rename from '))
    file.moved = move(file, 'rename', readMoved(after('rename from ')), null);
  else if (line.startsWith('rename to '))
    file.moved = move(file, 'rename', null, readMoved(after('rename to ')));
  else if (line.startsWith('copy from '))
    file.moved = move(file, 'copy', readMoved(after('copy from ')), null);
  else if (line.startsWith('copy to ')) file.moved = move(file, 'copy', null, readMoved(after('copy to ')));
  else if (line.startsWith('Binary files ') || line.startsWith('GIT binary patch')) {
    file.binary = true;
    sum.blobs(file.blobs[0], file.blobs[1]);
    sum.endFile();
    return;
  } else if (!/^(?:dis)?similarity index /.test(line)) return;
  // A plain diff's header carries a time stamp.
  sum.lines(file.git ? line : line.replace(/\t.*$/, ''));
}

function move(
  file: OpenFile,
  kind: 'rename' | 'copy',
  from: string | null,
  to: string | null,
): { from: string; to: string; kind: 'rename' | 'copy' } {
  return { kind, from: from ?? file.moved?.from ?? '', to: to ?? file.moved?.to ?? '' };
}

function readMoved(path: string): string {
  return path.startsWith('"') ? (takeQuoted(path)?.path ?? path) : path;
}

/** `@@ -1,7 +1,8 @@`; a count that is left out is 1. */
function readHunkHeader(line: string): { oldLines: number; newLines: number } | null {
  const match = /^@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/.exec(line);
  if (match === null) return null;
  return { oldLines: Number(match[1] ?? 1), newLines: Number(match[2] ?? 1) };
}

function closeFile(place: Place, files: DiffFile[]): void {
  const file = place.file;
  place.file = null;
  place.oldLeft = 0;
  place.newLeft = 0;
  if (file === null) return;
  const paths = pathsOf(file);
  const path = paths.after ?? paths.before;
  if (path === null || path === '') return;
  const added = file.added || file.minus === null;
  const deleted = file.deleted || file.plus === null;
  const oldPath = added || paths.before === path ? null : paths.before;
  files.push({
    path,
    oldPath,
    kind: kindOf(file, added, deleted),
    insertions: file.insertions,
    deletions: file.deletions,
  });
}

function kindOf(file: OpenFile, added: boolean, deleted: boolean): DiffFile['kind'] {
  if (file.binary) return 'binary';
  if (file.moved !== null) return file.moved.kind;
  if (added) return 'add';
  if (deleted) return 'delete';
  return file.mode && file.hunks === 0 ? 'mode' : 'modify';
}

function pathsOf(file: OpenFile): PathPair {
  if (file.moved !== null && file.moved.to !== '') return { before: file.moved.from, after: file.moved.to };
  const written = joinPlainPaths(file.minus ?? null, file.plus ?? null);
  if (file.minus === undefined || file.plus === undefined) return file.named;
  if (file.git && file.named.after !== null && written.after === null && written.before === null)
    return file.named;
  return written;
}
