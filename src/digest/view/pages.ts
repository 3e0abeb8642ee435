import { note } from './blocks.js';
import type { Block, Span, View } from './view.js';

/** What one message of the narrower chat takes, counted as `costOf` does, with room for what escaping adds. */
export const PAGE_COST = 3_000;
const MAX_BLOCKS = 40;

/** About how many characters spans come to when a chat has marked them up and escaped them. */
function costOfSpans(spans: readonly Span[]): number {
  let cost = 2;
  for (const span of spans) {
    if ('at' in span) {
      cost += 20;
      continue;
    }
    cost += span.text.length + (span.text.match(/[_*~`|\\[\]()#<>&-]/g)?.length ?? 0);
    cost += span.url === undefined ? 0 : span.url.length + 4;
    cost += span.style === undefined ? 0 : 4;
  }
  return cost;
}

function costOf(block: Block): number {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return costOfSpans(block.spans) + 4;
    case 'item':
      return [block.title, ...block.lines, block.meta ?? []].reduce(
        (sum, line) => sum + costOfSpans(line),
        4,
      );
    case 'facts':
      return block.rows.reduce((sum, row) => sum + row.label.length + 6 + costOfSpans(row.spans), 0);
    case 'list':
      return block.items.reduce((sum, item) => sum + costOfSpans(item), 0);
    case 'code':
      return block.lines.reduce((sum, line) => sum + line.length + 1, 10);
    default:
      return block satisfies never;
  }
}

/**
 * A view as pages that one message each can hold: at least one. Lists and facts are cut between their items, and a heading is never at the
 * end of a page. An item that is too long for a page gets one to itself: the chat shortens it.
 */
export function pagesOf(view: View, budget = PAGE_COST): readonly View[] {
  const pages: Block[][] = [[]];
  let left = budget;
  const mostBlocks = Number.isFinite(budget) ? MAX_BLOCKS : budget;
  const turn = () => {
    const page = pages.at(-1) ?? [];
    const carried: Block[] = [];
    while (page.at(-1)?.kind === 'heading' && page.length > 1) carried.unshift(...page.splice(-1));
    if (page.length === 0) return;
    pages.push(carried);
    left = budget - carried.reduce((sum, block) => sum + costOf(block), 0);
  };
  for (const block of view.blocks.flatMap((one) => piecesOf(one, budget))) {
    const cost = costOf(block);
    const page = pages.at(-1) ?? [];
    if (page.length > 0 && (cost > left || page.length >= mostBlocks)) turn();
    pages.at(-1)?.push(block);
    left -= cost;
  }
  return pages.map((blocks) => ({ ...view, blocks }));
}

/** A list or facts that would not fit a page, as several of the same kind. */
function piecesOf(block: Block, budget: number): Block[] {
  if ((block.kind !== 'list' && block.kind !== 'facts') || costOf(block) <= budget / 3) return [block];
  const share = budget / 3;
  if (block.kind === 'list')
    return chunks(block.items, share, costOfSpans).map((items) => ({ ...block, items }));
  return chunks(block.rows, share, (row) => row.label.length + 6 + costOfSpans(row.spans)).map((rows) => ({
    ...block,
    rows,
  }));
}

function chunks<T>(items: readonly T[], share: number, cost: (item: T) => number): T[][] {
  const made: T[][] = [];
  let left = 0;
  for (const item of items) {
    const price = cost(item);
    if (made.length === 0 || price > left) {
      made.push([]);
      left = share;
    }
    made.at(-1)?.push(item);
    left -= price;
  }
  return made;
}

/** One page by its number from 1, held within what there is; with a line that says which it is if there are several. */
export function pageOf(
  view: View,
  number: number,
  budget = PAGE_COST,
): { view: View; number: number; of: number } {
  const pages = pagesOf(view, budget);
  const of = pages.length;
  const at = Math.min(Math.max(1, Math.floor(number) || 1), of);
  const page = pages[at - 1] ?? view;
  if (of === 1) return { view: page, number: 1, of };
  return {
    view: { ...page, blocks: [...page.blocks, note(`Page ${at} of ${of}.`)] },
    number: at,
    of,
  };
}
