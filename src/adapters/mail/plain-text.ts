import { decodeBytes } from './charset.js';
import type { HeaderLine } from './header-fields.js';
import { decodeBase64, decodeQuotedPrintable } from './transfer-encoding.js';

/** `text/plain` in ASCII, UTF-8 or Latin 1, or no word of a charset; other parameters say nothing that is looked at. */
const PLAIN_TYPE =
  /^text\/plain(?: ?; ?(?:charset="?(?:us-ascii|utf-8|iso-8859-1)"?|format="?(?:fixed|flowed)"?|delsp="?(?:yes|no)"?)){0,3}$/;
const DECODE = new Map<string, (body: Buffer) => Buffer | null>([
  ['7bit', (body) => body],
  ['8bit', (body) => body],
  ['quoted-printable', decodeQuotedPrintable],
  ['base64', decodeBase64],
]);
const SHOWN: ReadonlySet<string> = new Set(['inline']);
/** Latin 1 is read as Windows-1252, which is what it means in mail; five bytes have no character there. */
const NO_LATIN_1 = /[\x81\x8d\x8f\x90\x9d]/;
/** Longer ones are for the parser to judge. */
const MAX_LINE_LENGTH = 200;

/**
 * The text of a mail that is nothing but text: one part, `text/plain` in ASCII, UTF-8 or Latin 1; null for every other.
 *
 * Nearly all mail on kernel lists is like this (98 of 100), and has no structure for the mail parser: it would return the decoded bytes
 * with LF line ends, after building a dozen streams. Other charsets and parts are the parser's. Lines stay as they were sent, whatever
 * `format` says: see `withoutFlowed`. A test holds this reader to the parser's own answer.
 */
export function readPlainText(lines: readonly HeaderLine[], body: Buffer): string | null {
  const found = new Set<string>();
  let encoding = '7bit';
  let isLatin1 = false;
  for (const { key, line } of lines) {
    if (!key.startsWith('content-')) continue;
    if (line.length > MAX_LINE_LENGTH) return null;
    const accepts = ACCEPTED.get(key);
    if (accepts === undefined) continue;
    // Twice the same header: which of them counts is the parser's to say.
    if (found.has(key)) return null;
    const value = headerValue(line);
    if (!accepts(value)) return null;
    if (key === 'content-transfer-encoding') encoding = value;
    if (key === 'content-type') isLatin1 = value.includes('iso-8859-1');
    found.add(key);
  }
  const decoded = DECODE.get(encoding)?.(body) ?? null;
  if (decoded === null) return null;
  const declared = isLatin1 ? decodeBytes(decoded, 'iso-8859-1') : decoded.toString('utf8');
  // Japanese in seven bits, of which no header tells.
  const text = declared.includes('\x1b$') ? decodeBytes(decoded, null) : declared;
  // Bytes that are none of the charset are read again by what else is known of them.
  if (isLatin1 ? NO_LATIN_1.test(text) : text.includes('\uFFFD')) return null;
  return text.includes('\r') ? text.replace(/\r?\n/g, '\n') : text;
}

/** The headers that put a body together; Content-Language, Content-Length and others do not. */
const ACCEPTED = new Map<string, (value: string) => boolean>([
  ['content-type', (value) => PLAIN_TYPE.test(value) && !saysTwice(value, 'charset=')],
  ['content-transfer-encoding', (value) => DECODE.has(value)],
  ['content-disposition', (value) => SHOWN.has(value)],
]);

function saysTwice(value: string, word: string): boolean {
  return value.indexOf(word) !== value.lastIndexOf(word);
}

function headerValue(line: string): string {
  const value = line.slice(line.indexOf(':') + 1).trim();
  return value.replace(/\s+/g, ' ').toLowerCase();
}
