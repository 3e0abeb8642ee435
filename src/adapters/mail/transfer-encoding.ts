const [LF, CR, EQUALS] = [0x0a, 0x0d, 0x3d];

/** Base64 and nothing else: what a list appended below it in plain text is for the mail parser to judge. */
const ONLY_BASE64 = /^[A-Za-z0-9+/\r\n]*={0,2}$/;

/** Undoes base64 (RFC 2045 section 6.8); null if anything else is there. */
export function decodeBase64(body: Buffer): Buffer | null {
  let end = body.length;
  while (body[end - 1] === LF || body[end - 1] === CR) end--;
  const text = body.toString('latin1', 0, end);
  return ONLY_BASE64.test(text) ? Buffer.from(text, 'base64') : null;
}

/** A run of blanks is looked at once, from its beginning: from each of its blanks it would take the square of its length. */
const BLANKS_AT_LINE_END = /(?<![\t ])[\t ]+$/gm;
const SOFT_LINE_BREAK = /=(?:\r?\n|$)/g;

/**
 * Undoes quoted-printable (RFC 2045 section 6.7) in the mail parser's three steps: blanks at line ends go, then soft line breaks, then
 * codes become bytes; an `=` that begins none stays. Linear in the length, and in memory three times that.
 */
export function decodeQuotedPrintable(body: Buffer): Buffer {
  // Bytes stand as characters of Latin 1 meanwhile.
  const joined = body.toString('latin1').replace(BLANKS_AT_LINE_END, '').replace(SOFT_LINE_BREAK, '');
  const bytes = Buffer.from(joined, 'latin1');
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const code = byte === EQUALS ? hexAt(bytes, at + 1) : -1;
    bytes[length++] = code < 0 ? byte : code;
    if (code >= 0) at += 2;
  }
  return bytes.subarray(0, length);
}

function hexAt(body: Buffer, at: number): number {
  const high = hexDigit(body[at] ?? 0);
  const low = hexDigit(body[at + 1] ?? 0);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & ~0x20;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}
