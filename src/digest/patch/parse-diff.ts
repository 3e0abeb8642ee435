import { readCombinedHunk } from './combined-hunk.js';
import type { Diff, DiffFile } from './diff.js';
import type { DiffListener } from './diff-listener.js';
import { endOfLine } from './end-of-line.js';
import { openFile, readHeader, toDiffFile } from './open-file.js';
import { createPatchIdSum } from './patch-id.js';
import { isInHunk, type Place, readHunk, readHunkHeader } from './read-hunk.js';
import { indexOfDiff, startsDiff } from './split-at-diff.js';

/** Files past this are left out: no mail that a person wrote has so many. */
const MOST_FILES = 20_000;

/**
 * Reads the diff in a mail's text or an attachment: git's, plain `---/+++/@@`, `Index:`; new, deleted, renamed,
 * binary and mode-only files. Lines are counted as the hunk headers say, so that a removed `-- foo` is no
 * header and the signature below the diff no deletion. Damaged and truncated hunks are read as far as they go.
 * null if the text holds no diff; quoted diffs are none.
 */
export function parseDiff(text: string): Diff | null {
  const sum = createPatchIdSum();
  const files = walkDiff(text, sum);
  if (files.length === 0) return null;
  return {
    files,
    insertions: files.reduce((total, file) => total + file.insertions, 0),
    deletions: files.reduce((total, file) => total + file.deletions, 0),
    patchId: sum.finish(),
  };
}

/** Reads a diff as `parseDiff` does, and lets the listener hear it; the files, none if the text holds no diff. */
export function walkDiff(text: string, sum: DiffListener): readonly DiffFile[] {
  const start = indexOfDiff(text);
  if (start < 0) return [];
  const files: DiffFile[] = [];
  const place: Place = { file: null, oldLeft: 0, newLeft: 0 };
  let at = start;
  while (at < text.length && files.length < MOST_FILES) {
    if (isInHunk(place)) {
      at = readHunk(text, at, place, sum);
      continue;
    }
    const end = endOfLine(text, at);
    const combined = place.file === null ? null : readCombinedHunk(text, at, end);
    if (combined !== null && place.file !== null) {
      place.file.insertions += combined.insertions;
      place.file.deletions += combined.deletions;
      place.file.hunks += 1;
      sum.lines(text.slice(end + 1, combined.next));
      at = combined.next;
      continue;
    }
    const line = text.slice(at, text[end - 1] === '\r' ? end - 1 : end);
    readOutside(line, text, at, place, files, sum);
    at = end + 1;
  }
  closeFile(place, files, sum);
  return files;
}

function readOutside(
  line: string,
  text: string,
  at: number,
  place: Place,
  files: DiffFile[],
  sum: DiffListener,
): void {
  if (startsDiff(text, at) && !continuesHeader(line, place)) {
    const split = place.file !== null && place.file.hunks > 0;
    const binary = place.file?.binary ?? false;
    closeFile(place, files, sum);
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
    sum.hunk(line);
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

function closeFile(place: Place, files: DiffFile[], sum: DiffListener): void {
  const file = place.file === null ? null : toDiffFile(place.file);
  if (file !== null) {
    files.push(file);
    sum.closed(file);
  }
  place.file = null;
  place.oldLeft = 0;
  place.newLeft = 0;
}
