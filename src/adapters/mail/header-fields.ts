import { KEPT_HEADERS } from '../../digest/mail/mail.js';
import { decodeBytes } from './charset.js';
import { decodeWords } from './encoded-words.js';
import { MAX_HEADER_BLOCK_BYTES, MAX_HEADER_LENGTH } from './limits.js';

/** One header unchanged: its name in lower case, and the whole line, folds and name included, a character a byte. */
export interface HeaderLine {
  readonly key: string;
  readonly line: string;
}

/** The headers that anything here looks at; a mail has forty more, of DKIM, ARC and spam filters. */
const READ_HEADERS: ReadonlySet<string> = new Set([
  ...KEPT_HEADERS,
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'received',
  'message-id',
  'in-reply-to',
  'references',
  'content-disposition',
  'content-transfer-encoding',
]);

/** The headers of a mail or part, looked up by lower-case name: those of READ_HEADERS. */
export interface HeaderFields {
  has(name: string): boolean;
  /** First value, unfolded and decoded, encoded words too; null if absent. */
  text(name: string): string | null;
  /** First value, unfolded, raw bytes decoded but encoded words left: for structured headers. */
  structured(name: string): string | null;
  /** As `structured`, every value of that name in order. */
  all(name: string): readonly string[];
  /** As `all`, but the whole lines unchanged, with folds and bytes: for headers of which little is read. */
  lines(name: string): readonly string[];
}

const SPACE = 0x20;
const TAB = 0x09;

const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
/** What a plain value has none of: folds, control characters, raw 8-bit bytes. */
const NOT_PLAIN = /[\x00-\x08\x0a-\x1f\x7f-\xff]/;

/** Value of a header line: name cut off, folds made one space (a tab too), raw 8-bit bytes decoded. */
function unfolded(line: string, bodyCharset: () => string | null): string {
  const value = line.slice(line.indexOf(':') + 1, MAX_HEADER_LENGTH).trim();
  if (!NOT_PLAIN.test(value)) return value;
  const joined = value
    .split(/[\r\n]+/)
    .map((part) => part.trim())
    .join(' ');
  // A person's mail client that writes raw bytes writes them in the charset of its body.
  const eightBit = /[\x80-\xff]/.test(joined);
  return withoutControls(eightBit ? decodeHeaderBytes(Buffer.from(joined, 'latin1'), bodyCharset()) : joined);
}

/** Line ends hidden in encoded words become spaces, as folds do; other control characters go. */
function withoutControls(value: string): string {
  return value.replace(/[\r\n]+/g, ' ').replace(CONTROL, '');
}

function decodeHeaderBytes(bytes: Uint8Array, charset: string | null): string {
  const utf8 = decodeBytes(bytes, null);
  // UTF-8 that fits is UTF-8, whatever the body is; the body's charset is used only for the rest.
  return Buffer.from(utf8, 'utf8').equals(bytes) || charset === null ? utf8 : decodeBytes(bytes, charset);
}

/**
 * Indexes header lines by name. `bodyCharset` gives the charset that the body declares; it is called only for raw 8-bit bytes that are not
 * UTF-8.
 */
export function headerFields(
  lines: readonly HeaderLine[],
  bodyCharset: () => string | null = () => null,
): HeaderFields {
  const byName = new Map<string, string | string[]>();
  for (const { key, line } of lines) {
    if (!READ_HEADERS.has(key)) continue;
    const present = byName.get(key);
    if (present === undefined) byName.set(key, line);
    else if (typeof present === 'string') byName.set(key, [present, line]);
    else present.push(line);
  }
  const first = (name: string): string | undefined => {
    const present = byName.get(name);
    return typeof present === 'string' ? present : present?.[0];
  };
  const structured = (name: string): string | null => {
    const line = first(name);
    return line === undefined ? null : unfolded(line, bodyCharset);
  };
  const linesOf = (name: string): readonly string[] => {
    const present = byName.get(name);
    if (present === undefined) return [];
    return typeof present === 'string' ? [present] : present;
  };
  return {
    has: (name) => byName.has(name),
    structured,
    text: (name) => {
      const value = structured(name);
      return value?.includes('=?') ? withoutControls(decodeWords(value)) : value;
    },
    all: (name) => linesOf(name).map((line) => unfolded(line, bodyCharset)),
    lines: linesOf,
  };
}

/**
 * Splits the header block off raw bytes: its lines, and where the body begins. For mails and
 * parts that the mail parser would not take; an mbox `From ` line is passed over.
 */
export function splitHeaders(raw: Uint8Array): SplitHeaders {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const bodyStart = findBody(bytes);
  const block = bytes.subarray(0, Math.min(bodyStart, MAX_HEADER_BLOCK_BYTES)).toString('latin1');
  return { ...linesOf(block.includes('\r') ? block.replaceAll('\r\n', '\n') : block), bodyStart };
}

interface SplitHeaders {
  readonly lines: HeaderLine[];
  /** Among them are lines that are no header: the empty line that ends them may be missing. */
  readonly stray: boolean;
  readonly bodyStart: number;
}

function linesOf(block: string): { lines: HeaderLine[]; stray: boolean } {
  const lines: { key: string; line: string }[] = [];
  let stray = false;
  let next = 0;
  for (let at = 0; at <= block.length; at = next + 1) {
    next = lineEnd(block, at);
    const last = lines[lines.length - 1];
    if (last !== undefined && isFold(block, at)) {
      // Below a line that is none of a header.
      last.line += `\n${block.slice(at, next)}`;
      continue;
    }
    const colon = block.indexOf(':', at);
    if (colon <= at || colon >= next || block.startsWith('From ', at)) {
      stray ||= next > at && !/^>?From /.test(block.slice(at, at + 6));
      continue;
    }
    // Its folds are taken with it.
    while (isFold(block, next + 1)) next = lineEnd(block, next + 1);
    const key = block.slice(at, colon).trim().toLowerCase();
    stray ||= key.includes(' ');
    lines.push({ key, line: block.slice(at, next) });
  }
  return { lines, stray };
}

function lineEnd(block: string, at: number): number {
  const end = block.indexOf('\n', at);
  return end < 0 ? block.length : end;
}

/** Whether the line that starts there continues the one above. */
function isFold(block: string, at: number): boolean {
  const first = block.charCodeAt(at);
  return first === SPACE || first === TAB;
}

/** Index of the first byte after the empty line that ends the headers; the length if there is none. */
function findBody(bytes: Buffer): number {
  if (bytes[0] === 0x0a) return 1;
  if (bytes[0] === 0x0d && bytes[1] === 0x0a) return 2;
  let at = bytes.indexOf(0x0a);
  while (at >= 0) {
    if (bytes[at + 1] === 0x0a) return at + 2;
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return at + 3;
    at = bytes.indexOf(0x0a, at + 1);
  }
  return bytes.length;
}
