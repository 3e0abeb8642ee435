import { inert, oneLine, shorten } from '../../digest/text/inert.js';
import { withoutTail } from '../../digest/text/without-tail.js';
import type { Span } from '../../digest/view/view.js';
import { LIMITS } from './limits.js';

/** The three characters that Slack reads as control characters, and no others (docs.slack.dev, "Escaping text"). */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text from mail as one line that Slack's form encoding takes: half a surrogate pair would make it throw. */
export function cleanLine(text: string): string {
  return oneLine(text.toWellFormed());
}

/** Plain text of several lines, as a fallback or an error is shown; never empty. */
export function cleanText(text: string, limit: number, instead: string): string {
  const clean = shorten(inert(text.toWellFormed()).trim(), limit);
  return clean === '' ? instead : clean;
}

/** A blank that hardly shows: a mark followed by it opens nothing, since Slack's marks must touch what they mark. */
const HAIR_SPACE = '\u200a';
/** Keeps an escaped `>` from being the first character of a line, where Slack shows a quotation. */
const WORD_JOINER = '\u2060';

const MARKS = ['*', '_', '~'] as const;

/** True if the mark could end what an earlier one began: something is before it, and no word continues after it. */
function mayClose(text: string, mark: string): boolean {
  for (let at = text.indexOf(mark, 1); at > 0; at = text.indexOf(mark, at + 1)) {
    if (!/\s/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + 1))) return true;
  }
  return false;
}

/**
 * Mail is hostile and has no way to format, and Slack knows no escape for `*bold*`: a word with a mark that could open is shown as code
 * (`path:mm/**` is copied as it is), and so is one that would be an emoji. `foll_pin` and `a * b` stay as they are; so does `` `code` ``, which its
 * author meant as such. Within a link, where code is shown with its ticks, a hair space parts the mark from what follows.
 */
