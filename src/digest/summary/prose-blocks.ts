import { isAsideHeading } from './aside-heading.js';
import { isShown } from './is-shown.js';

/**
 * What is told, and what is only shown: takes the text of a letter apart into paragraphs and list items, and drops
 * tables, code, logs, drawings, quotes, trailers and headings.
 */

/** A paragraph or one item of a list, its lines joined by single spaces. */
export interface ProseBlock {
  readonly text: string;
  readonly kind: 'paragraph' | 'item';
  /** It stands under a heading such as `Testing` or `Changelog`, whose text says nothing about what the series does. */
  readonly aside: boolean;
}

/** Only so much of a letter is read: the description of a series stands in front. */
const MAX_CHARS = 16_000;
const MAX_LINE_CHARS = 1_000;
const MAX_BLOCKS = 120;

function countWords(line: string): number {
  let words = 0;
  let inWord = false;
  for (let i = 0; i < line.length; i += 1) {
    const space = line.charCodeAt(i) <= 32;
    if (!space && !inWord) words += 1;
    inWord = !space;
  }
  return words;
}

function indentOf(line: string): number {
  let width = 0;
  for (let i = 0; i < line.length; i += 1) {
    const code = line.charCodeAt(i);
    if (code === 32) width += 1;
    else if (code === 9) width += 8 - (width % 8);
    else break;
  }
  return width;
}

/** A ruler or an underline: one of `-=~*_#^+` and spaces alone, three of it at least. */
function isRuler(text: string): boolean {
  if (text === '--') return true;
  if (text.length < 3) return false;
  for (let i = 0; i < text.length; i += 1) if (!'-=~*_#^+ .'.includes(text[i] as string)) return false;
  return true;
}

const PATCH_MARK =
  /^(?:\[?patch(?:es)?\]? ?#? ?\d{1,2}(?:[-/,&]\d{0,2})?(?:[:)\]] | - )|\d{1,2}\/\d{1,2}[:)] )/i;
/** `P`, `p`, `[` and the digits: what such a mark starts with. */
const PATCH_MARK_STARTS: ReadonlySet<number> = new Set([80, 112, 91, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57]);

/** The length of a list marker in front (`- `, `* `, `o `, `1. `, `2) `, `(a) `, `[3] `), 0 where there is none. */
function markerLength(text: string): number {
  const first = text.charCodeAt(0);
  // - * + • · – and the `o` of old letters
  if (first === 45 || first === 42 || first === 43 || first === 0x2022 || first === 0xb7 || first === 0x2013)
    return text.charCodeAt(1) === 32 || text.charCodeAt(1) === 9 ? 2 : 0;
  if (first === 111) return text.charCodeAt(1) === 32 ? 2 : 0;
  // `Patch 1: Fix …`, `02/13) add …`
  if (PATCH_MARK_STARTS.has(first)) {
    const mark = PATCH_MARK.exec(text);
    if (mark !== null) return mark[0].length;
  }
  if (first !== 40 && (first < 48 || first > 57) && !(first >= 97 && first <= 122)) return 0;
  return /^(?:\d{1,2}[.):]|\(?[0-9a-z]{1,2}\)|\d{1,2}\/)[ \t]/.exec(text)?.[0].length ?? 0;
}

/** A greeting or a name under a letter: `Hi all,`, `Thanks,`, `Jens Axboe`. */
const SALUTE =
  /^(?:hi|hello|hey|dear|greetings|thanks|thank you|cheers|regards|best|br|kind regards|sincerely|good (?:morning|day))\b/i;

