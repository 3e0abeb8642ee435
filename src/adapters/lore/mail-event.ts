import type { Problem } from '../../digest/message/mail.js';
import { MAX_MAIL_BYTES } from '../../digest/message/mail-size.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';

/** What a source of ours yields for a mail. */
export type MailEvent = Extract<SourceEvent, { kind: 'mail' }>;

/** Bytes of one mail; of one that is larger than MAX_MAIL_BYTES the first HEADER_BYTES, and `total` says so. */
export interface MailBytes {
  readonly raw: Buffer;
  readonly total: number;
}

/**
 * A mail with what is odd about its bytes (it holds NUL bytes); one that is larger than may be kept is skipped by name: no list takes
 * such mail, and half of it would be taken for the whole.
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

/** Bytes of the headers in which a Message-ID is looked for. */
export const HEADER_BYTES = 256 * 1024;

/**
 * The Message-ID of a raw mail without `<>`, as Message.id has it: of its first Message-ID header. null where there is none that
 * can be a key.
 */
export function messageIdOf(raw: Uint8Array): string | null {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, HEADER_BYTES)).toString(
    'latin1',
  );
  const end = head.search(/\r?\n\r?\n/);
  const lines = (end < 0 ? head : head.slice(0, end)).split(/\r?\n/);
  const at = lines.findIndex((line) => /^message-id[ \t]{0,3}:/i.test(line));
  if (at < 0) return null;
  const folded: string[] = [(lines[at] ?? '').slice((lines[at] ?? '').indexOf(':') + 1)];
  for (const line of lines.slice(at + 1)) {
    if (!line.startsWith(' ') && !line.startsWith('\t')) break;
    folded.push(line);
  }
  const value = folded.join('').replace(/\s+/g, '');
  const open = value.indexOf('<');
  const close = value.indexOf('>', open);
  const id = open >= 0 && close > open ? value.slice(open + 1, close) : value;
  return id.includes('@') && !id.includes('<') && id.length <= 998 ? id : null;
}

/** ISO UTC of seconds since 1970; null where it is no time that can be written so. */
export function isoOfSeconds(seconds: number): string | null {
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > 253_402_300_799) return null;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
