import { MAX_MAIL_BYTES } from '../../digest/mail/mail-size.js';
import { wholeNumber } from '../../digest/text/bounded-number.js';
import { isSeparator, MAX_SEPARATOR_LENGTH } from './separator.js';

/** Bytes of headers in which a Content-Length is looked for. */
export const HEADER_REACH = 64 * 1024;
/** Mails of one mailbox whose Content-Length may prove wrong before none is believed any more: filters that change texts leave it. */
const MOST_WRONG = 3;
/** Bytes behind a mail by which it is known that another begins there. */
export const LOOK_AHEAD = MAX_SEPARATOR_LENGTH + 200;

/** How far the mails of one mailbox are to be believed about where they end (mboxcl2, whose writers do not quote `From ` in texts). */
export interface ContentLengths {
  /** The length of a mail with these first bytes, headers included; null if it names none, or none that is believed. */
  lengthOf(separator: string, head: Buffer): number | null;
  /** A mail's word proved wrong. */
  distrust(): void;
}

/** Makes the memory of one mailbox. public-inbox, git and patchwork quote, and keep a Content-Length that the sender wrote. */
export function contentLengths(): ContentLengths {
  let wrong = 0;
  return {
    lengthOf(separator, head) {
      if (wrong >= MOST_WRONG || /^From (?:\S{1,100}@z|patchwork) /.test(separator)) return null;
      const text = head.toString('latin1');
      const end = /\r?\n\r?\n/.exec(text);
      if (end === null) return null;
      const field = /^content-length:[ \t]{0,8}(\d{1,9})[ \t]{0,8}\r?$/im.exec(text.slice(0, end.index))?.[1];
      const size = wholeNumber(field, MAX_MAIL_BYTES) ?? 0;
      return size === 0 ? null : end.index + end[0].length + size;
    },
    distrust: () => {
      wrong += 1;
    },
  };
}

/** Where the next separator begins if a mail ends at `at`: after the empty line that writers put there. null if none does. */
export function separatorAt(bytes: Buffer, at: number, atEnd: boolean): number | null {
  let start = at;
  while (start < at + 4 && (bytes[start] === 0x0a || bytes[start] === 0x0d)) start += 1;
  if (start >= bytes.length) return atEnd && at <= bytes.length ? bytes.length : null;
  const [line = '', next = null] = bytes.toString('latin1', start, start + LOOK_AHEAD).split('\n');
  return isSeparator({ line: line.trimEnd(), next, afterBlank: true }) ? start : null;
}