function disarm(text: string, closable: ReadonlySet<string>, linked: boolean): string {
  if (!/[*_~:`]/.test(text)) return text;
  const opening = openingMarks(text, closable);
  if (linked || text.includes('`')) return disarmTicks(parted(text, opening), linked);
  if (opening.length === 0 && !EMOJI.test(text)) return text;
  let next = 0;
  return text.replace(/\S+/g, (word, from: number) => {
    const before = next;
    while ((opening[next] ?? Number.POSITIVE_INFINITY) < from + word.length) next++;
    return next > before || EMOJI.test(word) ? `\`${word}\`` : word;
  });
}

const EMOJI = /:(?=[a-z+][\w+'-]{0,60}:)/i;

/** The positions of marks that could open: not before a blank or the end, and not behind a letter or digit; `_` before `_` counts as both. */
function openingMarks(text: string, closable: ReadonlySet<string>): number[] {
  const found: number[] = [];
  for (const { 0: mark, index: at } of text.matchAll(/[*_~]/g)) {
    const before = at === 0 ? ' ' : text.charAt(at - 1);
    const after = text.charAt(at + 1);
    const opens = (mark === before || !/[\p{L}\p{N}_]/u.test(before)) && after !== '' && !/\s/.test(after);
    if (opens && closable.has(mark)) found.push(at);
  }
  return found;
}

/** The text with a hair space behind each of these marks, and in what would be an emoji. */
function parted(text: string, marks: readonly number[]): string {
  const armed = new Set(marks);
  return text
    .replace(/[*_~]/g, (mark, at: number) => (armed.has(at) ? mark + HAIR_SPACE : mark))
    .replace(/:(?=[a-z+][\w+'-]{0,60}:)/gi, `:${HAIR_SPACE}`);
}

/**
 * A back tick without a partner would reach into what follows, three would open a block, and a pair within a link shows
 * code instead of the link: all become the letter that looks like it.
 */
function disarmTicks(text: string, linked: boolean): string {
  const ticks = text.split('`').length - 1;
  if (ticks === 0 || (!linked && ticks % 2 === 0 && !text.includes('``'))) return text;
  return text.replaceAll('`', '\u02cb');
}

/** An address for `<url|label>`; null if it is not a web address, or too long. */
function linkTarget(url: string): string | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const target = new URL(url).href
    .replaceAll('|', '%7C')
    .replaceAll('<', '%3C')
    .replaceAll('>', '%3E')
    .replaceAll('&', '&amp;');
  return target.length > LIMITS.url ? null : target;
}

const DATE_FORMS = {
  date: '{date_short_pretty}',
  time: '{date_short_pretty} {time}',
  relative: '{ago}',
} as const;

/** `<!date^…>`: each reader sees it in their own zone; who cannot sees UTC. */
function moment(at: string, form: keyof typeof DATE_FORMS): string {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return 'at an unknown time';
  const iso = new Date(ms).toISOString();
  const fallback = form === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
  return `<!date^${Math.floor(ms / 1000)}^${DATE_FORMS[form]}|${fallback}>`;
}

export interface LineOptions {
  /** At most this many characters of each span's text, before escaping. */
  readonly perSpan?: number;
  /** All of it bold, as far as it can be. */
  readonly bold?: boolean;
  /** Marks the good, the bad and what wants work. */
  readonly marked?: boolean;
}

const STATE_MARKS: Readonly<Record<string, string>> = { good: '✅ ', bad: '⛔ ', warn: '🟠 ' };

/** Spans as one line of mrkdwn. Nothing in their texts can mention, link or format. */
export function renderLine(spans: readonly Span[], options: LineOptions = {}): string {
  const texts = spans.map((span) => ('text' in span ? span.text : ''));
  const isBold = (at: number) => mayBeBold(spans, at);
  const anyBold = options.bold === true || spans.some((_, at) => isBold(at));
  const closable = new Set(
    MARKS.filter((mark) => (mark === '*' && anyBold) || texts.some((text) => mayClose(text, mark))),
  );
  const line = spans
    .map((span, at) => renderSpan(span, options.bold !== true && isBold(at), closable, options))
    .join('');
  const trimmed = withoutTail(line, ' ').trimStart();
  // A star within would end the bold early.
  if (options.bold === true && trimmed !== '' && !trimmed.includes('*')) return `*${trimmed}*`;
  return trimmed.startsWith('&gt;') ? WORD_JOINER + trimmed : trimmed;
}

/** Marks work at the edges of words alone: between letters they would be shown. */
function mayBeBold(spans: readonly Span[], at: number): boolean {
  const span = spans[at];
  if (span === undefined || !('text' in span) || span.style !== 'bold') return false;
  const edge = (other: Span | undefined, end: -1 | 0) =>
    other !== undefined && 'text' in other ? (other.text.at(end) ?? '') : '';
  const isWord = (char: string) => /[\p{L}\p{N}_*]/u.test(char);
  const free = (own: string, other: string) => /\s/.test(own) || !isWord(other);
  return (
    free(span.text.at(0) ?? '', edge(spans[at - 1], -1)) &&
    free(span.text.at(-1) ?? '', edge(spans[at + 1], 0))
  );
}

function renderSpan(span: Span, bold: boolean, closable: ReadonlySet<string>, options: LineOptions): string {
  if ('at' in span) return moment(span.at, span.form);
  const perSpan = options.perSpan ?? LIMITS.sectionText;
  const clean = shorten(cleanLine(span.text), perSpan);
  const [before, after] = [/^\s/.test(span.text) ? ' ' : '', /\S\s+$/.test(span.text) ? ' ' : ''];
  if (clean === '') return span.text === '' ? '' : ' ';
  const mark = options.marked === true ? (STATE_MARKS[span.style ?? ''] ?? '') : '';
  return `${before}${mark}${styled(span, clean, bold, closable)}${after}`;
}

function styled(
  span: Extract<Span, { text: string }>,
  clean: string,
  bold: boolean,
  closable: ReadonlySet<string>,
): string {
  const isCode = span.style === 'code' && !clean.includes('`');
  const target = span.url === undefined ? null : linkTarget(span.url);
  const text = escapeText(isCode ? clean : disarm(clean, closable, target !== null));
  const linked = target === null ? text : `<${target}|${text}>`;
  if (isCode) return target === null ? `\`${text}\`` : linked;
  // A star within would end the bold early.
  return bold && !clean.includes('*') ? `*${linked}*` : linked;
}

/** A line of mrkdwn of at most `limit` characters: each span is cut shorter until it goes in. */
export function fitLine(spans: readonly Span[], limit: number, options: LineOptions = {}): string {
  for (const perSpan of [LIMITS.sectionText, 1000, 500, 250, 120, 60, 30]) {
    const line = renderLine(spans, { ...options, perSpan });
    if (line.length <= limit) return line;
  }
  // Hundreds of spans on one line: as many as go in.
  let kept = spans.length;
  while (kept > 1) {
    kept = Math.floor(kept / 2);
    const line = `${renderLine(spans.slice(0, kept), { ...options, perSpan: 30 })} …`;
    if (line.length <= limit) return line;
  }
  return '…';
}

/** Spans as plain text, for a header or a label. */
export function plainLine(spans: readonly Span[]): string {
  return cleanLine(spans.map((span) => ('text' in span ? span.text : span.at)).join(''));
}
