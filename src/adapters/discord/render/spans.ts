import type { Span } from '../../../digest/view/view.js';
import { codeText, escapeText, escapeWithin, isLinkable, linkTarget } from './escape.js';

export interface SpanStyle {
  /** The whole line is bold already, or is a heading: spans add no emphasis of their own. */
  readonly bold?: boolean;
  /** A circle in the color of what is good, bad or to be watched, where no container's edge can show it. */
  readonly marks?: boolean;
}

const MARKS: Readonly<Record<string, string>> = { good: '🟢 ', bad: '🔴 ', warn: '🟠 ' };

/** One line of Discord's Markdown of at most `limit` units; spans that do not fit are left out behind an ellipsis. */
export function renderSpans(spans: readonly Span[], limit: number, style: SpanStyle = {}): string {
  let line = '';
  for (const span of spans) {
    const room = limit - line.length - 2;
    const piece = renderSpan(span, room, style);
    if (piece === null) return `${line.trimEnd()}…`;
    line = join(line, piece);
  }
  return line.trim();
}

/** Two emphases that touch would be read as one. */
function join(line: string, piece: string): string {
  if (line.endsWith('*') && piece.startsWith('*')) return `${line}\u200b${piece}`;
  return line === '' ? piece.trimStart() : line + (line.endsWith(' ') ? piece.trimStart() : piece);
}

/** Null if it does not fit. */
function renderSpan(span: Span, room: number, style: SpanStyle): string | null {
  if ('at' in span) {
    const text = moment(span.at, span.form);
    return text.length > room ? null : text;
  }
  const [lead, tail] = [/^\s/.test(span.text) ? ' ' : '', /\S\s+$/.test(span.text) ? ' ' : ''];
  if (span.text.trim() === '') return lead;
  const inner = renderWords(span, room - lead.length - tail.length, style);
  return inner === null ? null : lead + inner + tail;
}

const EMPHASIS_UNITS = 4;

function renderWords(span: Extract<Span, { text: string }>, room: number, style: SpanStyle): string | null {
  const mark = style.marks === true ? (MARKS[span.style ?? ''] ?? '') : '';
  const bold = span.style === 'bold' && style.bold !== true ? '**' : '';
  const target = span.url === undefined ? null : linkTarget(span.url);
  const frame = mark.length + (bold === '' ? 0 : EMPHASIS_UNITS) + (target === null ? 0 : target.length + 6);
  const left = room - frame;
  // A few letters of a word say nothing.
  if (left < Math.min(12, span.text.trim().length)) return null;
  if (target !== null && span.text.trim() === span.url) return `${mark}<${target}>`;
  const words = (limit: number) =>
    span.style === 'code' ? codeText(span.text, limit) : escapeWithin(span.text, limit);
  if (target === null) return mark + wrap(words(left), bold);
  if (isLinkable(span.text)) return mark + wrap(`[${words(left)}](<${target}>)`, bold);
  return `${mark}${wrap(words(Math.max(0, left - 5)), bold)} [link](<${target}>)`;
}

function wrap(text: string, bold: string): string {
  return text === '' ? '' : bold + text + bold;
}

const FORMS = { date: 'D', time: 'f', relative: 'R' } as const;

/** `<t:…>` is shown on each reader's own clock. */
function moment(at: string, form: 'date' | 'time' | 'relative'): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? escapeText('at an unknown time') : `<t:${Math.floor(ms / 1000)}:${FORMS[form]}>`;
}
