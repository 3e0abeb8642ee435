import { inert, oneLine, shorten } from '../text/inert.js';
import type { Block, Span, View } from './view.js';

/** No text of a view is longer: a title of 10,000 characters is an attack, not a title. */
const MAX_TEXT = 600;
/** Text that we wrote for people to copy may be. */
const MAX_CODE = 6_000;
const MAX_CODE_LINE = 200;
const MAX_URL = 600;
const MAX_FALLBACK = 300;
/** What the narrower chat takes. */
const MAX_ALT = 1_000;

/** A view in which nothing acts: no control or direction characters, no text without end, no link but to the web, and none that shows another address than its own. */
export function inertView({ picture, ...view }: View): View {
  const shown = picture === undefined ? null : webUrl(picture.url);
  return {
    ...view,
    ...(picture === undefined || shown === null
      ? {}
      : { picture: { url: shown, alt: shorten(oneLine(picture.alt), MAX_ALT) } }),
    fallback: shorten(oneLine(view.fallback), MAX_FALLBACK),
    blocks: view.blocks.map(inertBlock),
  };
}

function inertBlock(block: Block): Block {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return { ...block, spans: block.spans.map(inertSpan) };
    case 'item':
      return {
        ...block,
        title: block.title.map(inertSpan),
        lines: block.lines.map((line) => line.map(inertSpan)),
        ...(block.meta === undefined ? {} : { meta: block.meta.map(inertSpan) }),
      };
    case 'facts':
      return {
        ...block,
        rows: block.rows.map((row) => ({
          label: shorten(oneLine(row.label), 100),
          spans: row.spans.map(inertSpan),
        })),
      };
    case 'list':
      return { ...block, items: block.items.map((item) => item.map(inertSpan)) };
    case 'code':
      return { ...block, lines: block.lines.map((line) => codeLine(line)) };
    default:
      return block satisfies never;
  }
}

function inertSpan(span: Span): Span {
  if ('at' in span) return Number.isNaN(Date.parse(span.at)) ? { text: 'at an unknown time' } : span;
  const { url: given, ...rest } = span;
  const text = shorten(inertText(span.text), span.style === 'code' ? MAX_CODE : MAX_TEXT);
  const url = given === undefined ? null : webUrl(given);
  const lies = url !== null && /:\/\/|^\s*www\./i.test(text) && text.trim() !== given;
  return url === null || lies ? { ...rest, text } : { ...rest, text, url };
}

/** Tabs become blanks: each chat sets them at another width. */
function codeLine(line: string): string {
  const text = inert(line.replace(/\n/g, ' ').replace(/\t/g, '        ')).trimEnd();
  return text.length > MAX_CODE_LINE ? `${text.slice(0, MAX_CODE_LINE - 1)}…` : text;
}

/** Blanks at the ends stay: they part a span from its neighbors. */
function inertText(text: string): string {
  return inert(text.replace(/\s+/g, ' '));
}

/** A link to the web in which nothing can end the link before its end, whatever the chat writes links with; null for any other. */
export function webUrl(url: string): string | null {
  if (url.length > MAX_URL || !/^https?:\/\/[^/?#]/i.test(url)) return null;
  const clean = inert(url);
  try {
    new URL(clean);
  } catch {
    return null;
  }
  return clean.replace(/[\s<>|()"'`\\*{}^]/g, (character) =>
    character === '(' || character === ')' || character === "'" || character === '*'
      ? `%${character.charCodeAt(0).toString(16).toUpperCase()}`
      : encodeURIComponent(character),
  );
}
