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

/** First words of headings (and labels such as `Testing: …`) whose section is not the description. */
const ASIDE_HEADINGS = [
  'test',
  'benchmark',
  'bench',
  'result',
  'performance result',
  'performance number',
  'performance test',
  'number',
  'changelog',
  'change log',
  'changes',
  'change since',
  'history',
  'revision',
  'version',
  'todo',
  'to do',
  'to-do',
  'future',
  'dependenc',
  'depend',
  'reference',
  'link',
  'open',
  'known',
  'limitation',
  'credit',
  'acknowledg',
  'thank',
  'usage',
  'example',
  'how to',
  'patch',
  'base',
  'git',
  'repositor',
  'reproduc',
  'note',
  'faq',
  'previous',
  'question',
  'setup',
  'build',
  'appendix',
  'discussion',
  'merge',
  'measurement',
  'evaluation',
  'series structure',
  'resources',
  'reviewer',
  'cc',
  'status',
  'organization',
  'documentation',
  'footnote',
  'hardware',
  'caveat',
  'v',
  'vs',
  'rfc',
  'selftest',
  'organisation',
  'diff',
  'roadmap',
  'next step',
  'remaining',
  'alternative',
  'tl;dr of changes',
]; // prettier-ignore

/** True for a heading such as `Test results`, `= Changelog =` or `v2`. `title`: lower case, marks stripped. */
function isAsideHeading(title: string): boolean {
  if (/^v\d{1,3}\b/.test(title)) return true;
  for (const start of ASIDE_HEADINGS) if (start.length > 2 && title.startsWith(start)) return true;
  return false;
}

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

/** The length of a list marker in front (`- `, `* `, `o `, `1. `, `2) `, `(a) `, `[3] `), 0 where there is none. */
function markerLength(text: string): number {
  const first = text.charCodeAt(0);
  // - * + • · – and the `o` of old letters
  if (first === 45 || first === 42 || first === 43 || first === 0x2022 || first === 0xb7 || first === 0x2013)
    return text.charCodeAt(1) === 32 || text.charCodeAt(1) === 9 ? 2 : 0;
  if (first === 111) return text.charCodeAt(1) === 32 ? 2 : 0;
  if (first !== 40 && (first < 48 || first > 57) && !(first >= 97 && first <= 122)) return 0;
  return /^(?:\d{1,2}[.):]|\(?[0-9a-z]{1,2}\)|\d{1,2}\/)[ \t]/.exec(text)?.[0].length ?? 0;
}

const TRAILER = /^[A-Z][A-Za-z-]{1,30}-(?:[Bb]y|[Tt]o|[Ii]d|[Cc]ommit|ID): ?\S/;
const HEADERS =
  /^(?:From|Subject|Date|To|Cc|CC|Fixes|Link|Closes|BugLink|Message-Id|MIME-Version|Content-[A-Za-z-]+|Signed-off-by):[ \t]/;
const FILE_STAT = /^\S.{0,200} \| +(?:\d+ [+-]*|Bin\b.*)$/;
const LOG =
  /^(?:\[ *\d+\.\d+\]|\[<|<\d>|\$ |# |>|~ ?[#$] |\S{1,40}[@:]\S{0,60}[#$] |@@ |diff --git|\+\+\+ |--- \S|commit [0-9a-f]{12,}|Call [Tt]race:|#\d+ +0x|0x[0-9a-f]|https?:\/\/|lore\.kernel\.org|\[\d{1,2}\]:? *(?:https?:|<|lore\.|\S+$|["`A-Z]))/;

/** A line typed into a shell. */
const COMMAND =
  /^(?:sudo |echo .{0,300}>|cat \/|\.\/|mount -|modprobe |insmod |make [-A-Z]|git (?:clone|pull|fetch|checkout|log|am)\b|qemu-system|ls -|cd |mkdir |perf (?:record|report|stat|bench)|fio -|dd if=|\S{1,60}\.sh\b.{0,60}$)/;

/** A line of a table, a drawing, code, a log, a quote, a trailer or a link: something that is shown, not told. */
function isShown(text: string, continues: boolean): boolean {
  if (TRAILER.test(text) || HEADERS.test(text) || LOG.test(text) || FILE_STAT.test(text)) return true;
  let letters = 0;
  let digits = 0;
  let spaces = 0;
  let bars = 0;
  let gaps = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 191) letters += 1;
    else if (code >= 48 && code <= 57) digits += 1;
    else if (code === 32) {
      spaces += 1;
      // Two spaces after a full stop are typing; three, or two elsewhere, may be a column.
      if (text.charCodeAt(i - 1) === 32 && text.charCodeAt(i - 2) === 32) gaps += 1;
    } else if (code === 9) gaps += 2;
    else if (code === 124) bars += 1;
    // box drawing
    if (code >= 0x2500 && code <= 0x259f) bars += 2;
  }
  // The short last line of a paragraph, `(9-11).`, is no table.
  if (continues && text.length < 24) return false;
  const ink = text.length - spaces;
  if (bars >= 2 || text.startsWith('|') || text.startsWith('+-')) return true;
  // Aligned prose (some mailers justify) has gaps too, but one space each; a column has a wide one.
  if (gaps >= 3) return true;
  if (ink > 0 && letters / ink < 0.55) return true;
  if (ink > 8 && digits / ink > 0.35) return true;
  if (COMMAND.test(text)) return true;
  // `unique: 4, opcode: GETATTR (3), nodeid: 1`
  let colons = 0;
  for (let at = text.indexOf(': '); at >= 0; at = text.indexOf(': ', at + 1)) colons += 1;
  if (colons >= 3) return true;
  const last = text.charCodeAt(text.length - 1);
  // ; { } at the end of a line are C
  if (last === 59 && (text.includes('(') || text.includes('=') || spaces < 3)) return true;
  if (last === 123 || last === 125 || last === 92) return true;
  return /^(?:#include|#define|\/\*|\*\/|\/\/)/.test(text);
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
