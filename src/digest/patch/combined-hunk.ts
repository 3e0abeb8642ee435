import { MAX_HUNK_LINES, wholeNumber } from '../text/bounded-number.js';
import { endOfLine } from './end-of-line.js';

/** Parents of the largest merges. */
const MOST_PARENTS = 60;

/** A hunk of a combined diff, read. */
export interface CombinedHunk {
  readonly insertions: number;
  readonly deletions: number;
  /** Where the line after it begins. */
  readonly next: number;
}

/**
 * Reads the hunk whose header `@@@ -1,3 -1,3 +1,4 @@@` is the line from `at` to `end`: as many columns of signs as there are parents. A line
 * with a `-` is gone, one with a `+` is new to that parent. null for any other line.
 */
export function readCombinedHunk(text: string, at: number, end: number): CombinedHunk | null {
  if (!text.startsWith('@@@', at)) return null;
  const match = /^(@{3,61})((?: -\d{1,9}(?:,\d{1,9})?){2,60}) \+\d{1,9}(?:,(\d{1,9}))? @@/.exec(
    text.slice(at, Math.min(end, at + 3_000)),
  );
  const parents = (match?.[1]?.length ?? 0) - 1;
  let left = wholeNumber(match?.[3] ?? '1', MAX_HUNK_LINES);
  if (match === null || left === null || parents > MOST_PARENTS) return null;
  const hunk = { insertions: 0, deletions: 0, next: end + 1 };
  while (hunk.next < text.length) {
    const lineEnd = endOfLine(text, hunk.next);
    const signs = text.slice(hunk.next, Math.min(lineEnd, hunk.next + parents));
    if (!/^[ +-]*$/.test(signs) || (left === 0 && !signs.includes('-')) || signs.startsWith('-- ')) break;
    if (signs.includes('-')) hunk.deletions += 1;
    else {
      if (signs.includes('+')) hunk.insertions += 1;
      left -= 1;
    }
    hunk.next = lineEnd + 1;
  }
  return hunk;
}
