import { foreignTextIn } from '../mail/foreign-text.js';

/** Longer lines are not a person's sentence; the rest of one is ignored. */
const LINE_LIMIT = 400;
const LINES_LIMIT = 3000;

/** A diff, a commit, the bar that Outlook draws above the mail that it copies in, or how a tester makes a bug happen. */
const END =
  /^(?:diff --git |From [0-9a-f]{40} |_{32}|If you don't need the following environment to reproduce|(?:[Hh]ow|[Ss]teps) to reproduce(?: (?:it|this|the (?:bug|issue|problem)))?:?$)/;

/** `>` */
const QUOTE_MARK = 0x3e;

/** A line of a reply; quotes and blank lines have no text. */
export interface OwnLine {
  readonly text: string;
  /** It is code, quoted or not: a pronoun below may refer to it. */
  readonly code: boolean;
  /** A quote that is about a patch on top: `Please send incremental fixes.` */
  readonly onTop?: boolean;
}

/** A sentence that the sender wrote. */
export interface Sentence {
  readonly text: string;
  /** The last line before its paragraph is code: `I dropped this one.` refers to that line. */
  readonly belowCode: boolean;
  /** It answers, in the first paragraph below it, a quoted paragraph that is about a patch on top. */
  readonly belowOnTop: boolean;
}

const BLANK: OwnLine = { text: '', code: false };
const QUOTED_CODE: OwnLine = { text: '', code: true };
const QUOTED_ON_TOP: OwnLine = { text: '', code: false, onTop: true };
const QUOTED: OwnLine = { text: '', code: false, onTop: false };

/**
 * What the sender of a mail wrote: there is a line without text for each quote and each blank line, so that sentences on
 * both sides of one are not joined. Stops at a signature (`-- `), a diff, or a mail copied in without quote marks.
 */
export function ownLines(text: string): OwnLine[] {
  const own: OwnLine[] = [];
  const beginsForeignText = foreignTextIn(text);
  let answered = false;
  for (let at = 0; at <= text.length && own.length < LINES_LIMIT; ) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, Math.min(end, at + LINE_LIMIT));
    // Most lines of most replies are quotes marked like this.
    if (text.charCodeAt(at) === QUOTE_MARK) own.push(readQuoted(line));
    else {
      if (line === '-- ' || line === '--' || END.test(line) || beginsForeignText(at, end, answered)) break;
      answered ||= line.trim() !== '';
      if (BISECT.test(line)) markBisected(own);
      if (isQuoteLine(line) || line.trim() === '') own.push(BLANK);
      else own.push({ text: line.trimEnd(), code: isCode(line) });
    }
    at = end + 1;
  }
  return own;
}

/** `git bisect good 1a2b3c`: below the title of that commit, which is not a request. */
const BISECT = /^git bisect (?:good|bad|skip|start)\b/;
/** A title that a mailer wrapped. */
const MOST_TITLE_LINES = 3;

/** Marks the lines of text directly above as code. */
function markBisected(own: OwnLine[]): void {
  for (let at = own.length - 1, left = MOST_TITLE_LINES; at >= 0 && left > 0; at--, left--) {
    const line = own[at];
    if (line === undefined || line.text === '' || line.code) return;
    own[at] = { ...line, code: true };
  }
}

function readQuoted(line: string): OwnLine {
  if (isQuotedCode(line)) return QUOTED_CODE;
  if (/^[> ]*$/.test(line)) return BLANK;
  return ON_TOP.test(line) && !NOT_ON_TOP.test(line) ? QUOTED_ON_TOP : QUOTED;
}

/** `send incremental fixes`, `please send a follow-up patch`, `let's do that as a follow-up.`, `Please followup.` */
const ON_TOP =
  /\bincremental (?:fix(?:es)?|patch(?:es)?|series)\b|\bfollow-?ups? (?:patch(?:es)?|series|commits?|fix(?:es)?)\b|\b(?:an?|as|in|please) follow[ -]?ups?(?=[.,!?)]|$)/i;

