const [TAB, LF, CR, SPACE, EQUALS] = [0x09, 0x0a, 0x0d, 0x20, 0x3d];

/** Base64 and nothing else: what a list appended below it in plain text is for the mail parser to judge. */
const ONLY_BASE64 = /^[A-Za-z0-9+/\r\n]*={0,2}$/;

/** Undoes base64 (RFC 2045 section 6.8); null if anything else is there. */
export function decodeBase64(body: Buffer): Buffer | null {
  let end = body.length;
  while (body[end - 1] === LF || body[end - 1] === CR) end--;
  const text = body.toString('latin1', 0, end);
  return ONLY_BASE64.test(text) ? Buffer.from(text, 'base64') : null;
}

/**
 * Undoes quoted-printable (RFC 2045 section 6.7) as the mail parser does: blanks at line ends go, soft line breaks join, an `=` that
 * begins no code stays. Linear in the length, where the parser's own takes the square of a run of blanks.
 */
export function decodeQuotedPrintable(body: Buffer): Buffer {
  const text = joinSoftBreaks(body);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    const code = byte === EQUALS ? hexAt(text, at + 1) : -1;
    text[length++] = code < 0 ? byte : code;
    if (code >= 0) at += 2;
  }
  return text.subarray(0, length);
}

/** A copy without the blanks at line ends and without soft line breaks. */
function joinSoftBreaks(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  /** Up to where blanks are none at a line's end. */
  let kept = 0;
  /** From where an `=` may join: of `==` only the second does. */
  let joined = 0;
  const endsSoftly = () => length > joined && out[length - 1] === EQUALS;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    if (byte === SPACE || byte === TAB) {
      out[length++] = byte;
      continue;
    }
    if (byte === LF || byte === CR) length = kept;
    const lineEnd = byte === LF ? 1 : byte === CR && body[at + 1] === LF ? 2 : 0;
    if (lineEnd > 0 && endsSoftly()) {
      joined = --length;
      at += lineEnd - 1;
    } else out[length++] = byte;
    kept = length;
  }
  length = kept;
  return out.subarray(0, endsSoftly() ? length - 1 : length);
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
