import type { Problem } from '../../digest/mail/mail.js';
import { withoutTail } from '../../digest/text/without-tail.js';
import { byteCollector } from './byte-collector.js';
import { looksLikeHeader, mailFound, withLineFeeds } from './finish-mail.js';
import type { Found, Splitter } from './found.js';
import { lineCutter } from './line-cutter.js';
import { hasSeparatorForm } from './separator.js';
import { unquoteFrom } from './unquote.js';

/** Lines that the head of an entry may have: subject, `##### From:`, a second From, blank lines. */
const MAX_HEAD_LINES = 8;

const FENCE = /^```[\w-]{0,20}\s*$/;

/** True if a line opens or closes a fenced block. */
export function isFence(line: string): boolean {
  return FENCE.test(line.slice(0, 100));
}

/** True if a line begins an entry: `#### [PATCH …`. */
export function isHeading(line: string): boolean {
  return line.startsWith('#### ');
}

/**
 * Where the mail of an entry ends: at its closing fence. A body may have fences too, which come in pairs, so of an odd number the last one
 * closes; of an even number the closing one is missing, unless a fence is the very last line.
 */
function closingFence(lines: readonly string[]): number {
  const fences = lines.flatMap((line, at) => (isFence(line) ? [at] : []));
  const last = fences[fences.length - 1] ?? -1;
  if (fences.length % 2 === 1) return last;
  return last >= 0 && lines.slice(last + 1).every((line) => line.trim() === '') ? last : -1;
}

/** What the head of an entry says: the first line of the subject, and who it is from. */
interface EntryHead {
  readonly subject: string;
  readonly from: string;
}

function readHead(lines: readonly Buffer[]): EntryHead {
  const texts = lines.map((line) => line.toString('latin1').trim());
  const subject = texts.find(isHeading)?.slice('#### '.length).trim() ?? '';
  const from =
    texts
      .find((text) => text.startsWith('##### From:'))
      ?.slice('##### From:'.length)
      .trim() ?? '';
  return { subject, from };
}

/** Headers that the mail lacks and its entry's head has; the head is cut short, so the mail's own win. */
function missingHeaders(mail: readonly string[], head: EntryHead): string[] {
  const end = mail.findIndex((line) => line.trim() === '');
  const names = (end < 0 ? mail : mail.slice(0, end)).map((line) => line.slice(0, 8).toLowerCase());
  const missing: string[] = [];
  if (head.subject !== '' && !names.includes('subject:')) missing.push(`Subject: ${head.subject}`);
  if (head.from !== '' && !names.some((name) => name.startsWith('from:'))) missing.push(`From: ${head.from}`);
  return missing;
}

const CUT: Problem = { code: 'truncated', detail: 'the closing fence is missing' };

/** True if a block begins with headers, a mail's or its folds from the middle on: the text of a mail begins otherwise. */
function startsWithHeaders(mail: readonly string[]): boolean {
  const end = mail.findIndex((line) => line.trim() === '');
  const head = end < 0 ? mail : mail.slice(0, end);
  return (
    looksLikeHeader(mail[0] ?? '') &&
    head.every((line, at) => looksLikeHeader(line) || (at > 0 && /^[ \t]/.test(line)))
  );
}

/** A block with the text of a mail alone, as dumps of 2018 have them: its heading says who wrote it, and the subject as far as it goes. */
function finishHeadless(text: readonly string[], total: number, closing: number, head: EntryHead): Found {
  if (head.subject === '') {
    const detail = `the block begins "${(text[0] ?? '').slice(0, 60)}"; expected the headers of a mail, or a heading above`;
    return { kind: 'skipped', problem: { code: 'not-mail', detail } };
  }
  const raw = Buffer.from(
    `${withoutTail([...missingHeaders([], head), '', ...text].join('\n'), '\n')}\n`,
    'latin1',
  );
  const detail = "the block has no headers; subject and author are its heading's";
  return mailFound(raw, total, [...(closing < 0 ? [CUT] : []), { code: 'header-from-heading', detail }]);
}

/** The mail of one entry, from what follows its opening fence. */
function finish({ bytes, total }: { bytes: Buffer; total: number }, head: EntryHead): Found {
  const text = withLineFeeds(bytes).toString('latin1');
  const lines = text.split('\n');
  while (lines[0]?.trim() === '') lines.shift();
  const closing = closingFence(lines);
  const inside = closing < 0 ? lines : lines.slice(0, closing);
  const separator = inside[0] ?? '';
  const mail = hasSeparatorForm(separator) ? inside.slice(1) : inside;
  if (!startsWithHeaders(mail)) return finishHeadless(mail, total, closing, head);
  const problems: Problem[] = [];
  if (closing < 0) problems.push(CUT);
  // kvm-2020 has six mails that begin in the middle of their headers.
  const missing = missingHeaders(mail, head);
  if (missing.length > 0) {
    problems.push({
      code: 'header-from-heading',
      detail: `the mail has no ${missing.map((line) => line.split(':', 1)[0]).join(', ')} of its own`,
    });
  }
  const raw = Buffer.from(`${withoutTail([...missing, ...mail].join('\n'), '\n')}\n`, 'latin1');
  return mailFound(unquoteFrom(separator, raw), total, problems);
}

/**
 * Reads a Markdown dump of patchwork mails: `#### [subject]`, `##### From: …` (perhaps a further
 * `From:` line), a fence, and in it the mail below patchwork's `From ` line. The headings are cut
 * short: only the mail counts. A mail begins at a whole head with its fence and ends before the next.
 */
export function dumpSplitter(): Splitter {
  const cutter = lineCutter();
  const mail = byteCollector();
  let inMail = false;
  /** Lines since a heading, until they prove to be the head of an entry or part of the mail. */
  let head: Buffer[] = [];
  let entry: EntryHead = { subject: '', from: '' };

  const close = (): Found[] => {
    const taken = mail.take();
    return inMail ? [finish(taken, entry)] : [];
  };

  const dropHead = (): void => {
    if (inMail) for (const line of head) mail.add(line);
    head = [];
  };

  const take = (bytes: Buffer): Found[] => {
    const line = bytes.subarray(0, 200).toString('latin1');
    if (head.length > 0 && isFence(line) && head.some((held) => held.toString('latin1', 0, 6) === '##### ')) {
      const found = close();
      entry = readHead(head);
      head = [];
      inMail = true;
      return found;
    }
    if (isHeading(line) || head.length >= MAX_HEAD_LINES) dropHead();
    if (isHeading(line) || head.length > 0) head.push(Buffer.from(bytes));
    else if (inMail) mail.add(bytes);
    else inMail = isFence(line);
    return [];
  };

  return {
    numbered: true,
    push: (chunk) => cutter.push(chunk).flatMap(take),
    end() {
      const found = cutter.end().flatMap(take);
      dropHead();
      return [...found, ...close()];
    },
  };
}
