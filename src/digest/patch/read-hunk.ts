import { MAX_HUNK_LINES, wholeNumber } from '../text/bounded-number.js';
import type { DiffListener } from './diff-listener.js';
import { endOfLine } from './end-of-line.js';
import type { OpenFile } from './open-file.js';
import { startsDiff } from './split-at-diff.js';

/** The reader's position in a file: old and new lines that the hunk still owes. */
export interface Place {
  file: OpenFile | null;
  oldLeft: number;
  newLeft: number;
}

/** Whether the hunk still owes lines. */
export function isInHunk(place: Place): boolean {
  return place.oldLeft > 0 || place.newLeft > 0;
}

/**
 * Reads lines from `at` until the hunk has all that it owes or is cut short; returns where the next line begins.
 * Most of a mailbox is hunks: no line is copied here.
 */
export function readHunk(text: string, start: number, place: Place, sum: DiffListener): number {
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

/** A hunk that owes lines is truncated at the next header. */
function interruptsHunk(text: string, at: number, end: number): boolean {
  if (text.startsWith('@@ -', at)) return readHunkHeader(text.slice(at, end)) !== null;
  return (text.startsWith('diff ', at) || text.startsWith('Index: ', at)) && startsDiff(text, at);
}

/** `-- ` below a truncated hunk: what is under it (`2.39.2`, `Jens Axboe`) does not continue like a diff. */
function isSignature(text: string, at: number, end: number): boolean {
  if (end - at > 3 || !text.startsWith('--', at) || (end - at === 3 && text[at + 2] !== ' ')) return false;
  const next = text[end + 1] ?? '';
  return next !== '' && next !== '\n' && !'-+ '.includes(next);
}

/** `@@ -1,7 +1,8 @@`; a count that is left out is 1. */
export function readHunkHeader(line: string): { oldLines: number; newLines: number } | null {
  const match = /^@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/.exec(line);
  if (match === null) return null;
  const oldLines = wholeNumber(match[1] ?? '1', MAX_HUNK_LINES);
  const newLines = wholeNumber(match[2] ?? '1', MAX_HUNK_LINES);
  return oldLines === null || newLines === null ? null : { oldLines, newLines };
}
