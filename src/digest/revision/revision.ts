import type { StateClaim } from '../claims/claim.js';
import type { Report } from '../claims/report.js';
import type { PreviousVersion, ShortlogEntry } from '../letter/letter.js';
import type { Address, Problem } from '../mail/mail.js';
import type { MessageKind, PostedFiles } from '../message/message.js';
import type { Trailer } from '../trailer/trailer.js';

/**
 * The part of a Message that joining, reviews and state need. It is stored next to the message, so that a
 * thread is joined again without reading a mail. Made by `joinFacts(message)`; small: no text, no diff.
 */
export interface JoinFacts {
  readonly id: string;
  readonly kind: MessageKind;
  readonly title: string;
  readonly was: string | null;
  readonly version: number;
  readonly versionInferred: boolean;
  readonly index: number | null;
  readonly total: number | null;
  readonly countersInferred: boolean;
  readonly rfc: boolean;
  readonly resend: boolean;
  readonly prefixes: readonly string[];
  readonly author: Address;
  /** Lower case. */
  readonly senderEmail: string;
  /** See `Message.sender`. */
  readonly sender?: string;
  /** See `Message.upstream`. */
  readonly upstream?: string;
  readonly date: string | null;
  readonly received: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly hasDiff: boolean;
  readonly patchId: string | null;
  readonly changeId: string | null;
  readonly supersedes: readonly string[];
  readonly previousVersions: readonly PreviousVersion[];
  /** The version that the letter itself claims, if it differs from the subject's. */
  readonly bodyVersion: number | null;
  /** A cover's list of patches. */
  readonly shortlog: readonly ShortlogEntry[];
  readonly trailers: readonly Trailer[];
  readonly claims: readonly StateClaim[];
  readonly bot: boolean;
  /** What a program reports about a patch; absent for other mail. */
  readonly report?: Report;
  /** The host that received the mail found its sender forged; absent if not. */
  readonly unauthenticated?: boolean;
  /** See `Message.inAnswer`. */
  readonly inAnswer: boolean;
  /** See `Letter.pullFrom`; absent if it asks for no pull in git's words. */
  readonly pullFrom?: string;
  /** Several patches in one mail, or such as a reply posts; absent for all others. */
  readonly files?: PostedFiles;
}

/** One place n/N of a revision. */
export interface Slot {
  /** null for a patch that has no counter and for one known from the shortlog alone. */
  readonly index: number | null;
  readonly title: string;
  readonly author: string;
  /** null if the patch is known from the shortlog alone. */
  readonly id: string | null;
  readonly patchId: string | null;
}

/** One posting of a series: what `assembleRevisions` makes of a set of messages. */
export interface Revision {
  /** The id of the cover, else of the patch with the lowest index: represents the revision. */
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly versionInferred: boolean;
  readonly rfc: boolean;
  readonly resend: boolean;
  readonly prefixes: readonly string[];
  readonly author: Address;
  readonly date: string | null;
  /** The earliest time at which a member was received. */
  readonly received: string | null;
  readonly coverId: string | null;
  /** N as stated; for patches without a counter, their number. */
  readonly total: number;
  readonly slots: readonly Slot[];
  /** Ids of every cover and patch in it, duplicates of a slot included; sorted. */
  readonly members: readonly string[];
  /** Why these messages are one posting, in words. */
  readonly why: readonly string[];
  /** Contradictions among its mails; absent if there are none. */
  readonly problems?: readonly Problem[];
}

/** The postings of a set of messages closed under `clusterKeys`. */
export interface Assembly {
  /** Sorted by id. */
  readonly revisions: readonly Revision[];
  /** For each reply and notice: the cover or patch that it is about; left out if there is none. */
  readonly targets: ReadonlyMap<string, string>;
}
