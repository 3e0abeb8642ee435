import type { Block, Span } from '../../../digest/view/view.js';

/**
 * The blocks with a number before each row that can be chosen, where the options are rows of its lists, in their order: what is shown is then
 * not listed a second time. Null if some option is not among the rows. `labels`: those of the options, shortened or not.
 */
export function numberRows(blocks: readonly Block[], labels: readonly string[]): Block[] | null {
  let next = 0;
  const numbered = blocks.map((block): Block => {
    if (block.kind !== 'list') return block;
    const items = block.items.map((item) => {
      const label = labels[next];
      if (label === undefined) return item;
      const number = `${next + 1}. `;
      const text = textOf(item);
      const isNumbered = text.startsWith(number);
      if (!startsWithLabel(isNumbered ? text.slice(number.length) : text, label)) return item;
      next += 1;
      return isNumbered ? item : [{ text: number }, ...item];
    });
    return { kind: 'list', items };
  });
  return next === labels.length && next > 0 ? numbered : null;
}

function textOf(item: readonly Span[]): string {
  return item.map((span) => ('text' in span ? span.text : '')).join('');
}

function startsWithLabel(text: string, label: string): boolean {
  return plain(text).startsWith(plain(label.replace(/…$/, '')));
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
