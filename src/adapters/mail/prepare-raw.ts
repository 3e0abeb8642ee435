import type { Problem } from '../../digest/mail/mail.js';
import { MAX_MAIL_BYTES } from '../../digest/mail/mail-size.js';
import { MAX_BLANK_RUN } from './limits.js';

/** A raw mail made ready for the mail parser. */
export interface PreparedMail {
  readonly bytes: Buffer;
  /** Bytes of the mail as it came. */
  readonly size: number;
  readonly problems: readonly Problem[];
}

const FLOWED = Buffer.from('flowed');

const CR = 0x0d;
const LF = 0x0a;

/**
 * Makes raw bytes ready: cut at the size limit; byte order mark and empty lines before the headers
 * dropped; line ends that are a bare CR, or CR CR LF, made LF; format=flowed taken out.
 */
export function prepareRaw(raw: Uint8Array): PreparedMail {
  const problems: Problem[] = [];
  let bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (bytes.length > MAX_MAIL_BYTES) {
    problems.push({
      code: 'too-large',
      detail: `${bytes.length} bytes; the first ${MAX_MAIL_BYTES} were read`,
    });
    bytes = bytes.subarray(0, MAX_MAIL_BYTES);
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
  let start = 0;
  while (bytes[start] === LF || bytes[start] === CR) start++;
  bytes = withLineFeeds(bytes.subarray(start));
  return { bytes: withoutFlowed(bytes), size: raw.byteLength, problems };
}

/** Mail from old Macs has CR alone; a relay that "mends" line ends twice writes CR CR LF: neither ends a header for the parser. */
function withLineFeeds(bytes: Buffer): Buffer {
  if (bytes.indexOf(CR) < 0) return bytes;
  const lineEnd = bytes.indexOf('\r\r\n') >= 0 ? '\r\r\n' : '\r';
  if (lineEnd === '\r' && bytes.indexOf(LF) >= 0) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll(lineEnd, '\n'), 'latin1');
}

/**
 * The parser unwraps format=flowed without looking at quote marks: `> a ` and `> b` become `> a > b`,
 * which damages quotes and quoted diffs (a ninth of io-uring's mails). Git and the archives show the lines as they were sent; so do we. The
 * word is overwritten in a copy.
 */
function withoutFlowed(bytes: Buffer): Buffer {
  let copy: Buffer | null = null;
  for (let at = bytes.indexOf(FLOWED); at >= 0; at = bytes.indexOf(FLOWED, at + FLOWED.length)) {
    // `format=flowed` or `format="flowed`; no one writes white space there.
    const before = bytes
      .subarray(Math.max(0, at - 8), at)
      .toString('latin1')
      .toLowerCase();
    if (!before.endsWith('format=') && before !== 'format="') continue;
    copy ??= Buffer.from(bytes);
    copy.write('fixed ', at, 'latin1');
  }
  return copy ?? bytes;
}

/**
 * True if the mail would hold up the parser: its quoted-printable decoder takes the square of a
 * run of blanks (minutes for 4 MB). Every run that is long enough covers a probe.
 */
export function stallsParser(bytes: Buffer): boolean {
  for (let probe = 0; probe < bytes.length; probe += MAX_BLANK_RUN) {
    if (!isBlank(bytes[probe])) continue;
    let start = probe;
    let end = probe + 1;
    while (start > 0 && probe - start < MAX_BLANK_RUN && isBlank(bytes[start - 1])) start--;
    while (end - start < MAX_BLANK_RUN && isBlank(bytes[end])) end++;
    if (end - start >= MAX_BLANK_RUN) return /quoted-printable/i.test(bytes.toString('latin1'));
  }
  return false;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}
