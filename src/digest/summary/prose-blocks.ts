import { NEVER_LAST, SUBORDINATE } from './clause-words.js';
import { isShown } from './is-shown.js';
import {
  BARE,
  bodyIndent,
  countWords,
  headingAt,
  isRuler,
  isSalute,
  type Line,
  MAX_LINE_CHARS,
  markerLength,
  readLines,
  withoutGreeting,
} from './prose-lines.js';

/**
 * Takes the text of a letter apart into paragraphs and list items, and drops
 * tables, code, logs, drawings, quotes, trailers and headings.
 */

/** A paragraph or one item of a list, its lines joined by single spaces. */
export interface ProseBlock {
  readonly text: string;
  readonly kind: 'paragraph' | 'item';
  /** The heading above it, lower case, marks off; empty if there is none. */
  readonly heading: string;
  /** A line right before it was dropped, so its first sentence may have lost its start. */
  readonly broken: boolean;
}

const MAX_BLOCKS = 56;

/** `Overview`: some letters indent everything that is below. */
const DESCRIBES = /^\W{0,8}(?:overview|intro|description|summary|background|motivation|abstract)/i;

/** The block that is being collected, and the reading position. */
interface Reading {
  readonly lines: readonly Line[];
  readonly base: number;
  readonly blocks: ProseBlock[];
  parts: string[];
  kind: ProseBlock['kind'];
  heading: string;
  /** The block being collected follows a dropped line. */
  broken: boolean;
  markerIndent: number;
  blankBefore: boolean;
  /** All since a heading such as `Overview` is indented: its text, not an example. */
  headed: boolean;
  /** The line before was dropped. */
  dropped: boolean;
}

/** Without a stop before it, a line that begins so starts a sentence nevertheless. */
const STARTS_SENTENCE = /^(?:This|These|It|We|However|Currently) /;

/** So does one that turns to the reader or to another patch, in a paragraph too: `… should be enough⏎Please check`. */
const STARTS_ANYWHERE = /^(?:(?:Please|Thanks|Thank you)\b|Patch(?:es)? #?\d[\d, -]{0,12} (?:is|are|\w+s)\b)/;

/** Whether a line ends in a word that a sentence can end in, without a mark behind it. */
function lacksStop(line: string): boolean {
  const last = line.slice(line.lastIndexOf(' ') + 1);
  const word = last.toLowerCase();
  return /[\w)\]'"`]$/.test(last) && !NEVER_LAST.has(word) && !SUBORDINATE.has(word);
}

/** The lines of a block, with a full stop behind a title that has its text below: `- Drop the lock⏎This makes …`. */
function closed(parts: readonly string[], kind: ProseBlock['kind']): string[] {
  return parts.map((part, at) => {
    const next = parts[at + 1] ?? '';
    const starts = STARTS_ANYWHERE.test(next) || (kind === 'item' && STARTS_SENTENCE.test(next));
    return starts && lacksStop(part) ? `${part}.` : part;
  });
}

function flush(reading: Reading): void {
  const { parts, kind, heading, broken } = reading;
  if (parts.length === 0) return;
  const text = closed(parts, kind).join(' ');
  const opens = reading.blocks.length === 0 && kind === 'paragraph';
  const joined = opens ? withoutGreeting(text) : text;
  reading.parts = [];
  // `[Still an RFC: I have yet to test this version.]`
  if (joined.startsWith('[') && joined.endsWith(']')) return;
  if (kind === 'paragraph' && isSalute(joined) && countWords(joined) <= 6) return;
  reading.blocks.push({ text: joined.slice(0, 4 * MAX_LINE_CHARS), kind, heading, broken });
}

/** Ends the block; the next line starts a new one. */
function breakOff(reading: Reading): void {
  flush(reading);
  reading.blankBefore = true;
  reading.dropped = false;
}

function announces(parts: readonly string[]): boolean {
  return (parts[parts.length - 1] ?? '').endsWith(':');
}

/** An indented block is an example, unless it is a first line's indent or a wrapped line's. */
function isExample(reading: Reading, line: Line, next: Line | undefined, inItem: boolean): boolean {
  const { base, parts, blankBefore, headed } = reading;
  if (headed || inItem || line.indent < base + 4 || (parts.length > 0 && !announces(parts))) return false;
  return !(blankBefore && next !== undefined && next.text !== '' && next.indent <= base + 1);
}

/** `* stop compensating for⏎buggy callers`: wrapped without an indent. */
function continuesItem(parts: readonly string[], text: string): boolean {
  const last = parts[parts.length - 1] ?? '';
  return last.length > 30 && /^[a-z]/.test(text) && !'.!?:;'.includes(last.charAt(last.length - 1));
}

