import type { Action } from '../../../digest/ports/chat-bot.js';
import type { Block, Span } from '../../../digest/view/view.js';
import { LIMITS } from '../limits.js';

type Item = Extract<Block, { kind: 'item' }>;

/**
 * One list of all the series of a message that have a menu: a button next to each would take three components of forty. `lost`: how many do
 * not fit.
 */
export function itemSelect(blocks: readonly Block[]): { select: Action | null; lost: number } {
  const items = blocks.filter((block): block is Item => block.kind === 'item' && block.menu !== undefined);
  const [first] = items;
  if (first?.menu === undefined) return { select: null, lost: 0 };
  const shown = items.slice(0, LIMITS.selectOptions);
  return {
    select: {
      kind: 'select',
      id: first.menu.choose.id,
      placeholder: items.length === 1 ? 'Open, follow or mute it' : 'Open, follow or mute a series',
      options: shown.map(({ title, meta, menu }) => ({
        value: menu?.choose.value ?? '',
        label: textOf(title),
        describes: textOf(meta ?? []),
      })),
    },
    lost: items.length - shown.length,
  };
}

function textOf(spans: readonly Span[]): string {
  return spans.map((span) => ('text' in span ? span.text : '')).join('');
}
