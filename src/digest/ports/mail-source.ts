import type { Problem } from '../message/mail.js';

/** What a source yields, in its own order. */
export type SourceEvent =
  /** One mail as it stood on the wire or in the file, transport quoting undone. */
  | {
      readonly kind: 'mail';
      readonly raw: Uint8Array;
      /** When the source had it, ISO UTC; null where the mail's own Received header must tell. */
      readonly receivedAt: string | null;
      /** The list that this source carries, lower-case address; null where the mail must tell. */
      readonly list: string | null;
      /** For people and errors: `io-uring.mbox.gz, message 17`. */
      readonly where: string;
      /** What was odd about the place it was read from: truncated, NUL bytes … */
      readonly problems: readonly Problem[];
    }
  /** Something that could not be read; the rest goes on. */
  | { readonly kind: 'skipped'; readonly where: string; readonly problem: Problem }
  /** How far the reading has come, in bytes of the input; total is null for streams. */
  | { readonly kind: 'progress'; readonly done: number; readonly total: number | null };

/**
 * Where mail comes from. `read` yields every mail once, in the source's order, in constant memory; it throws
 * `UserError` only when the source as a whole cannot be read (no such file, no permission).
 */
export interface MailSource {
  readonly name: string;
  read(): AsyncIterable<SourceEvent>;
}
