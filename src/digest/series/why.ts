import type { StateName } from '../claims/claim.js';
import type { StateDoubt, StateEvidence } from '../state/outcome.js';
import type { LinkReason } from './group.js';
import type { Named, OriginRecord } from './record.js';

/** Why the mails of a series are one piece of work; made by `describeWhy`. */
export interface WhySeries {
  readonly id: string;
  readonly title: string;
  readonly postings: readonly WhyPosting[];
  readonly links: readonly WhyLink[];
  readonly origins: readonly OriginRecord[];
  readonly state: {
    readonly name: StateName;
    readonly evidence: readonly StateEvidence[];
    readonly disbelieved?: readonly StateDoubt[];
  };
  readonly corrections: readonly PublicCorrection[];
}

export interface WhyPosting {
  readonly version: number;
  /** The subject names no version: it is the first, or what the text says. */
  readonly versionInferred: boolean;
  readonly rfc: boolean;
  readonly resend: boolean;
  readonly title: string;
  readonly author: Named;
  readonly date: string | null;
  readonly messageId: string | null;
  readonly total: number;
  readonly received: number;
  /** Why these mails are one posting, in words; empty for a single mail. */
  readonly why: readonly string[];
  /** The mails that are here, the cover first. */
  readonly mails: readonly WhyMail[];
  /** Patches of an older posting that this one carries over because it resends only some. */
  readonly carried: number;
  /** Further mails of the posting, for a place that another of its mails already has. */
  readonly doubles: readonly (string | null)[];
  /** Patches that the cover names and that are not here. */
  readonly missing: readonly string[];
}

export interface WhyMail {
  readonly role: 'cover' | 'patch';
  /** n of n/N; null for a cover and for a patch without a counter. */
  readonly index: number | null;
  readonly title: string;
  readonly messageId: string | null;
  readonly url: string | null;
}

interface WhyLink {
  readonly older: string | null;
  readonly newer: string | null;
  readonly reason: LinkReason;
  /** The reason and what confirms it, in words. */
  readonly text: string;
}

/** A correction as it is shown outside: a mail of each of the two postings, who made it, and when (ISO UTC). */
export interface PublicCorrection {
  readonly kind: 'link' | 'unlink';
  readonly a: string | null;
  readonly b: string | null;
  readonly by: string;
  readonly madeAt: string;
}

/** A series before or after a correction. */
export interface CorrectedSeries {
  readonly id: string;
  readonly title: string;
  /** `v1`, `RFC v2`, oldest first. */
  readonly versions: readonly string[];
}

/** What a correction did. */
export interface CorrectionAnswer {
  readonly correction: PublicCorrection;
  /** The series that had the two before: two that were joined, or one that was split. */
  readonly before: readonly CorrectedSeries[];
  /** The series that have the two now. */
  readonly now: readonly CorrectedSeries[];
  /** The command that undoes it. */
  readonly undo: string;
}

/** A correction in the list of all. */
export interface ListedCorrection extends PublicCorrection {
  /** The postings as people name them: `v2 of “mm: pin pages”`; null for mail that is not here. */
  readonly aName: string | null;
  readonly bName: string | null;
  /** `waits`: a mail of it is not here. `overruled`: a later correction says otherwise. */
  readonly effect: 'holds' | 'waits' | 'overruled';
  readonly undo: string;
}
