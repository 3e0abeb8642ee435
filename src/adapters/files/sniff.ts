import { withoutTail } from '../../digest/text/without-tail.js';
import { words } from '../../digest/text/words.js';
import { byteCollector } from './byte-collector.js';
import { dumpSplitter, isFence, isHeading } from './dump-splitter.js';
import { hasBody, looksLikeHeader, mailFound, withLineFeeds } from './finish-mail.js';
import type { Found, Splitter } from './found.js';
import { lineCutter } from './line-cutter.js';
import { bareMboxSplitter, mboxSplitter } from './mbox-splitter.js';
import { hasSeparatorForm, isBareSeparator, isSeparator } from './separator.js';

/** What a file is, judging by its beginning: how it is read, or why it is not. */
export type FileKind =
  | { readonly kind: 'mail'; readonly makeSplitter: () => Splitter }
  | { readonly kind: 'not-mail'; readonly found: string };

/** Headers of which a mail has at least one. */
const MAIL_HEADERS = new Set(
  words(
    'from to cc subject date message-id received return-path delivered-to mime-version references in-reply-to list-id ' +
      'x-mailing-list x-original-to',
  ),
);

/** First bytes of files that people hand over by mistake. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['\xfd7zXZ', 'an xz archive'],
  ['BZh', 'a bzip2 archive'],
  ['\x28\xb5\x2f\xfd', 'a zstd archive'],
  ['\x89PNG', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['SQLite format 3', 'an SQLite database'],
  ['\x7fELF', 'a program'],
];

/** Text without byte order mark and the empty lines before the first line. */
function beginning(head: Buffer): string {
  return head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .replace(/^[\r\n]+/, '');
}

/** True if the lines up to the first empty one are headers, one of them a mail's. */
function startsWithMailHeaders(lines: readonly string[]): boolean {
  if (!looksLikeHeader(lines[0] ?? '') && !(lines[0] ?? '').startsWith('>From ')) return false;
  const end = lines.findIndex((line) => line.trim() === '');
  const headers = end < 0 ? lines : lines.slice(0, end);
  return headers.some((line) => MAIL_HEADERS.has((line.split(':', 1)[0] ?? '').trim().toLowerCase()));
}

function holdsSeparator(lines: readonly string[]): boolean {
  return lines.some((line, at) =>
    isSeparator({
      line: line.trimEnd(),
      next: lines[at + 1] ?? null,
      afterBlank: (lines[at - 1] ?? '').trim() === '',
    }),
  );
}

function describe(text: string): string {
  if (text.trim() === '') return 'an empty file';
  const signature = SIGNATURES.find(([bytes]) => text.startsWith(bytes));
  if (signature !== undefined) return signature[1];
  if (/^\s{0,100}<(?:!doctype|html|\?xml)/i.test(text)) return 'a web page or XML';
  if (text.slice(0, 1000).includes('\0')) return 'binary data';
  return `text that begins "${text.slice(0, 40).split(/[\r\n]/)[0] ?? ''}"`;
}

/** Tells what a file is from its first bytes (SNIFF_BYTES of them, or all), never from its name. */
export function sniff(head: Buffer): FileKind {
  const text = beginning(head);
  const lines = text.split(/\r?\n/);
  const first = lines[0] ?? '';
  if (hasSeparatorForm(first)) return { kind: 'mail', makeSplitter: mboxSplitter };
  if (isBareSeparator({ line: first.trimEnd(), next: lines[1] ?? null, afterBlank: true }))
    return { kind: 'mail', makeSplitter: bareMboxSplitter };
  if (startsTextCopy(first)) return { kind: 'mail', makeSplitter: textCopySplitter };
  if (startsWithMailHeaders(lines)) return { kind: 'mail', makeSplitter: singleMail };
  if (lines.some(isHeading) && lines.some(isFence)) return { kind: 'mail', makeSplitter: dumpSplitter };
  if (holdsSeparator(lines)) return { kind: 'mail', makeSplitter: mboxSplitter };
  return { kind: 'not-mail', found: describe(text) };
}

/** A file that holds one mail: `.eml`, a Maildir's file. */
function singleMail(): Splitter {
  const mail = byteCollector();
  return {
    numbered: false,
    push(chunk) {
      mail.add(chunk);
      return [];
    },
    end() {
      const { bytes, total } = mail.take();
      const raw = withLineFeeds(bytes);
      const detail = 'the file ends inside the headers';
      // Headers alone with a last line end are a mail without a body, not a cut one.
      const cut = !hasBody(raw) && raw[raw.length - 1] !== 0x0a;
      return [mailFound(raw, total, cut ? [{ code: 'truncated', detail }] : [])];
    },
  };
}

const START = 'Subject[';

/** True if a line begins a mail of a text copy: `Subject[PATCH v4 00/23] mm/gup: …`, without a colon. */
function startsTextCopy(line: string): boolean {
  return line.startsWith(START);
}

/** A mail with a Subject header and the body: the copy has nothing else, so nothing else is made up. */
function finish({ bytes, total }: { bytes: Buffer; total: number }): Found {
  const text = withLineFeeds(bytes).toString('latin1');
  const lineEnd = text.indexOf('\n');
  const subject = (lineEnd < 0 ? text : text.slice(0, lineEnd)).slice('Subject'.length).trim();
  const body = lineEnd < 0 ? '' : text.slice(lineEnd + 1);
  const raw = Buffer.from(`Subject: ${subject}\n\n${withoutTail(body, '\n')}\n`, 'latin1');
  const detail = 'a text copy of a mail: no header but the subject';
  return mailFound(raw, total, [{ code: 'no-headers', detail }]);
}

/** Reads a header-less text copy of one or more cover letters; what comes before the first subject is left out. */
function textCopySplitter(): Splitter {
  const cutter = lineCutter();
  const mail = byteCollector();
  let inMail = false;

  const close = (): Found[] => {
    const taken = mail.take();
    return inMail ? [finish(taken)] : [];
  };

  const take = (bytes: Buffer): Found[] => {
    const starts = startsTextCopy(bytes.toString('latin1', 0, START.length));
    const found = starts ? close() : [];
    inMail ||= starts;
    if (inMail) mail.add(bytes);
    return found;
  };

  return {
    numbered: true,
    push: (chunk) => cutter.push(chunk).flatMap(take),
    end: () => [...cutter.end().flatMap(take), ...close()],
  };
}
