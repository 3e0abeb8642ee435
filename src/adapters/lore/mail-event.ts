import type { Problem } from '../../digest/mail/mail.js';
import { MAX_MAIL_BYTES } from '../../digest/mail/mail-size.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';
import { MAX_INSTANT_MS } from '../../digest/text/bounded-number.js';

/** What a source of ours yields for a mail. */
export type MailEvent = Extract<SourceEvent, { kind: 'mail' }>;

/** Bytes that are kept of a mail that is too large: enough for its headers. */
export const HEADER_BYTES = 256 * 1024;

/** Bytes of one mail; of one that is larger than MAX_MAIL_BYTES the first HEADER_BYTES, and `total` says so. */
export interface MailBytes {
  readonly raw: Buffer;
  readonly total: number;
}

/**
 * A mail with problems of its bytes (it has NUL bytes); one that is too large is skipped and named: no list accepts such mail, and half of
 * it would be mistaken for the whole.
 */
export function mailEvent(
  { raw, total }: MailBytes,
  about: Pick<MailEvent, 'where' | 'receivedAt' | 'list'>,
): SourceEvent {
  if (total > raw.length) {
    const detail = `${total} bytes; the largest that is kept has ${MAX_MAIL_BYTES}`;
    return { kind: 'skipped', where: about.where, problem: { code: 'too-large', detail } };
  }
  const problems: Problem[] = raw.indexOf(0) >= 0 ? [{ code: 'nul-bytes', detail: 'holds NUL bytes' }] : [];
  return { kind: 'mail', raw, ...about, problems };
}

/** ISO UTC of seconds since 1970; null if it is no time between 1970 and 2099. */
export function isoOfSeconds(seconds: number): string | null {
  if (!(seconds >= 0 && seconds * 1000 <= MAX_INSTANT_MS)) return null;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
