import { hash } from 'node:crypto';

/** How far from the end a list's footer can begin, in characters. */
const FOOTER_REACH = 2000;

/** First words of the footers that list software appends, below a line of dashes or underscores. */
const FOOTER_MARKS = [
  '\nTo unsubscribe from this list',
  '\nTo unsubscribe, send a message with',
  '\nYou received this message because you are subscribed',
  '\nGroups.io Links: You receive all messages',
];

/** One look for all of them: most mails have none. */
const ANY_FOOTER = /\n(?:To unsubscribe|You received this message because|Groups\.io Links:|_{24})/;

/** Mailman's ruler; the list's name and address follow below it. */
const MAILMAN_RULER = '\n________________________';

function isRuler(line: string): boolean {
  return line.length > 0 && /^[-_=]+$/.test(line.trimEnd());
}

/** Where the line above `lineEnd` begins, if it is a ruler, else -1: without a ruler it is someone's sentence. */
function rulerAbove(tail: string, lineEnd: number): number {
  const start = tail.lastIndexOf('\n', lineEnd - 1) + 1;
  return lineEnd > 0 && isRuler(tail.slice(start, lineEnd)) ? start : -1;
}

/** The text without what the list's software put below it (vger, kvack, mailman, Google Groups). */
export function stripListFooter(text: string): string {
  const from = Math.max(0, text.length - FOOTER_REACH);
  const tail = text.slice(from);
  if (!ANY_FOOTER.test(tail)) return text;
  const starts = FOOTER_MARKS.map((mark) => tail.indexOf(mark))
    .filter((at) => at >= 0)
    .map((at) => rulerAbove(tail, at));
  const mailman = tail.lastIndexOf(MAILMAN_RULER);
  if (mailman >= 0 && tail.includes(' mailing list', mailman)) starts.push(mailman + 1);
  const cut = starts.filter((start) => start >= 0).sort((a, b) => a - b)[0];
  return cut === undefined ? text : text.slice(0, from + cut);
}

/** Trailing blanks of each line and of the whole dropped; only lines that have some are touched. */
function trimLines(text: string): string {
  const plain = text.trimEnd();
  let trimmed = '';
  let copied = 0;
  for (let at = plain.indexOf('\n'); at >= 0; at = plain.indexOf('\n', at + 1)) {
    let end = at;
    while (end > copied && isBlank(plain.charCodeAt(end - 1))) end--;
    if (end === at) continue;
    trimmed += plain.slice(copied, end);
    copied = at;
  }
  return copied === 0 ? plain : trimmed + plain.slice(copied);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** What a content hash covers; `date` as ISO where it is one, else unchanged. */
export interface HashedContent {
  readonly fromEmail: string;
  readonly date: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * SHA-256 in hex over what the sender wrote, stable across the lists that a mail passed: address in
 * lower case, subject with white space folded, text without list footer and trailing white space.
 * (public-inbox's idea: identity without Message-ID.)
 */
export function contentHash({ fromEmail, date, subject, text }: HashedContent): string {
  const head = `${fromEmail.toLowerCase()}\n${date}\n${subject.replace(/\s+/g, ' ').trim()}`;
  return hash('sha256', `${head}\n\n${trimLines(stripListFooter(text))}`);
}
