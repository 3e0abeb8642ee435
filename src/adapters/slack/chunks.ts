import { shorten } from '../../digest/text/inert.js';
import { oncePerObject } from '../../digest/text/once-per-object.js';
import type { ItemMenu } from '../../digest/view/item-menu.js';
import type { Block, Span } from '../../digest/view/view.js';
import { LIMITS } from './limits.js';
import { cleanLine, escapeText, fitLine, plainLine, renderLine } from './mrkdwn.js';

/** A piece of a message that is one block, or part of one where blocks are short. */
export type Chunk =
  | { readonly kind: 'header'; readonly text: string; readonly asText: string }
  /** `tight`: follows what is before it without a blank line. */
  | { readonly kind: 'text'; readonly text: string; readonly tight: boolean; readonly menu?: ItemMenu }
  | { readonly kind: 'fields'; readonly fields: readonly string[] }
  | { readonly kind: 'context'; readonly text: string };

const LINES_OF_AN_ITEM = 12;
const SHORT_FACT = 60;

/** The blocks of a view as pieces that each keep to the limits. */
export function chunksOf(blocks: readonly Block[]): Chunk[] {
  return blocks.flatMap((block) => chunksOfBlock(block)).filter((chunk) => isThere(chunk));
}

function isThere(chunk: Chunk): boolean {
  return chunk.kind === 'fields' ? chunk.fields.length > 0 : chunk.text !== '';
}

function chunksOfBlock(block: Block): Chunk[] {
  switch (block.kind) {
    case 'heading':
      return [headingChunk(block)];
    case 'paragraph':
      return [text(fitLine(block.spans, LIMITS.sectionText))];
    case 'item':
      return itemChunks(block);
    case 'facts':
      return factChunks(block.rows);
    case 'list':
      return listChunks(block);
    case 'code':
      return [text(fenced(block.lines))];
    case 'note':
      return [{ kind: 'context', text: fitLine(block.spans, LIMITS.contextText) }];
    default:
      return block satisfies never;
  }
}

