import type { Problem } from '../../digest/mail/mail.js';
import { MAX_MAIL_BYTES } from '../../digest/mail/mail-size.js';
import type { Found } from './found.js';

const CRLF = Buffer.from('\r\n');

/** The bytes with LF line ends; the same bytes where they are so already. */
export function withLineFeeds(bytes: Buffer): Buffer {
  if (bytes.indexOf(CRLF) < 0) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** A header line begins so: a name without spaces (RFC 5322), a colon; old mailers put a space before it. */
const HEADER_NAME = /^[!-9;-~]{1,100}[ \t]{0,3}:/;

/** True if a line, or the beginning of a longer text, can be a header. */
export function looksLikeHeader(text: string): boolean {
  return HEADER_NAME.test(text);
}

/** True if bytes have an empty line, which ends the headers. */
export function hasBody(bytes: Buffer): boolean {
  return bytes[0] === 0x0a || bytes.indexOf('\n\n') >= 0;
}

/**
 * Makes an event of one mail's bytes (LF already), with the problems that any file can have: it was
 * larger than may be kept (`total` bytes), it holds NUL bytes.
 */
export function mailFound(bytes: Buffer, total: number, problems: readonly Problem[]): Found {
  const all = [...problems];
  if (total > MAX_MAIL_BYTES) {
    all.push({ code: 'too-large', detail: `${total} bytes; the first ${MAX_MAIL_BYTES} were kept` });
  }
  if (bytes.indexOf(0) >= 0) all.push({ code: 'nul-bytes', detail: 'holds NUL bytes' });
  return { kind: 'mail', raw: bytes, problems: all };
}
