import { hash } from 'node:crypto';

/** How far from the end a list's footer can begin, in characters. */
const FOOTER_REACH = 2000;

/** First words of the footers that list software appends, below a line of dashes or underscores. */
const FOOTER_MARKS = [
  '\nTo unsubscribe from this list',
  '\nTo unsubscribe, send a message with',
  '\nYou received this message because you are subscribed',
  '\nGroups.io Links: You receive all messages',
  ' mailing list\n',
  ' mailing list -- ',
];

function isRuler(line: string): boolean {
  return line.length > 0 && /^[-_=]+$/.test(line.trimEnd());
}

/** The text without what the list's software put below it (vger, kvack, mailman, Google Groups). */
export function stripListFooter(text: string): string {
  const from = Math.max(0, text.length - FOOTER_REACH);
  const tail = text.slice(from);
  // Nearly no mail has one; this tells at once.
  if (!tail.includes('subscribe') && !tail.includes('Groups.io') && !tail.includes(' mailing list'))
    return text;
  let cut = -1;
  for (const mark of FOOTER_MARKS) {
    const at = tail.indexOf(mark);
    if (at < 0) continue;
    // The mark's line, and the ruler above it: without a ruler it is somebody's sentence.
    const line = mark.startsWith('\n') ? at : tail.lastIndexOf('\n', at);
    const rulerStart = tail.lastIndexOf('\n', line - 1) + 1;
    if (line > 0 && isRuler(tail.slice(rulerStart, line)) && (cut < 0 || rulerStart < cut)) cut = rulerStart;
  }
  return cut < 0 ? text : text.slice(0, from + cut);
}

/** Trailing blanks of each line and of the whole dropped; only lines that have some are touched. */
function trimLines(text: string): string {
  const plain = text.trimEnd();
  const pieces: string[] = [];
  let copied = 0;
  let space = plain.indexOf(' \n');
  let tab = plain.indexOf('\t\n');
  while (space >= 0 || tab >= 0) {
    const at = space < 0 || (tab >= 0 && tab < space) ? tab : space;
    let end = at;
    while (end > copied && isBlank(plain.charCodeAt(end - 1))) end--;
    pieces.push(plain.slice(copied, end));
    copied = at + 1;
    if (space >= 0 && space < copied) space = plain.indexOf(' \n', copied);
    if (tab >= 0 && tab < copied) tab = plain.indexOf('\t\n', copied);
  }
  pieces.push(plain.slice(copied));
  return pieces.join('');
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** What a content hash covers; `date` as ISO where it is one, else as it stood. */
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
