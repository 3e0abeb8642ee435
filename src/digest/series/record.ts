import type { StateName } from '../claims/claim.js';
import type { VerdictKind, VerdictResult } from '../claims/report.js';
import type { ChangelogEntry } from '../letter/letter.js';
import type { Problem } from '../mail/mail.js';
import type { StateDoubt, StateEvidence } from '../state/outcome.js';

/**
 * A series as it is stored and shown. Made by `describeSeries` from a SeriesGroup and the messages in it; the public JSON
 * (`contract/series-answer.ts`) is a part of it.
 */
export interface SeriesRecord {
  /** The short name: `seriesId` of the first revision's anchor. */
  readonly id: string;
  readonly title: string;
  readonly author: Named;
  readonly subsystems: readonly SubsystemRecord[];
  readonly lists: readonly string[];
  readonly state: {
    readonly name: StateName;
    readonly evidence: readonly StateEvidence[];
    readonly disbelieved?: readonly StateDoubt[];
  };
  /** The Message-ID of the latest revision. */
  readonly latest: string | null;
  /** Oldest first. */
  readonly revisions: readonly RevisionRecord[];
  /** From people. */
  readonly replies: number;
  /** When the last mail about it was received, ISO UTC. */
  readonly updated: string | null;
  /** When the last mail about it that a person wrote was received, ISO UTC; absent in records of older rules. */
  readonly heardAt?: string | null;
  /** What joined the revisions, in words. */
  readonly why: readonly string[];
  /** Paths that any revision touches, each with its changed lines in the latest revision that says so. */
  readonly paths: readonly { readonly path: string; readonly changes: number }[];
  /** To and Cc of covers and patches, lower case, once each. */
  readonly recipients: readonly string[];
  /** Those of the recipients to whom the newest posting was not sent, as far as its mails are here; absent: none. */
  readonly formerRecipients?: readonly string[];
  /** Lower-case addresses and names of everyone who wrote a patch or cover. */
  readonly authors: readonly Named[];
  readonly prefixes: readonly string[];
  readonly kind: 'series' | 'single' | 'pull';
  /** Only known bots wrote its covers and patches; follows leave it out unless they say `bots:on`. */
  readonly bot?: boolean;
  /** It copies earlier work to stable branches; absent: it does not. */
  readonly backport?: BackportRecord;
  /** It is one patch that was proposed, or amended, within another thread; absent: no. */
  readonly proposal?: boolean;
  /** The newest posting calls itself unfinished: `[PATCH WIP]`, `[PATCH 0/4 POC]`, `DO NOT MERGE`; absent: no. */
  readonly unfinished?: boolean;
  /** The author of the newest posting maintains everything that it changes, so that no one else applies it; absent: no. */
  readonly ownGround?: boolean;
  /** How many patches are known to be in a tree; null if none is. */
  readonly applied: { readonly patches: number; readonly total: number } | null;
  /** What was cut because there is more than covernote counts (`text/limits.ts`), and what does not add up; absent if nothing is. */
  readonly problems?: readonly Problem[];
  /** The earlier postings of other series that the work was split from; absent if there are none. */
  readonly origins?: readonly OriginRecord[];
}

export interface OriginRecord {
  readonly messageId: string | null;
  readonly url: string | null;
  /** `v1`, `RFC v2`. */
  readonly name: string;
  readonly title: string;
  /** What says so, in words. */
  readonly text: string;
}

export interface BackportRecord {
  /** `6.12.y`; empty if it does not name them. */
  readonly branches: readonly string[];
  /** Who sent it, which is mostly not who wrote the patches. */
  readonly sender: Named;
  /** The commits that its patches say they are copies of. */
  readonly commits: readonly string[];
}

export interface Named {
  readonly name: string;
  readonly email: string;
}

interface SubsystemRecord {
  readonly slug: string;
  readonly name: string;
  readonly primary: boolean;
  /** The share of the changed lines in it, 0 to 1. */
  readonly share: number;
}

export interface RevisionRecord {
  /** The internal id of the revision (its anchor's). */
  readonly id: string;
  readonly version: number;
  readonly rfc: boolean;
  readonly resend: boolean;
  /** The Message-ID of the mail that it answers, where it was sent within a thread; absent: none. */
  readonly below?: string;
  readonly title: string;
  readonly author: Named;
  /** Tags that name a tree, a branch or a project: `net-next`, `6.1`, `kvm-unit-tests`. */
  readonly prefixes: readonly string[];
  /** The Date header, ISO UTC; may be wrong. */
  readonly date: string | null;
  /** When the first of it was received, ISO UTC. */
  readonly arrived: string | null;
  /** The cover's; the first patch's if there is no cover. */
  readonly messageId: string | null;
  readonly url: string | null;
  /** N of n/N. */
  readonly total: number;
  /** How many of the patches are here. */
  readonly received: number;
  readonly diffstat: {
    readonly files: number;
    readonly insertions: number;
    readonly deletions: number;
    readonly paths: readonly string[];
  } | null;
  readonly summary: string | null;
  /** Set if a language model wrote `summary`, and `changed` if that is not the author's; never stored. */
  readonly summaryBy?: 'model';
  /** What the author wrote in their place. */
  readonly extract?: { readonly summary: string | null; readonly changed: string | null };
  readonly changelog: readonly ChangelogEntry[];
  readonly patches: readonly PatchRecord[];
  /** Of the whole posting. */
  readonly reviews: readonly ReviewRecord[];
  /** The state of this posting: an older one is superseded unless something else was decided. */
  readonly outcome: StateName;
  /** What changed since the version before, one line; null for a first version. */
  readonly changed: string | null;
  /** When the last reply with a review tag was received, ISO UTC; absent if none was. */
  readonly reviewedAt?: string;
  /** `Reviewed by 2 people, 3 of 10 patches covered`; null without reviews. */
  readonly reviewText: string | null;
  /** Who asked for changes to it and may, the first of them; absent if no one did. */
  readonly asked?: readonly {
    readonly name: string;
    readonly email: string;
    readonly messageId: string | null;
  }[];
  /** What programs found about it, oldest first; absent if none reported. */
  readonly verdicts?: readonly VerdictRecord[];
  /** Review tags that were left out (`MOST_CREDITS`). */
  readonly uncounted?: number;
}

/** A patch that is known only from the cover's list has no Message-ID and no index. */
interface PatchRecord {
  readonly messageId: string | null;
  readonly index: number | null;
  readonly author: string;
  readonly title: string;
  readonly url: string | null;
  readonly reviews: readonly ReviewRecord[];
}

/** What a program found: about a patch, or if `patch` is null about the posting. */
export interface VerdictRecord {
  /** The program: `kernel test robot`. */
  readonly by: string;
  readonly kind: VerdictKind;
  readonly result: VerdictResult;
  /** A messageId. */
  readonly patch: string | null;
  readonly url: string | null;
  readonly messageId: string | null;
  /** When its mail was received, ISO UTC. */
  readonly date: string | null;
  /** The result of the last earlier run that passed or failed, among those that it replaces; absent if none did. */
  readonly was?: VerdictResult;
}

/** A verdict that still applies to the work, and the posting that it is about. */
export interface StandingVerdict extends VerdictRecord {
  readonly revision: RevisionRecord;
}

export interface ReviewRecord {
  /** As git would capitalize the tag: `Reviewed-by`. */
  readonly kind: string;
  readonly name: string;
  readonly email: string;
  readonly messageId: string | null;
  /** It is about a part of the patch, as its comment says (`# xfs`); absent: about all of it. */
  readonly ofPart?: true;
}
