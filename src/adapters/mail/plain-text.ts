import type { HeaderLine } from './header-fields.js';

/** `text/plain` in ASCII or UTF-8, or no word of a charset; other parameters say nothing that is looked at. */
const PLAIN_TYPE =
  /^text\/plain(?: ?; ?(?:charset="?(?:us-ascii|utf-8)"?|format="?(?:fixed|flowed)"?|delsp="?(?:yes|no)"?)){0,3}$/;
const ENCODINGS: ReadonlySet<string> = new Set(['7bit', '8bit', 'quoted-printable']);
const SHOWN: ReadonlySet<string> = new Set(['inline']);
/** Longer ones are for the parser to judge. */
const MAX_LINE_LENGTH = 200;

/**
 * The text of a mail that is nothing but text: one part, `text/plain` in ASCII or UTF-8, as it is or
 * quoted-printable; null for every other.
 *
 * Nine tenths of kernel lists' mail is such, and has nothing in it for the mail parser to take apart: it would hand back the
 * text with LF line ends, after building a dozen streams to do so. A test holds this reader to the parser's own answer.
 */
export function readPlainText(lines: readonly HeaderLine[], body: Buffer): string | null {
  const found = new Map<string, string>();
  for (const { key, line } of lines) {
    if (!key.startsWith('content-')) continue;
    if (line.length > MAX_LINE_LENGTH) return null;
    const accepts = ACCEPTED.get(key);
    if (accepts === undefined) continue;
    // Twice the same header: which of them counts is the parser's to say.
    if (found.has(key)) return null;
    const value = headerValue(line);
    if (!accepts(value)) return null;
    found.set(key, value);
  }
  const encoded = found.get('content-transfer-encoding') === 'quoted-printable';
  const bytes = encoded ? decodeQuotedPrintable(body) : body;
  const text = bytes?.toString('utf8') ?? null;
  // Bytes that are no UTF-8 are read again by what else is known of them.
  if (text === null || text.includes('\uFFFD')) return null;
  return text.includes('\r') ? text.replace(/\r?\n/g, '\n') : text;
}

/** The headers that put a body together; Content-Language, Content-Length and others do not. */
const ACCEPTED = new Map<string, (value: string) => boolean>([
  ['content-type', (value) => PLAIN_TYPE.test(value)],
  ['content-transfer-encoding', (value) => ENCODINGS.has(value)],
  ['content-disposition', (value) => SHOWN.has(value)],
]);

function headerValue(line: string): string {
  const value = line.slice(line.indexOf(':') + 1).trim();
  return value.replace(/\s+/g, ' ').toLowerCase();
}

/**
 * RFC 2045 section 6.7: blanks at the end of a line are no text, `=` at its end joins it with the next, `=E2` is a byte.
 * null where there are bytes beyond ASCII, which the encoding does not allow. Long runs of blanks never come here
 * (`stallsParser`).
 */
function decodeQuotedPrintable(body: Buffer): Buffer | null {
  const text = body.toString('latin1');
  if (/[^\x00-\x7f]/.test(text)) return null;
  const joined = text.replace(/(?<![\t ])[\t ]+$/gm, '').replace(/=(?:\r?\n|$)/g, '');
  const bytes = Buffer.from(joined, 'latin1');
  let from = joined.indexOf('=');
  if (from < 0) return bytes;
  let length = from;
  for (; from < bytes.length; from++) {
    const value = bytes[from] === 0x3d ? hexAt(bytes, from + 1) : -1;
    bytes[length++] = value < 0 ? (bytes[from] ?? 0) : value;
    if (value >= 0) from += 2;
  }
  return bytes.subarray(0, length);
}

/** The byte that two hex digits stand for; -1 where they are none. */
function hexAt(bytes: Buffer, at: number): number {
  const high = hexDigit(bytes[at]);
  const low = hexDigit(bytes[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
