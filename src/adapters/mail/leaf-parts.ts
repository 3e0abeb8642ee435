import { decodeBytes } from './charset.js';
import { headerFields, splitHeaders } from './header-fields.js';
import { MAX_PART_DEPTH, MAX_PARTS } from './limits.js';
import { decodeQuotedPrintable } from './transfer-encoding.js';

/** A part of a mail that holds no parts, transfer encoding undone, bytes not yet decoded. */
export interface LeafPart {
  readonly type: string;
  readonly charset: string | null;
  readonly filename: string | null;
  readonly attached: boolean;
  readonly bytes: Uint8Array;
}

/** A structured header's value in lower case and its parameters (RFC 2045, without RFC 2231's continuations). */
export function parseParameters(header: string): { value: string; parameters: ReadonlyMap<string, string> } {
  const pieces = splitOutsideQuotes(header.slice(0, 4000));
  const parameters = new Map<string, string>();
  for (const piece of pieces.slice(1)) {
    const equals = piece.indexOf('=');
    if (equals <= 0) continue;
    const name = piece.slice(0, equals).trim().toLowerCase();
    const value = piece
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replace(/\\(.)/g, '$1');
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return { value: (pieces[0] ?? '').trim().toLowerCase(), parameters };
}

function splitOutsideQuotes(text: string): string[] {
  const pieces: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '\\' && quoted) at++;
    else if (char === '"') quoted = !quoted;
    else if (char === ';' && !quoted) {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}

function decodeTransfer(body: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64');
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(body);
  return body;
}

/** The stretches between a multipart's delimiter lines; the preamble and what follows the end are left out. */
function splitAtBoundary(body: Buffer, boundary: string): Buffer[] {
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  let partStart = -1;
  let at = body.indexOf(delimiter);
  while (at >= 0 && parts.length < MAX_PARTS) {
    const after = at + delimiter.length;
    const lineEnd = body.indexOf(0x0a, after);
    const rest = body
      .subarray(after, lineEnd < 0 ? body.length : lineEnd)
      .toString('latin1')
      .trimEnd();
    const atLineStart = at === 0 || body[at - 1] === 0x0a;
    if (atLineStart && (rest === '' || rest === '--')) {
      if (partStart >= 0) parts.push(body.subarray(partStart, Math.max(partStart, at - 1)));
      partStart = rest === '--' || lineEnd < 0 ? -1 : lineEnd + 1;
      if (rest === '--') break;
    }
    at = body.indexOf(delimiter, after);
  }
  // A multipart that was cut off has its last part all the same.
  if (partStart >= 0 && parts.length < MAX_PARTS) parts.push(body.subarray(partStart));
  return parts;
}

/**
 * Reads the leaf parts of a mail (RFC 2046) within limits of depth and number. Used where the mail
 * parser refuses a mail or has decoded its text in a charset that does not fit: it keeps the bytes.
 * Never throws.
 */
export function readLeafParts(raw: Uint8Array): LeafPart[] {
  const leaves: LeafPart[] = [];
  collectLeaves(raw, 0, leaves);
  return leaves;
}

function collectLeaves(raw: Uint8Array, depth: number, leaves: LeafPart[]): void {
  if (depth > MAX_PART_DEPTH || leaves.length >= MAX_PARTS) return;
  const { lines, bodyStart } = splitHeaders(raw);
  const headers = headerFields(lines);
  const { value, parameters } = parseParameters(headers.structured('content-type') ?? 'text/plain');
  const body = Buffer.from(raw.buffer, raw.byteOffset + bodyStart, raw.byteLength - bodyStart);
  const boundary = parameters.get('boundary');
  if (value.startsWith('multipart/') && boundary !== undefined && boundary !== '') {
    for (const part of splitAtBoundary(body, boundary)) collectLeaves(part, depth + 1, leaves);
    return;
  }
  const disposition = parseParameters(headers.structured('content-disposition') ?? '');
  const encoding = (headers.structured('content-transfer-encoding') ?? '').trim().toLowerCase();
  leaves.push({
    type: value === '' ? 'text/plain' : value,
    charset: parameters.get('charset') ?? null,
    filename: disposition.parameters.get('filename') ?? parameters.get('name') ?? null,
    attached: disposition.value !== '' && disposition.value !== 'inline',
    bytes: decodeTransfer(body, encoding),
  });
}

/** The text of the leaves of one type that are not attachments, each decoded in its own charset. */
export function textOfLeaves(leaves: readonly LeafPart[], type: string): string {
  return leaves
    .filter((leaf) => leaf.type === type && !leaf.attached)
    .map((leaf) => decodeBytes(leaf.bytes, leaf.charset))
    .join('\n');
}
