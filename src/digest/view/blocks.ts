import type { Block, Span, View } from './view.js';

type Part = string | Span;

function spansOf(parts: readonly Part[]): Span[] {
  return parts.map((part) => (typeof part === 'string' ? { text: part } : part));
}

export function heading(level: 1 | 2 | 3, ...parts: readonly Part[]): Block {
  return { kind: 'heading', level, spans: spansOf(parts) };
}

export function paragraph(...parts: readonly Part[]): Block {
  return { kind: 'paragraph', spans: spansOf(parts) };
}

export function note(...parts: readonly Part[]): Block {
  return { kind: 'note', spans: spansOf(parts) };
}

export function code(lines: readonly string[]): Block {
  return { kind: 'code', lines };
}

export function list(items: Extract<Block, { kind: 'list' }>['items']): Block {
  return { kind: 'list', items };
}

export function facts(rows: Extract<Block, { kind: 'facts' }>['rows']): Block {
  return { kind: 'facts', rows };
}

/** `+4 more`; nothing if all are shown. */
export function more(left: number, what = ''): Block[] {
  return left > 0 ? [note(`+${left} more${what}`)] : [];
}

/** A heading over a list; nothing if the list is empty. */
export function section(title: string, items: Extract<Block, { kind: 'list' }>['items']): Block[] {
  return items.length === 0 ? [] : [heading(3, title), list(items)];
}

/** Text that links to an address if there is one. */
export function linked(text: string, url: string | null, style?: 'bold' | 'code'): Span {
  return { text, ...(style === undefined ? {} : { style }), ...(url === null ? {} : { url }) };
}

/** One paragraph of plain text, and what follows it. */
export function say(text: string, ...following: readonly Block[]): View {
  return { fallback: text, blocks: [paragraph(text), ...following] };
}