function addLine(reading: Reading, line: Line, marker: number, inItem: boolean): void {
  if (marker > 0) {
    flush(reading);
    reading.kind = 'item';
    reading.markerIndent = line.indent;
    reading.broken = false;
    reading.parts.push(line.text.slice(marker).trim());
    return;
  }
  const goesOn = inItem && (line.indent > reading.markerIndent || continuesItem(reading.parts, line.text));
  if (!goesOn && (inItem || reading.parts.length === 0)) {
    flush(reading);
    reading.kind = 'paragraph';
    reading.broken = reading.dropped;
  }
  reading.parts.push(line.text);
}

/** In the middle of a sentence: `… was removed in⏎9ce6c9875f3e ("…")` is not a list of commits, `If it is there,⏎stat.sh will …` not a command. */
function namesInProse({ parts }: Reading, marker: number, text: string): boolean {
  const last = parts[parts.length - 1] ?? '';
  if (marker > 0 || last === '' || /[.:;!?]$/.test(last)) return false;
  return /^(?:[0-9a-f]{8,40} \("|[\w./-]{1,60}\.sh [a-z])/.test(text);
}

/**
 * Where the code that a fence opens ends (```` ``` ```` and perhaps a word): the line that closes it, or the fence alone if none does. A
 * line of prose may begin with such marks as well, and then has them behind its code.
 */
function endOfCode(lines: readonly Line[], at: number): number {
  const fence = /^(`{3,8})[^`]*$/.exec((lines[at] as Line).text)?.[1];
  if (fence === undefined) return -1;
  for (let end = at + 1; end < lines.length; end += 1) if ((lines[end] as Line).text === fence) return end;
  return at;
}

/** How far the dropped code reaches that begins at `at`; -1 if none does. */
function skipCode(reading: Reading, at: number): number {
  const end = endOfCode(reading.lines, at);
  if (end < 0) return -1;
  flush(reading);
  reading.kind = 'paragraph';
  reading.dropped = true;
  reading.blankBefore = false;
  return end;
}

/** `… and passes⏎-Bsymbolic to the linker`, in the middle of a sentence: no item. */
function isOption({ kind, parts }: Reading, text: string): boolean {
  const last = parts[parts.length - 1] ?? '';
  return kind === 'paragraph' && last !== '' && !/[.:;]$/.test(last) && markerLength(text) === BARE;
}

/** Reads the line at `at`; false if the text ends in a shortlog or a diffstat, which a parsed letter no longer holds. */
function readLine(reading: Reading, at: number): boolean {
  const { lines } = reading;
  const line = lines[at] as Line;
  const next = lines[at + 1];
  const { text } = line;
  if (text.includes(' changed') && /^\d+ files? changed\b/.test(text)) return false;
  const named = text.endsWith('):') && next !== undefined && next.indent >= 2;
  if (named && /^\S.{0,60} \(\d{1,4}\):$/.test(text)) return false;
  const bare = text === '' || isRuler(text);
  const heading = bare ? null : headingAt(lines, at, reading.blankBefore);
  if (bare || heading !== null) {
    breakOff(reading);
    if (heading !== null) {
      reading.heading = heading;
      reading.headed = DESCRIBES.test(text);
    }
    return true;
  }
  if (line.indent <= reading.base + 1) reading.headed = false;
  const inItem = reading.kind === 'item' && reading.parts.length > 0;
  const marker = isOption(reading, text) ? 0 : markerLength(text);
  if (marker === 0 && isExample(reading, line, next, inItem)) {
    flush(reading);
    return true;
  }
  const shown = marker > 0 ? text.slice(marker) : text;
  if (!namesInProse(reading, marker, text) && isShown(shown, marker === 0 && reading.parts.length > 0)) {
    flush(reading);
    // What follows a quote or a trailer on the next line is more of it, or starts over.
    reading.kind = 'paragraph';
    reading.dropped = true;
  } else {
    addLine(reading, line, marker, inItem);
    reading.dropped = false;
  }
  reading.blankBefore = false;
  return true;
}

/** The paragraphs and list items of a text, in order. Reads the first 16,000 characters. */
export function proseBlocks(text: string): ProseBlock[] {
  const lines = readLines(text);
  const reading: Reading = {
    lines,
    base: bodyIndent(lines),
    blocks: [],
    parts: [],
    kind: 'paragraph',
    heading: '',
    broken: false,
    markerIndent: 0,
    blankBefore: true,
    headed: false,
    dropped: false,
  };
  for (let at = 0; at < lines.length && reading.blocks.length < MAX_BLOCKS; at += 1) {
    const end = skipCode(reading, at);
    if (end >= 0) at = end;
    else if (!readLine(reading, at)) break;
  }
  flush(reading);
  return reading.blocks;
}
