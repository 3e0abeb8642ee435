import { MAX_CHANGED_LINES, wholeNumber } from '../text/bounded-number.js';
import type { DiffstatRow } from './letter.js';

/** What is right of the bar: `12 ++--`, `Bin 0 -> 123 bytes`, `0`. */
const AMOUNT = /^(?:(\d{1,7})(?: *[+-]+)?|Bin(?: \d+ -> \d+ bytes)?|Unmerged)$/;

/** One row of a diffstat (` a/b.c | 12 +++---`), or null. */
export const parseRow = (line: string): DiffstatRow | null => {
  const bar = line.lastIndexOf('|');
  if (bar < 1) return null;
  const path = line.slice(0, bar).trim();
  if (path === '' || path.includes('|')) return null;
  const amount = AMOUNT.exec(line.slice(bar + 1).trim());
  if (amount === null) return null;
  const changes = wholeNumber(amount[1], MAX_CHANGED_LINES);
  return { ...splitRename(path), changes, shortened: path.startsWith('...') };
};

/**
 * The two paths of git's `{old => new}` forms: `{mm => drivers/media}/frame.c`, `a.c => b.c`, `dir/{ => sub}/x.c`.
 * Shortened ones may have lost their left brace (`.../videobuf2}/frame_vector.c`).
 */
export const splitRename = (shown: string): { path: string; oldPath: string | null } => {
  const arrow = shown.indexOf(' => ');
  const braced = shown.lastIndexOf('{', arrow);
  const close = shown.indexOf('}', Math.max(arrow, 0));
  if (arrow >= 0 && braced >= 0 && close > arrow) {
    const head = shown.slice(0, braced);
    const tail = shown.slice(close + 1);
    const side = (middle: string) => (head + middle + tail).replace('//', '/').replace(/^\//, '');
    return { path: side(shown.slice(arrow + 4, close)), oldPath: side(shown.slice(braced + 1, arrow)) };
  }
  if (arrow >= 0)
    return { path: dropBrace(shown.slice(arrow + 4)), oldPath: dropBrace(shown.slice(0, arrow)) };
  return { path: shown.startsWith('...') ? dropBrace(shown) : shown, oldPath: null };
};

const dropBrace = (path: string): string => path.replace('}', '').replace('{', '');
