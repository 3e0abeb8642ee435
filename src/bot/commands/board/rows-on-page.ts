import { pagesOf } from '../../../digest/view/pages.js';
import type { View } from '../../../digest/view/view.js';

/** Which rows are on a page of a board; its lists have one item for each of them, in this order. */
export function rowsOnPage<T>(rows: readonly T[], view: View, number: number, budget: number): readonly T[] {
  const counts = pagesOf(view, budget).map(({ blocks }) =>
    blocks.reduce((sum, block) => sum + (block.kind === 'list' ? block.items.length : 0), 0),
  );
  const from = counts.slice(0, number - 1).reduce((sum, n) => sum + n, 0);
  return rows.slice(from, from + (counts[number - 1] ?? 0));
}
