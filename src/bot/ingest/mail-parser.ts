import type { MailOrigin, PreparedMail } from '../../adapters/store/prepared-mail.js';
import type { Problem } from '../../digest/mail/mail.js';

/** A mail as a source gave it, with the hash of the copy. */
export interface RawMail {
  readonly raw: Uint8Array;
  readonly copyHash: Uint8Array;
  readonly origin: MailOrigin;
  readonly where: string;
  /** Whether its body is compressed where it is read; else that is left to the thread that stores it. */
  readonly compress: boolean;
}

/** What became of one mail: read, or named with what was wrong. */
export type ParsedMail =
  | { readonly kind: 'read'; readonly mail: PreparedMail }
  | { readonly kind: 'skipped'; readonly where: string; readonly problem: Problem };

/** Reads mails in groups; every mail has its outcome, in the order given. Rejects only when nothing can be read at all. */
export interface MailParser {
  parse(mails: readonly RawMail[]): Promise<ParsedMail[]>;
  close(): Promise<void>;
}