/** What refuses a patch on top, asks for more than it, leaves it open, or was quoted before. */
const NOT_ON_TOP = /^> ?>|\b(?:no|not|don't|never|but|instead|rather|could|can|might|leave|without)\b/i;

/** A quoted line of a diff: what it adds or removes, or its header. */
function isQuotedCode(line: string): boolean {
  return /^>[> ]{0,20}(?:[+-]\s|[+-]{1,3}$|[+-][\w{}()/*#]|@@ |diff --git )/.test(line);
}

/** A line of a program, a log or a table rather than of prose. */
function isCode(line: string): boolean {
  return (
    /^(?:\t| {4})/.test(line) ||
    BISECT.test(line) ||
    // `fs/frob.c:12 frob() warn: maybe use && instead of &`
    /^[\w./+-]{1,200}\.(?:[chS]|cc|cpp|rs|py|sh|dts|dtsi|yaml):\d{1,6}(?::\d{1,4})?:? (?:\w{1,80}\(\) |(?:fatal )?(?:warn|warning|error|note|sparse|smatch): )/.test(
      line,
    ) ||
    /^(?:export \w{1,60}=|make (?:-j|\w{0,20}config\b))/.test(line) ||
    /[;{}]\s{0,20}$/.test(line) ||
    /^[0-9a-f]{8,40} /.test(line) ||
    /^\s{0,20}(?:[+#*$|]|\/\*|\/\/|\d{1,6}\s{2})/.test(line) ||
    /\w\(\)?[^)]{0,80}\)\s{0,20};/.test(line) ||
    /\S\t+\S/.test(line)
  );
}

/** Every line that is not a quote, including below the signature: nipa reads `pw-bot: cr` wherever it is. */
export function unquotedLines(text: string): string[] {
  return splitLines(text).filter((line) => !isQuoteLine(line));
}

/**
 * The sentences of what the sender wrote, wrapped lines joined, punctuation kept at their end. Lines of code, links and
 * attributions (`… wrote:`) belong to none.
 */
export function sentences(own: readonly OwnLine[]): Sentence[] {
  const found: Sentence[] = [];
  let paragraph = '';
  let belowCode = false;
  let before = false;
  let belowOnTop = false;
  let isQuote = false;
  const flush = () => {
    for (const text of splitSentences(paragraph)) found.push({ text, belowCode, belowOnTop });
    if (paragraph !== '') belowOnTop = false;
    paragraph = '';
  };
  for (const { text: line, code, onTop } of own) {
    const text = line.trim();
    const apart =
      code ||
      text === '' ||
      /^\[\d/.test(text) ||
      /^(tree|branch|commit|link):/i.test(text) ||
      isAttribution(text);
    if (apart || /^[-*] |^\d{1,2}[.)] /.test(text) || paragraph.length > 2000) flush();
    if (!apart) {
      if (paragraph === '') belowCode = before;
      paragraph = paragraph === '' ? text : `${paragraph} ${text}`;
    }
    if (code || text !== '') before = code;
    // A quoted paragraph begins anew behind text of the sender's, or a blank line.
    if (onTop !== undefined) belowOnTop = onTop || (isQuote && belowOnTop);
    isQuote = onTop !== undefined;
  }
  flush();
  return found;
}

const SENTENCE_END = /[.!?](?= |$)/g;
/** `in a separate patch (i.e. not just a new version)`: the sentence goes on. */
const ABBREVIATION = /(?:^|[ (])(?:i\.e|e\.g)\.$/i;

function splitSentences(paragraph: string): string[] {
  const found: string[] = [];
  let start = 0;
  for (const { index } of paragraph.matchAll(SENTENCE_END)) {
    if (ABBREVIATION.test(paragraph.slice(Math.max(0, index - 4), index + 1))) continue;
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

function isAttribution(text: string): boolean {
  return text === 'wrote:' || text.endsWith(' wrote:') || text.endsWith(' writes:');
}
