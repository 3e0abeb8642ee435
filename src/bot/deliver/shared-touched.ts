import type { TouchedSeries } from '../../digest/plan/touched.js';

/** What arrived in (after, upTo], and possibly more that was already loaded. */
export type TouchedSince = (after: number) => Promise<readonly TouchedSeries[]>;

/** What one reading covers at least: some days of busy lists. */
const SMALLEST = 10_000;
const GROWTH = 4;

/**
 * Shares what arrived between the destinations of one tick, up to one seq. Their cursors differ by what each still waits for, by days
 * and by weeks: each gets the smallest of a few windows that reaches back far enough, so that a handful of readings serves any
 * number of them and a daily digest does not pay for a monthly one. `cursors`: of all that will ask.
 */
export function shareTouched(
  read: (after: number, upTo: number) => Promise<TouchedSeries[]>,
  upTo: number,
  cursors: readonly number[],
): TouchedSince {
  const starts = new Map<number, number>();
  for (const cursor of cursors) {
    const size = windowSize(upTo - cursor);
    starts.set(size, Math.min(starts.get(size) ?? cursor, cursor));
  }
  // Only the last window is kept: asking in the order of the cursors reads each once.
  let kept: { readonly start: number; readonly touched: Promise<readonly TouchedSeries[]> } | null = null;
  return (after) => {
    const start = Math.min(after, starts.get(windowSize(upTo - after)) ?? after);
    if (kept === null || kept.start !== start) kept = { start, touched: read(start, upTo) };
    return kept.touched;
  };
}

function windowSize(length: number): number {
  let size = SMALLEST;
  while (size < length) size *= GROWTH;
  return size;
}
