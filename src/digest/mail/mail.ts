/** A name and an address as a header gave them, decoded; '' if the mail did not say. */
export interface Address {
  readonly name: string;
  readonly email: string;
}

/** Something that did not add up: a stable code for programs, a detail for people. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
}

/** A textual part that is not the body: an attached patch, an attached message's text. */
export interface Attachment {
  readonly name: string | null;
  readonly type: string;
  readonly text: string;
}

/**
 * One mail, decoded but not yet understood: what the mail adapter hands to the core.
 *
 * Times are ISO 8601 in UTC with second precision (`2019-12-09T20:19:30Z`), so that they sort as text.
 * Message-IDs carry no angle brackets. Addresses keep the case of the mail.
 */
export interface Mail {
  /** null if the mail has none, or none that can be used as a key. */
  readonly messageId: string | null;
  /** SHA-256 in hex over what the sender wrote (From, Date, Subject, body), stable across lists; identifies a mail without Message-ID. */
  readonly contentHash: string;
  /** Decoded and unfolded; null if the header is absent. */
  readonly subject: string | null;
  /** The From header unchanged; the list may have rewritten it (see `author.ts`). */
  readonly from: Address | null;
  readonly sender: Address | null;
  readonly replyTo: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  /** The Date header: shown, may be wrong. null if absent or not a date in the years 1970 to 2099. */
  readonly date: string | null;
  /** When the list received it: the first Received header (from the top) that can be read, else null. */
  readonly received: string | null;
  /** Addresses of the lists that this copy came over, lower case: from List-Id or X-Mailing-List, else from To/Cc. */
  readonly lists: readonly string[];
  readonly inReplyTo: readonly string[];
  /** Oldest first, as the header gives them; ids without an `@` are left out, because they join nothing. */
  readonly references: readonly string[];
  /** First value of each header in KEPT_HEADERS, names in lower case; of Authentication-Results the topmost ones, one for each line. */
  readonly headers: Readonly<Record<string, string>>;
  /** The decoded text of the mail, LF line ends, NUL removed; made from HTML if there is no plain text. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Bytes of the raw mail. */
  readonly size: number;
  readonly problems: readonly Problem[];
}

/** Other headers that the core reads, without a separate field. */
export const KEPT_HEADERS = [
  'x-original-from',
  'x-patchwork-original-from',
  'x-patchwork-submitter',
  'x-patchwork-id',
  'x-patchwork-hint',
  'x-change-id',
  'x-series-id',
  'x-b4-tracking',
  'x-mailer',
  'x-mailing-list',
  'x-tip-commit-id',
  'x-stable',
  'auto-submitted',
  'authentication-results',
  'x-autoreply',
  'precedence',
  'list-id',
  'x-bugzilla-reason',
  'content-type',
] as const;
