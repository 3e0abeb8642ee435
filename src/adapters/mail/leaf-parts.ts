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

/** The stretches between a multipart's delimiter lines, and what comes before the first; what follows the end is left out. */
function splitAtBoundary(body: Buffer, boundary: string): { preamble: Buffer; parts: Buffer[] } {
  const delimiter = Buffer.from(`--${boundary}`);
  let preamble = body;
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
      else if (preamble === body) preamble = body.subarray(0, at);
      partStart = rest === '--' || lineEnd < 0 ? -1 : lineEnd + 1;
      if (rest === '--') break;
    }
    at = body.indexOf(delimiter, after);
  }
  // A multipart that was cut off still has its last part.
  if (partStart >= 0 && parts.length < MAX_PARTS) parts.push(body.subarray(partStart));
  return { preamble, parts };
}

/** A multipart's parts, by another boundary than its header names where that one does not occur. */
function partsOf(body: Buffer, boundary: string): { preamble: Buffer; parts: Buffer[] } {
  const split = boundary === '' ? { preamble: body, parts: [] } : splitAtBoundary(body, boundary);
  if (split.parts.length > 0) return split;
  const written = writtenBoundary(body);
  return written === null ? split : splitAtBoundary(body, written);
}

/** A boundary is looked for at the head of a text alone. */
const BOUNDARY_REACH = 4_000;

/** The first line that can only be a delimiter: two dashes and a word, with a part's header below it. */
function writtenBoundary(body: Buffer): string | null {
  const head = body.toString('latin1', 0, BOUNDARY_REACH).replaceAll('\r\n', '\n');
  return /^--(\S{1,200})\n(?=content-(?:type|transfer-encoding|disposition):)/im.exec(head)?.[1] ?? null;
}

/** What mail programs write before the first part, for readers without MIME. */
const NOTICE = /^\s*(?:this is (?:a|an|the).{0,60}(?:mime|multi-?part)|.{0,80}mime format|content-type:)/i;

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

/** `inDigest`: a part without a type is a mail (RFC 2046 5.1.5). */
function collectLeaves(raw: Uint8Array, depth: number, leaves: LeafPart[], inDigest = false): void {
  if (depth > MAX_PART_DEPTH || leaves.length >= MAX_PARTS) return;
  const { lines, bodyStart } = splitHeaders(raw);
  const headers = headerFields(lines);
  const { value, parameters } = parseParameters(
    headers.structured('content-type') ?? (inDigest ? 'message/rfc822' : 'text/plain'),
  );
  const encoding = (headers.structured('content-transfer-encoding') ?? '').trim().toLowerCase();
  const body = Buffer.from(raw.buffer, raw.byteOffset + bodyStart, raw.byteLength - bodyStart);
  if (value.startsWith('multipart/')) {
    const { preamble, parts } = partsOf(body, parameters.get('boundary') ?? '');
    const before = leaves.length;
    for (const part of parts) collectLeaves(part, depth + 1, leaves, value === 'multipart/digest');
    // A header of many parts over a plain text: mail that an archive split and only half reassembled (patchwork #221).
    if (leaves.slice(before).some((leaf) => leaf.type.startsWith('text/') && !leaf.attached)) return;
    const head = preamble.toString('latin1', 0, 400);
    if (head.trim() === '' || NOTICE.test(head)) return;
    const type = /^\s*<(?:!doctype )?html/i.test(head) ? 'text/html' : 'text/plain';
    const charset = parameters.get('charset') ?? null;
    leaves.push({
      type,
      charset,
      filename: null,
      attached: false,
      bytes: decodeTransfer(preamble, encoding),
    });
    return;
  }
  const disposition = parseParameters(headers.structured('content-disposition') ?? '');
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