/** In a fence `&`, `<` and `>` are escaped as everywhere, and nothing but a fence ends it. Lines that would make it too long are left out. */
function fenced(lines: readonly string[]): string {
  const shown: string[] = [];
  let room = LIMITS.sectionText - 10;
  for (const line of lines) {
    const written = escapeText(line.replace(/`{2,}/g, (marks) => "'".repeat(marks.length)));
    room -= written.length + 1;
    if (room < 0) break;
    shown.push(written);
  }
  return shown.length === 0 ? '' : `\`\`\`\n${shown.join('\n')}\n\`\`\``;
}

function text(content: string, tight = false): Extract<Chunk, { kind: 'text' }> {
  return { kind: 'text', text: content, tight };
}

/** A header is large, but plain text alone: with a link, a date or too many words in it, a heading is a bold line. */
function headingChunk({ level, spans }: Extract<Block, { kind: 'heading' }>): Chunk {
  const hasQuiet = spans.some((span) => 'text' in span && span.style === 'dim');
  const asText = fitLine(hasQuiet ? spans.map(bolder) : spans, LIMITS.sectionText, {
    bold: !hasQuiet && !spans.some(isBold),
  });
  const plain = plainLine(spans);
  const isPlain = spans.every((span) => 'text' in span && span.url === undefined);
  if (level === 3 || !isPlain || plain === '' || plain.length > LIMITS.headerText) return text(asText);
  return { kind: 'header', text: plain, asText };
}

/** What is not meant to be quiet in a heading is bold. */
function bolder(span: Span): Span {
  return 'text' in span && span.style === undefined ? { ...span, style: 'bold' } : span;
}

function isBold(span: Span): boolean {
  return 'text' in span && span.style === 'bold';
}

/** The line that only repeats the address which the title links to is for chats without links. */
function repeatsTitle(line: readonly Span[], title: readonly Span[]): boolean {
  const [only] = line;
  if (line.length !== 1 || only === undefined || !('text' in only)) return false;
  return only.url === only.text && title.some((span) => 'text' in span && span.url === only.url);
}

/** Each item is rendered once, however often it is tried whether it fits. */
const itemChunks = oncePerObject((block: Extract<Block, { kind: 'item' }>): Chunk[] => [
  block.menu === undefined ? text(itemText(block)) : { ...text(itemText(block)), menu: block.menu },
  ...(block.meta === undefined
    ? []
    : [{ kind: 'context', text: fitLine(block.meta, LIMITS.contextText) } as const]),
]);

function itemText({ title, lines }: Extract<Block, { kind: 'item' }>): string {
  const shown = lines
    .filter((line) => line.length > 0 && !repeatsTitle(line, title))
    .slice(0, LINES_OF_AN_ITEM);
  for (const perSpan of [LIMITS.sectionText, 1000, 500, 250, 120, 60]) {
    const options = { perSpan, marked: true };
    const whole = [renderLine(title, options), ...shown.map((line) => renderLine(line, options))]
      .filter((line) => line !== '')
      .join('\n');
    if (whole.length <= LIMITS.sectionText) return whole;
  }
  const share = Math.floor(LIMITS.sectionText / (shown.length + 1)) - 1;
  return [title, ...shown].map((line) => fitLine(line, share)).join('\n');
}

/** Facts in their order: side by side in two columns where all are short, else a line each. */
function factChunks(rows: readonly { label: string; spans: readonly Span[] }[]): Chunk[] {
  const there = rows.filter(({ label, spans }) => cleanLine(label) + plainLine(spans) !== '');
  const facts = there.map(({ label, spans }) => ({
    label: shorten(cleanLine(label), SHORT_FACT),
    spans: spans.map(shownAddress),
  }));
  const label = (name: string): Span => ({ text: name, style: 'bold' });
  if (facts.length > LIMITS.fields || facts.some(({ spans }) => plainLine(spans).length > SHORT_FACT))
    return joinLines(
      facts.map((row) =>
        fitLine([label(row.label), { text: '  ' }, ...row.spans], LIMITS.sectionText, { marked: true }),
      ),
    );
  const fields = facts.map(
    (row) =>
      `${renderLine([label(row.label)])}\n${fitLine(row.spans, LIMITS.fieldText - 200, { marked: true })}`,
  );
  return fields.length > 0 ? [{ kind: 'fields', fields }] : [];
}

/** An address that is shown as text loses its scheme. */
function shownAddress(span: Span): Span {
  if (!('text' in span) || span.url === undefined || span.text !== span.url) return span;
  return { ...span, text: shorten(span.text.replace(/^https?:\/\//, ''), 100) };
}

function listChunks({ items, ordered }: Extract<Block, { kind: 'list' }>): Chunk[] {
  const lines = items.map((item, i) => {
    // A line that brings its own number needs no bullet.
    const isNumbered = /^\d{1,4}\. /.test(plainLine(item.slice(0, 1)));
    const mark = ordered === true ? `${i + 1}. ` : isNumbered ? '' : '• ';
    return (
      mark +
      fitLine(
        item.filter((span) => !isBareAddress(span, item)),
        LIMITS.sectionText - mark.length,
      )
    );
  });
  return joinLines(lines);
}

/** In a list, an address that an earlier span links to already is left out, with the dot before it. */
function isBareAddress(span: Span, item: readonly Span[]): boolean {
  const at = item.indexOf(span);
  const repeats = (one: Span | undefined) =>
    one !== undefined &&
    'text' in one &&
    one.url === one.text &&
    item.some(
      (other) => other !== one && 'text' in other && other.url === one.url && other.text !== one.text,
    );
  return repeats(span) || ('text' in span && span.text === ' · ' && repeats(item[at + 1]));
}

/** Lines in as few texts as hold them. */
function joinLines(lines: readonly string[]): Chunk[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= LIMITS.sectionText)
      joined[joined.length - 1] = `${last}\n${line}`;
    else joined.push(line);
  }
  return joined.map((content, i) => text(content, i > 0));
}
