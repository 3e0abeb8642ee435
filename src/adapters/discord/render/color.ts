import type { View } from '../../../digest/view/view.js';

const COLORS = { good: 0x2da44e, warn: 0xd9901a, bad: 0xcf222e, dim: 0x7d8590 } as const;
/** What has no state of its own: digests, answers. */
const OURS = 0x3b7dd8;

/** The colour of the message's edge: a card's is its state's, the first fact of a view that holds one series. */
export function colorOf(view: View): number {
  if (view.blocks.some((block) => block.kind === 'item')) return OURS;
  for (const block of view.blocks) {
    if (block.kind !== 'facts') continue;
    const style = block.rows[0]?.spans.flatMap((span) => ('text' in span ? [span.style] : []))[0];
    return style === 'good' || style === 'warn' || style === 'bad' || style === 'dim' ? COLORS[style] : OURS;
  }
  return OURS;
}
