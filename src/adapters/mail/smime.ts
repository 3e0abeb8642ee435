/** Values nested deeper than this are not signed mail but an attack on the reader. */
const DEEPEST = 12;
/** Pieces of one string; a mail of 40 MB in pieces of 1 KB has as many. */
const MOST_PIECES = 50_000;

const SEQUENCE = 0x30;
const OBJECT_ID = 0x06;
const OCTETS = 0x04;
const OCTETS_IN_PIECES = 0x24;
const CONTENT = 0xa0;

/** 1.2.840.113549.1.7.2 and .1.7.1 (RFC 5652). */
const SIGNED_DATA = '2a864886f70d010702';
const DATA = '2a864886f70d010701';

/** One value of ASN.1 in BER: its tag and where its content is. */
interface Value {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
  /** Where the next value begins. */
  readonly next: number;
}

/**
 * The MIME entity inside an opaque signature (`application/pkcs7-mime; smime-type=signed-data`, RFC 8551 3.5.2); null for all else,
 * encrypted mail among it. Signatures are not checked: who wrote a mail is its header's to say, as for every other mail.
 */
export function openSignedData(der: Uint8Array): Buffer | null {
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.byteLength);
  const info = valueAt(bytes, 0, bytes.length, 0);
  if (info === null || info.tag !== SEQUENCE) return null;
  const [type, wrapper] = childrenOf(bytes, info, 2);
  if (type === undefined || wrapper?.tag !== CONTENT || idOf(bytes, type) !== SIGNED_DATA) return null;
  const [signed] = childrenOf(bytes, wrapper, 1);
  if (signed?.tag !== SEQUENCE) return null;
  // Version, digest algorithms, and then what was signed.
  const content = childrenOf(bytes, signed, 3)[2];
  if (content?.tag !== SEQUENCE) return null;
  const [contentType, explicit] = childrenOf(bytes, content, 2);
  if (contentType === undefined || explicit?.tag !== CONTENT || idOf(bytes, contentType) !== DATA)
    return null;
  const [octets] = childrenOf(bytes, explicit, 1);
  return octets === undefined ? null : octetsOf(bytes, octets);
}

function idOf(bytes: Buffer, value: Value): string {
  return value.tag === OBJECT_ID ? bytes.toString('hex', value.start, value.end) : '';
}

/** A string, whole or in pieces. */
function octetsOf(bytes: Buffer, value: Value): Buffer | null {
  if (value.tag === OCTETS) return bytes.subarray(value.start, value.end);
  if (value.tag !== OCTETS_IN_PIECES) return null;
  const pieces = childrenOf(bytes, value, MOST_PIECES);
  if (pieces.some(({ tag }) => tag !== OCTETS)) return null;
  return Buffer.concat(pieces.map((piece) => bytes.subarray(piece.start, piece.end)));
}

/** At most this many of the values inside one. */
function childrenOf(bytes: Buffer, { start, end }: Value, most: number): Value[] {
  const found: Value[] = [];
  for (let at = start; at < end && found.length < most; ) {
    const value = valueAt(bytes, at, end, 0);
    if (value === null) break;
    found.push(value);
    at = value.next;
  }
  return found;
}

/** The value that begins at `at`; null if it does not fit before `limit`. Tags of more than one byte do not occur here. */
function valueAt(bytes: Buffer, at: number, limit: number, depth: number): Value | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > limit || depth > DEEPEST) return null;
  if (first === 0x80) return unendedAt(bytes, at, limit, depth);
  if (first < 0x80) return fitting({ tag, start: at + 2, end: at + 2 + first, next: at + 2 + first }, limit);
  const count = first & 0x7f;
  if (count > 4 || at + 2 + count > limit) return null;
  const start = at + 2 + count;
  const end = start + bytes.readUIntBE(at + 2, count);
  return fitting({ tag, start, end, next: end }, limit);
}

function fitting(value: Value, limit: number): Value | null {
  return value.end <= limit ? value : null;
}

/** A value without a length, as streaming writers leave it: its values, then two zero bytes. */
function unendedAt(bytes: Buffer, at: number, limit: number, depth: number): Value | null {
  let inner = at + 2;
  while (inner + 2 <= limit && (bytes[inner] !== 0 || bytes[inner + 1] !== 0)) {
    const value = valueAt(bytes, inner, limit, depth + 1);
    if (value === null) return null;
    inner = value.next;
  }
  return inner + 2 <= limit ? { tag: bytes[at] ?? 0, start: at + 2, end: inner, next: inner + 2 } : null;
}
