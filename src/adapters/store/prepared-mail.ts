import type { Problem } from '../../digest/mail/mail.js';

/**
 * One mail, read and ready to be stored: made where mail is parsed, away from the thread that writes, so that the
 * writer only stores: documents are JSON text already, and where the writer has enough to do, the mail itself is compressed.
 */
export interface PreparedMail {
  /** Of what the source gave (`copyHash`): the same copy of a mail is known by it. */
  readonly copyHash: Uint8Array;
  /** Message.id. */
  readonly key: string;
  readonly contentHash: string;
  readonly kind: string;
  readonly authorEmail: string;
  readonly bot: boolean;
  /** Has a review tag, or says something about a posting's state. */
  readonly speaks: boolean;
  readonly date: string | null;
  /** Of this copy; null if neither source nor mail say. */
  readonly received: string | null;
  /** The lists that this copy came over. */
  readonly lists: readonly string[];
  /** JoinFacts as JSON in UTF-8. */
  readonly facts: Uint8Array;
  /** PostingFacts as JSON in UTF-8; null for a reply. */
  readonly posting: Uint8Array | null;
  /** `hashKey` of each of the message's cluster keys. */
  readonly clusterKeys: readonly number[];
  /** As the source gave it; may be empty if `body` is there. */
  readonly raw: Uint8Array;
  /** The same, compressed (`compressBody`); null if that is left to the writer. */
  readonly body: Uint8Array | null;
  /** What the source reported, kept so that the mail can be read again. */
  readonly source: MailOrigin;
  /** For counts and for people. */
  readonly problems: readonly Problem[];
  /** Where it was read: `io-uring.mbox.gz, message 17`. */
  readonly where: string;
}

/** What a source knows about a mail in addition to its bytes. */
export interface MailOrigin {
  readonly list: string | null;
  readonly receivedAt: string | null;
  readonly problems: readonly Problem[];
}
