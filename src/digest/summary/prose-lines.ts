/** Lines of a letter, classified by their layout: rulers, list marks, headings. */

/** The most characters that are read of a letter: the description of a series comes first. */
const MAX_CHARS = 16_000;
export const MAX_LINE_CHARS = 1_000;

/** One line, trimmed, and how far it is indented, in columns. */
export interface Line {
  readonly text: string;
  readonly indent: number;
}

/** Words between white space. */
export function countWords(line: string): number {
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

/** The lines of the first 16,000 characters. */
export function readLines(text: string): Line[] {
  const head = text.length > MAX_CHARS ? text.slice(0, MAX_CHARS) : text;
  return head.split('\n').map((raw) => {
    const line = raw.length > MAX_LINE_CHARS * 4 ? raw.slice(0, MAX_LINE_CHARS * 4) : raw;
    return { text: line.trim(), indent: indentOf(line) };
  });
}

/** The indent of the letter's own prose: that of most lines, for some letters are indented as a whole. */
export function bodyIndent(lines: readonly Line[]): number {
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

/** A ruler or an underline: one of `-=~*_#^+` and spaces alone, three of it at least; or what `git format-patch` leaves to be filled in. */
export function isRuler(text: string): boolean {
  if (text === '--' || text === '*** BLURB HERE ***' || text === '*** SUBJECT HERE ***') return true;
  if (text.length < 3) return false;
  for (let i = 0; i < text.length; i += 1) if (!'-=~*_#^+ .'.includes(text[i] as string)) return false;
  return true;
}

const PATCH_MARK =
  /^(?:\[?patch(?:es)?\]? ?#? ?\d{1,2}(?:[-/,&]\d{0,2})?(?:[:)\]] | - )|\d{1,2}\/\d{1,2}[:)] )/i;
/** `P`, `p`, `[` and the digits: what such a mark starts with. */
const PATCH_MARK_STARTS: ReadonlySet<number> = new Set([80, 112, 91, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57]);
/** - * + • · – */
const BULLETS: ReadonlySet<number> = new Set([45, 42, 43, 0x2022, 0xb7, 0x2013]);

/** `-Drop the lock`, `-1st: …`; `-Wall` is an option. */
const BARE_BULLET = /^-(?=(?!W)[A-Z][a-z]{2,} |\d(?:st|nd|rd|th)\b)/;

/** The length of such a mark. */
export const BARE = 1;

/** The length of a list mark in front (`- `, `* `, `o `, `1. `, `2) `, `3- `, `(a) `, `Patch 4: `), 0 if there is none. */
export function markerLength(text: string): number {
  const first = text.charCodeAt(0);
  const spaced = text.charCodeAt(1) === 32 || text.charCodeAt(1) === 9;
  // the `o` of old letters
  if (BULLETS.has(first) || first === 111) return spaced ? 2 : BARE_BULLET.test(text) ? BARE : 0;
  if (PATCH_MARK_STARTS.has(first)) {
    const mark = PATCH_MARK.exec(text);
    if (mark !== null) return mark[0].length;
  }
  if (first !== 40 && (first < 48 || first > 57) && !(first >= 97 && first <= 122)) return 0;
  return /^(?:\d{1,2}[.):-]|\(?[0-9a-z]{1,2}\)|\d{1,2}\/)[ \t]/.exec(text)?.[0].length ?? 0;
}

/** A greeting or a name under a letter: `Hi all,`, `Thanks,`, `Jens Axboe`. */
const SALUTE =
  /^(?:hi|hello|hey|dear|greetings|thanks|thank you|cheers|regards|best|br|kind regards|sincerely|good (?:morning|day))\b/i;

/** Whether a text starts as a greeting or a farewell does. */
export function isSalute(text: string): boolean {
  return SALUTE.test(text);
}

/** `Hi all, this series …`, `Dear maintainers! We …`, `Hi Ada, Björn, this series …`; `Hello timers, which …` is no greeting. */
const ADDRESSED = '(?:all|again|there|everyone|everybody|folks|maintainers?|reviewers?|team|list)';
const NAMES = String.raw`(?:,? (?:and|&|\p{Lu}[\p{L}.’'-]{0,30})){0,8}`;
const GREETING = new RegExp(
  `^(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear)(?:(?:,? ${ADDRESSED}){1,3}|${NAMES})(?:,? and ${ADDRESSED})?[,!] +(?=\\S)`,
  'u',
);

/** A text without the greeting that precedes it on its line. */
export function withoutGreeting(text: string): string {
  return text.replace(GREETING, '');
}

/** `Hi all, this series splits the lock.` */
const greetsAndTells = (text: string) =>
  isSalute(text) && GREETING.test(text) && /[.:]$/.test(text) && countWords(withoutGreeting(text)) >= 4;

const MAX_HEADING_WORDS = { bare: 7, underlined: 12 };

/** A label on a line of its own: `[BUG]`, `[Test results]`. */
const LABEL = /^\[[A-Za-z][A-Za-z ,/&-]{1,40}\]:?$/;

/** The heading's words where a lone line is one, else null. */
function headingOf(text: string, maxWords: number): string | null {
  if (text.length > 80) return null;
  const bare = text.replace(/^[#=*_\-~. \d[\]()]{1,20}/, '').replace(/[#=*_\-~: ]{1,20}$/, '');
  return bare.length > 0 && countWords(bare) <= maxWords ? bare.toLowerCase() : null;
}

/** `It has two channels:` with a list below belongs to the list; but `Changes:` is a heading. */
function announcesList(words: string, lines: readonly Line[], at: number): boolean {
  if (!words.endsWith(':') || countWords(words) < 3) return false;
  const next = lines.slice(at + 1, at + 4).find((line) => line.text !== '');
  return next !== undefined && markerLength(next.text) > 0;
}

/**
 * The heading that the line at `at` is, lower case, marks off; empty for a greeting, which begins no section; null if it is none.
 *
 * `blankBefore`: a blank line or a ruler is before it.
 */
export function headingAt(lines: readonly Line[], at: number, blankBefore: boolean): string | null {
  const { text } = lines[at] as Line;
  // Cheap, and true for every line that can be a heading.
  if (!blankBefore && !'#=*'.includes(text.charAt(0))) return null;
  if (greetsAndTells(text)) return null;
  const next = lines[at + 1]?.text ?? '';
  const lone = blankBefore && next === '';
  const underlined = blankBefore && next.length >= 3 && isRuler(next);
  const labelled = blankBefore && text.endsWith(':') && countWords(text) <= 5;
  const marked = /^(?:#{1,4} |={1,6} ?[A-Za-z]|\*\*[A-Z])/.test(text);
  if (blankBefore && LABEL.test(text)) return text.replace(/[^A-Za-z ,/&-]/g, '').toLowerCase();
  // With two of these marks nothing else is meant, whatever it ends in: `## Patch 1: Fix memset().`
  if (blankBefore && /^#{2,4} /.test(text)) {
    const heading = headingOf(text, MAX_HEADING_WORDS.underlined);
    if (heading !== null) return heading;
  }
  // `1. Why the lock goes:` is no change of a list if it is underlined.
  if (underlined || ((lone || labelled || marked) && markerLength(text) === 0)) {
    const heading = headingOf(text, underlined ? MAX_HEADING_WORDS.underlined : MAX_HEADING_WORDS.bare);
    const closed = /[.!?,;]$/.test(text) && !isSalute(text);
    if (heading !== null && !closed && !announcesList(text, lines, at)) return isSalute(text) ? '' : heading;
  }
  // `2.1 Test results`
  const numbered = lone && /^\d{1,2}(?:\.\d{1,2}){0,2}\.? [A-Z]/.test(text) && !/[.!?]$/.test(text);
  return numbered && countWords(text) <= 8 ? text.replace(/^[\d. ]{1,10}/, '').toLowerCase() : null;
}
