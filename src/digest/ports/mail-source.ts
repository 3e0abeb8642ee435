import type { Problem } from '../mail/mail.js';
import type { TrackerEvidence } from '../state/tracker-evidence.js';

/** What a source yields, in its own order. */
export type SourceEvent =
  /** One mail as it was on the wire or in the file, transport quoting undone. */
  | {
      readonly kind: 'mail';
      readonly raw: Uint8Array;
      /** When the source received it, ISO UTC; null if only the mail's Received header says. */
      readonly receivedAt: string | null;
      /** The list that this source carries, lower-case address; null if only the mail says. */
      readonly list: string | null;
      /** For people and errors: `io-uring.mbox.gz, message 17`. */
      readonly where: string;
      /** Problems of the place it was read from: truncated, NUL bytes … */
      readonly problems: readonly Problem[];
    }
  /** Something that could not be read; the rest continues. */
  | { readonly kind: 'skipped'; readonly where: string; readonly problem: Problem }
  /** The archive removed a mail. `messageId` without `<>`, as Message.id. */
  | { readonly kind: 'removed'; readonly messageId: string; readonly where: string }
  /** What a tracker says about a mail, in addition to the mails themselves. */
  | { readonly kind: 'evidence'; readonly evidence: TrackerEvidence }
  /**
   * Everything yielded before it is covered: once that is committed, reading may start from here. Opaque text that only the same kind of
   * source understands; older forms stay readable.
   */
  | { readonly kind: 'cursor'; readonly cursor: string }
  /** How far the reading has come, in units of the input (bytes, mails); total is null for streams. */
  | { readonly kind: 'progress'; readonly done: number; readonly total: number | null };

/** From where, and until when, to read. */
export interface ReadRequest {
  /** The last cursor that was committed; null on the first read. */
  readonly cursor: string | null;
  /** On the first read: mail received before it is skipped (ISO UTC); null: everything is read. */
  readonly since: string | null;
  /** Ends the read soon and quietly: sockets and processes are closed, no error is thrown. */
  readonly signal: AbortSignal;
}

/**
 * Where mail comes from. `read` yields what there is after the cursor, every mail at least once, in the source's order, in constant memory,
 * and ends when it has caught up: a caller that follows the source calls it again later. A source that can be followed yields a `cursor`
 * after every few hundred mails and at its end; one that cannot (a plain file) yields none and is read whole each time. One mail that
 * cannot be read is `skipped`. It throws `UserError` when the source as a whole needs a person (no such list, no permission, wrong address)
 * and `TransientFailure` when a retry may fix it; what was yielded before remains valid.
 */
export interface MailSource {
  /** As people wrote it: `lore:kvm`, `/var/mail/lists.mbox`. */
  readonly name: string;
  read(request?: ReadRequest): AsyncIterable<SourceEvent>;
  /**
   * What the source says it has, to compare with the database: Message-IDs in its own order; absent if it cannot say.
   * `fetch` gets single mails by what `ids` named, to fill holes.
   */
  readonly audit?: {
    ids(request: ReadRequest): AsyncIterable<{ readonly messageId: string; readonly at: string }>;
    /** `at`: from `ids`, opaque. */
    fetch(at: readonly string[], signal: AbortSignal): AsyncIterable<SourceEvent>;
  };
}