/** The heading's words where a lone line is one, else null. */
function headingOf(text: string): string | null {
  if (text.length > 80) return null;
  const bare = text.replace(/^[#=*_\-~. \d[\]()]{1,20}/, '').replace(/[#=*_\-~: ]{1,20}$/, '');
  return bare.length > 0 && countWords(bare) <= 7 ? bare.toLowerCase() : null;
}

function endsWithColon(parts: readonly string[]): boolean {
  return (parts[parts.length - 1] ?? '').endsWith(':');
}

interface Line {
  readonly text: string;
  readonly indent: number;
}

function readLines(text: string): Line[] {
  const head = text.length > MAX_CHARS ? text.slice(0, MAX_CHARS) : text;
  return head.split('\n').map((raw) => {
    const line = raw.length > MAX_LINE_CHARS * 4 ? raw.slice(0, MAX_LINE_CHARS * 4) : raw;
    return { text: line.trim(), indent: indentOf(line) };
  });
}

/** `It has two channels:` with a list below belongs to the list; `Changes:` is a heading all the same. */
function announcesList(words: string, heading: string, lines: readonly Line[], at: number): boolean {
  if (!words.endsWith(':') || countWords(words) < 3 || isAsideHeading(heading)) return false;
  const next = lines.slice(at + 1, at + 4).find((line) => line.text !== '');
  return next !== undefined && markerLength(next.text) > 0;
}

/** The indent of the letter's own prose: that of most lines, for some letters are indented as a whole. */
function bodyIndent(lines: readonly Line[]): number {
  let least = 99;
  let flush = 0;
  let full = 0;
  for (const line of lines) {
    if (line.text.length < 30) continue;
    full += 1;
    if (line.indent < least) least = line.indent;
    if (line.indent <= 1) flush += 1;
  }
  if (full === 0) return 0;
  return flush * 5 >= full ? 0 : least;
}

/**
 * The paragraphs and list items of a text, in order.
 *
 * Reads the first 16,000 characters. Stops at a shortlog (`Name (3):`) and at a diffstat, which a
 * parsed letter no longer holds.
 */
export function proseBlocks(text: string): ProseBlock[] {
  const lines = readLines(text);
  const base = bodyIndent(lines);
  const blocks: ProseBlock[] = [];
  let parts: string[] = [];
  let kind: ProseBlock['kind'] = 'paragraph';
  let aside = false;
  let markerIndent = 0;
  let blankBefore = true;

  const flush = () => {
    if (parts.length === 0) return;
    const joined = parts.join(' ');
    parts = [];
    // `[Still an RFC: I have yet to test this version.]`
    if (joined.startsWith('[') && joined.endsWith(']')) return;
    if (kind === 'paragraph' && SALUTE.test(joined) && countWords(joined) <= 6) return;
    blocks.push({ text: joined.slice(0, 4 * MAX_LINE_CHARS), kind, aside });
  };

  for (let i = 0; i < lines.length && blocks.length < MAX_BLOCKS; i += 1) {
    const line = lines[i] as Line;
    const next = lines[i + 1];
    const { text: words, indent } = line;
    if (words === '') {
      flush();
      blankBefore = true;
      continue;
    }
    if (/^\d+ files? changed\b/.test(words)) break;
    if (/^\S.{0,60} \(\d{1,4}\):$/.test(words) && next !== undefined && next.indent >= 2) break;
    if (isRuler(words)) {
      flush();
      blankBefore = true;
      continue;
    }
    const lone = blankBefore && (next === undefined || next.text === '');
    const underlined = next !== undefined && next.text.length >= 3 && isRuler(next.text);
    const labelled = blankBefore && words.endsWith(':') && countWords(words) <= 5;
    const marked = /^(?:#{1,4} |={1,6} ?[A-Za-z]|\*\*[A-Z])/.test(words);
    if ((lone || labelled || marked || (underlined && blankBefore)) && markerLength(words) === 0) {
      const heading = headingOf(words);
      const closed = /[.!?,;]$/.test(words);
      if (heading !== null && (!closed || SALUTE.test(words)) && !announcesList(words, heading, lines, i)) {
        flush();
        if (!SALUTE.test(words)) aside = isAsideHeading(heading);
        blankBefore = true;
        continue;
      }
    }
    const numbered =
      /^\d{1,2}(?:\.\d{1,2}){0,2}\.? [A-Z]/.test(words) &&
      lone &&
      countWords(words) <= 8 &&
      !/[.!?]$/.test(words);
    if (numbered) {
      flush();
      aside = isAsideHeading(words.replace(/^[\d. ]{1,10}/, '').toLowerCase());
      blankBefore = true;
      continue;
    }
    const marker = markerLength(words);
    const inItem = kind === 'item' && parts.length > 0;
    if (marker === 0 && !inItem && indent >= base + 4 && (parts.length === 0 || endsWithColon(parts))) {
      // An indented block is an example, unless it is a first line's indent or a wrapped line's.
      const firstLineIndent =
        blankBefore && next !== undefined && next.text !== '' && next.indent <= base + 1;
      if (!firstLineIndent) {
        flush();
        continue;
      }
    }
    if (isShown(marker > 0 ? words.slice(marker) : words, marker === 0 && parts.length > 0)) {
      flush();
      blankBefore = false;
      // What follows a quote or a trailer on the next line is more of it, or starts anew.
      kind = 'paragraph';
      continue;
    }
    if (marker > 0) {
      flush();
      kind = 'item';
      markerIndent = indent;
      parts.push(words.slice(marker).trim());
    } else if (inItem && indent > markerIndent) parts.push(words);
    else {
      if (inItem || parts.length === 0) {
        flush();
        kind = 'paragraph';
      }
      parts.push(words);
    }
    blankBefore = false;
  }
  flush();
  return blocks;
}
