/** Longer lines are no sentence of a person; the rest of one is not looked at. */
const LINE_LIMIT = 400;
const LINES_LIMIT = 3000;

/** Where another mail's text begins without quote marks (Outlook, forwarded text), or a diff does. */
const ENDS = [
  '-----original message-----',
  '________________________________',
  'diff --git ',
  'begin forwarded',
];

/** What the lines of ENDS start with, in either case. */
const END_STARTS = '-_dDbB';

/** `>` */
const QUOTE_MARK = 0x3e;

/**
 * What the sender of a mail wrote: a line of '' stands for each quote and each blank line, so that sentences on
 * both sides of one are not joined. Stops at a signature (`-- `), a diff, or a mail copied in without quote marks.
 */
export function ownLines(text: string): string[] {
  const own: string[] = [];
  for (let at = 0; at <= text.length && own.length < LINES_LIMIT; ) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    // Most lines of most replies are quotes marked like this, and are not even cut out.
    if (text.charCodeAt(at) === QUOTE_MARK) own.push('');
    else {
      const line = text.slice(at, Math.min(end, at + LINE_LIMIT));
      if (line === '-- ' || line === '--' || startsForeign(line)) break;
      own.push(isQuoteLine(line) ? '' : line.trimEnd());
    }
    at = end + 1;
  }
  return own;
}

/** Every line that is no quote, below the signature too: nipa reads `pw-bot: cr` wherever it stands. */
export function unquotedLines(text: string): string[] {
  return splitLines(text).filter((line) => !isQuoteLine(line));
}

/**
 * The sentences of what the sender wrote, wrapped lines joined, punctuation kept at their end.
 * A line that ends in a colon, a list entry and an indented line stand alone.
 */
export function sentences(own: readonly string[]): string[] {
  const found: string[] = [];
  let paragraph = '';
  const flush = () => {
    found.push(...splitSentences(paragraph));
    paragraph = '';
  };
  for (const line of own) {
    if (line === '') {
      if (paragraph !== '') flush();
      continue;
    }
    const text = line.trim();
    const alone = text === '' || /^\[\d/.test(text) || /^(tree|branch|commit|link):/i.test(text);
    if (alone || isAttribution(text) || paragraph.length > 2000) flush();
    if (alone || isAttribution(text)) continue;
    paragraph = paragraph === '' ? text : `${paragraph} ${text}`;
  }
  flush();
  return found;
}

const SENTENCE_END = /[.!?](?= |$)/g;

function splitSentences(paragraph: string): string[] {
  const found: string[] = [];
  let start = 0;
  for (const { index } of paragraph.matchAll(SENTENCE_END)) {
    found.push(paragraph.slice(start, index + 1).trim());
    start = index + 1;
  }
  const rest = paragraph.slice(start).trim();
  if (rest !== '') found.push(rest);
  return found.filter((sentence) => sentence.length <= LINE_LIMIT);
}

function splitLines(text: string): string[] {
  return text
    .split('\n', LINES_LIMIT)
    .map((line) => (line.length > LINE_LIMIT ? line.slice(0, LINE_LIMIT) : line));
}

/** `> text`, `| text`, `Jens> text`. */
export function isQuoteLine(line: string): boolean {
  const text = line.trimStart();
  // `Jens> text` and `| text` are quotes of old mailers; `|` is also the first column of a table, which proves nothing either.
  return text.startsWith('>') || text.startsWith('|') || /^[A-Za-z]{1,12}>/.test(text);
}

function startsForeign(line: string): boolean {
  if (!END_STARTS.includes(line.charAt(0))) return false;
  const text = line.slice(0, 60).toLowerCase();
  return ENDS.some((end) => text.startsWith(end));
}

function isAttribution(text: string): boolean {
  return text.endsWith(' wrote:') || text.endsWith(' writes:') || text.endsWith(' you wrote:');
}
