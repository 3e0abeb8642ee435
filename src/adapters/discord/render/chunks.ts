import { oncePerObject } from '../../../digest/text/once-per-object.js';
import type { Block, Span } from '../../../digest/view/view.js';
import { renderSpans } from './spans.js';

/** A piece of a message's text that is shown whole or not at all. */
export interface Chunk {
  readonly text: string;
  /** Entries of one list or one section share a run: they are cut from its end. -1: not cut. */
  readonly run: number;
  /** A line is drawn above it. */
  readonly divided: boolean;
  /** An empty line before it, if it is not the first. */
  readonly spaced: boolean;
}

/** Caps of single pieces, so that one item with its headings always goes into a message. */
const CAPS = {
  heading: 360,
  paragraph: 1000,
  title: 420,
  line: 480,
  fact: 420,
  entry: 420,
  note: 300,
  code: 1500,
} as const;
const MAX_ITEM = 1400;

/** What is cut from its end where a view is too long. */
const CUT: ReadonlySet<Block['kind']> = new Set(['item', 'list', 'facts']);

/** A view as pieces of Markdown, none of which is empty. */
export function toChunks(blocks: readonly Block[]): Chunk[] {
  const read = new Set<string>();
  const chunks: Chunk[] = [];
  blocks.forEach((block, i) => {
    const before = blocks[i - 1];
    const run = block.kind === 'item' && before?.kind === 'item' ? (chunks.at(-1)?.run ?? i) : i;
    const texts = render(block, read);
    texts.forEach((text, n) => {
      if (text === '') return;
      chunks.push({
        text,
        run: CUT.has(block.kind) ? run : -1,
        divided: n === 0 && block.kind === 'heading' && block.level === 2,
        spaced: n === 0 && isSpaced(block, before),
      });
    });
  });
  return chunks;
}

function isSpaced(block: Block, before: Block | undefined): boolean {
  if (before === undefined || before.kind === 'heading') return false;
  // What was left out belongs to what is above it.
  if (block.kind === 'note' && before.kind === 'list') return false;
  return (
    block.kind === 'item' || (block.kind === 'heading' && block.level === 3) || block.kind !== before.kind
  );
}

function render(block: Block, read: Set<string>): string[] {
  switch (block.kind) {
    case 'heading':
      return [heading(block, read)];
    case 'paragraph':
      return [renderSpans(block.spans, CAPS.paragraph)];
    case 'item':
      return [item(block, read)];
    case 'facts':
      return facts(block.rows, read);
    case 'list':
      return block.items.map((spans, i) => entry(spans, block.ordered === true ? i + 1 : null));
    case 'code':
      return [fenced(block.lines)];
    case 'note':
      return [quiet(renderSpans(block.spans, CAPS.note))];
    default:
      return block satisfies never;
  }
}

function heading(block: Extract<Block, { kind: 'heading' }>, read: Set<string>): string {
  remember(block.spans, read);
  const text = renderSpans(block.spans, CAPS.heading, { bold: true });
  if (text === '') return '';
  return block.level === 3 ? `**${text}**` : `### ${text}`;
}

function item(block: Extract<Block, { kind: 'item' }>, read: Set<string>): string {
  remember(block.title, read);
  return itemText(block);
}

/** Each item is rendered once, however often it is tried whether it fits. */
const itemText = oncePerObject(({ title, lines, meta = [] }: Extract<Block, { kind: 'item' }>): string => {
  const urls = new Set<string>();
  remember(title, urls);
  let text = renderSpans(title, CAPS.title);
  for (const line of lines) {
    if (isRepeatedLink(line, urls)) continue;
    const rendered = renderSpans(line, CAPS.line, { marks: true });
    if (rendered === '') continue;
    if (text.length + rendered.length > MAX_ITEM) return `${text}\n-# …`;
    text += `${text === '' ? '' : '\n'}${isQuiet(line) ? quiet(rendered) : rendered}`;
  }
  const small = renderSpans(meta, CAPS.line);
  return small === '' ? text : `${text}\n${quiet(small)}`;
});

/** The title links there already: the same link again only takes room. */
function isRepeatedLink(spans: readonly Span[], urls: ReadonlySet<string>): boolean {
  const [only] = spans;
  if (spans.length !== 1 || only === undefined || !('text' in only)) return false;
  return only.url !== undefined && only.text === only.url && urls.has(only.url);
}

function remember(spans: readonly Span[], urls: Set<string>): void {
  for (const span of spans) if ('text' in span && span.url !== undefined) urls.add(span.url);
}

/** Facts next to each other, and what is entirely dim, are small print. */
function isQuiet(spans: readonly Span[]): boolean {
  const texts = spans.filter((span) => 'text' in span);
  return (
    texts.some((span) => span.style === 'dim' && span.text === ' · ') ||
    texts.every((span) => span.style === 'dim')
  );
}

/** In a fence nothing is escaped, and nothing but a fence ends it. Lines that would make it too long are left out. */
function fenced(lines: readonly string[]): string {
  const shown: string[] = [];
  let room: number = CAPS.code;
  for (const line of lines) {
    const text = line.replace(/`{2,}/g, (marks) => "'".repeat(marks.length));
    room -= text.length + 1;
    if (room < 0) break;
    shown.push(text);
  }
  return shown.length === 0 ? '' : `\`\`\`diff\n${shown.join('\n')}\n\`\`\``;
}

function quiet(text: string): string {
  return text === '' ? '' : `-# ${text}`;
}

function facts(
  rows: readonly { label: string; spans: readonly Span[] }[],
  read: ReadonlySet<string>,
): string[] {
  return rows
    .filter((row) => !isRepeatedLink(row.spans, read))
    .map(({ label, spans }) => {
      const value = renderSpans(spans, CAPS.fact, { marks: true });
      return value === '' ? '' : `${renderSpans([{ text: label, style: 'bold' }], 80)}  ${value}`;
    });
}

function entry(spans: readonly Span[], number: number | null): string {
  const own = number === null ? ownNumber(spans) : null;
  const text = renderSpans(withoutRepeats(own?.rest ?? spans), CAPS.entry);
  if (text === '') return '';
  const mark = own?.mark ?? (number === null ? '-' : `${number}.`);
  return `${mark} ${text}`;
}

/** A line's own number replaces the bullet. */
function ownNumber(spans: readonly Span[]): { mark: string; rest: readonly Span[] } | null {
  const [first, ...others] = spans;
  const found = first !== undefined && 'text' in first ? /^(\d{1,4}\.)(?: +|$)/.exec(first.text) : null;
  if (found === null || first === undefined || !('text' in first)) return null;
  const text = first.text.slice(found[0].length);
  return { mark: found[1] ?? '', rest: text === '' ? others : [{ ...first, text }, ...others] };
}

/** An address at the end that a word before it links to already, with the dot before it. */
function withoutRepeats(spans: readonly Span[]): readonly Span[] {
  const last = spans.at(-1);
  const before = new Set<string>();
  remember(spans.slice(0, -1), before);
  if (last === undefined || !isRepeatedLink([last], before)) return spans;
  const dot = spans.at(-2);
  return spans.slice(0, dot !== undefined && 'text' in dot && dot.text === ' · ' ? -2 : -1);
}
