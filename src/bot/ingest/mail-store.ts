import type { MailOrigin, PreparedMail } from '../../adapters/store/prepared-mail.js';
import type { Store } from '../../adapters/store/store.js';
import type { Correction } from '../../digest/series/group.js';

/** What a batch did to the messages. */
export interface MessageCounts {
  /** Messages that were not here. */
  readonly fresh: number;
  /** Mails of messages that were here. */
  readonly known: number;
  /** Lists on which a known message was not known to have come. */
  readonly copies: number;
  /** `PreparedMail.where` of mails under the Message-ID of another one, both whole. */
  readonly reused: readonly string[];
}

/** A mail that was left as it is, because deriving from it took too long or failed. */
export interface AbandonedMessage {
  /** Its Message-ID. */
  readonly where: string;
  readonly code: 'derive-timeout' | 'derive-failed';
  readonly detail: string;
}

/** Counts of one batch. */
export interface BatchCounts extends MessageCounts {
  /** Series that were described again. */
  readonly series: number;
  /** Mails that could not be derived: what they say is left out, and so is everything connected with them. */
  readonly abandoned: readonly AbandonedMessage[];
}

/**
 * The database together with all that changes mail in it. Mail is stored before what follows from it is derived; what a kill leaves in between,
 * `resume` derives. Times are ISO UTC.
 */
export interface MailStore extends Store {
  /** Stores mails in one transaction, then derives everything that follows from them, and writes that in another. */
  ingestBatch(mails: readonly PreparedMail[], now: string): Promise<BatchCounts>;
  /** Derives what a crash left underived: when first called, all of it, later what has waited for minutes. */
  resume(now: string): Promise<readonly AbandonedMessage[]>;
  /** A user's word on two messages, by Message.id: their series are computed again. */
  correct(correction: Correction, by: string, now: string): Promise<void>;
  /** Removes messages, by Message.id, with all that followed from them; returns how many were here. */
  remove(keys: readonly string[]): Promise<number>;
  /**
   * Reading everything again goes message by message in steps that each leave the database whole, so that questions are
   * answered meanwhile. Where a reading that was not finished stopped, else 0; `kept` resumes from there.
   */
  reindexCursor(): Promise<number>;
  /** All kept mails of the next messages after that one, in their order; empty at the end. */
  kept(after: number, messages: number): Promise<KeptMail[]>;
  /** Stores what was read again of those messages and derives all that follows. */
  replaceBatch(mails: readonly RereadMail[], now: string): Promise<void>;
  /** All has been read. */
  reindexDone(): Promise<void>;
}

/** Where mails are stored: a MailStore, or a writer in its own thread (`openWriter`). */
export type MailSink = Pick<MailStore, 'storedCopies' | 'ingestBatch' | 'readings' | 'resume'>;

/** A mail as it is kept, to be read again. */
export interface KeptMail {
  /** The message's row. */
  readonly rowId: number;
  readonly rawId: number;
  /** null if what was kept is damaged. */
  readonly raw: Uint8Array | null;
  readonly origin: MailOrigin;
  /** For people: the Message-ID. */
  readonly where: string;
}

/** The same mail, read again; null if it could not be read: then what was known of it stays. */
export interface RereadMail {
  readonly rowId: number;
  readonly rawId: number;
  readonly mail: PreparedMail | null;
}
