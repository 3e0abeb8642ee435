const [LF, CR] = [0x0a, 0x0d];

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
const CODES = /(?:=[\dA-Fa-f]{2})+/g;

/**
 * Undoes quoted-printable (RFC 2045 section 6.7) in the mail parser's three steps: blanks at line ends go, then soft line breaks, then
 * codes become bytes; an `=` that begins none stays. Bytes stand as characters of Latin 1 meanwhile. Linear in the length.
 */
export function decodeQuotedPrintable(body: Buffer): Buffer {
  const joined = body.toString('latin1').replace(BLANKS_AT_LINE_END, '').replace(SOFT_LINE_BREAK, '');
  return Buffer.from(
    joined.replace(CODES, (codes) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString('latin1')),
    'latin1',
  );
}
