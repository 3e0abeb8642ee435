import type { Problem } from '../mail/mail.js';

/** What changed in one version, in the author's words. */
export interface ChangelogEntry {
  /** The version that the entry describes: `Changes since v7` in a v8 letter is 8. null if it is unknown. */
  readonly version: number | null;
  /** The version it is compared with: 7 in the example; null if the letter does not say. */
  readonly since: number | null;
  readonly text: string;
}

export interface ShortlogEntry {
  readonly author: string;
  /** Unwrapped. */
  readonly title: string;
}

export interface DiffstatRow {
  /** The path after the change; `.../` is where git shortened it. */
  readonly path: string;
  /** The path before a rename or copy, else null. */
  readonly oldPath: string | null;
  /** Lines changed as the row says; null for a binary file. */
  readonly changes: number | null;
  /** git shortened the path to fit. */
  readonly shortened: boolean;
}

export interface Diffstat {
  readonly files: number;
  readonly insertions: number;
  readonly deletions: number;
  readonly rows: readonly DiffstatRow[];
}

/** An earlier version that the text names. At least one of messageId and url is there. */
export interface PreviousVersion {
  readonly version: number | null;
  readonly messageId: string | null;
  readonly url: string | null;
}

export interface Base {
  /** base-commit. */
  readonly commit: string | null;
  /** A tree or branch named as the base: `base-tree`, `based on kvm/queue`, `applies on top of linux-next`. */
  readonly tree: string | null;
}

/** The text of a cover letter, or of a patch before its diff, taken apart by `parseLetter`. */
export interface Letter {
  /** The author's prose: without changelog, shortlog, diffstat, trailers, link lists, signature and footers; paragraphs kept. */
  readonly intro: string;
  /** Newest first. */
  readonly changelog: readonly ChangelogEntry[];
  /** In the letter's order. */
  readonly shortlog: readonly ShortlogEntry[];
  readonly diffstat: Diffstat | null;
  readonly previousVersions: readonly PreviousVersion[];
  /** Every http(s) link of the letter once, in order. */
  readonly links: readonly string[];
  readonly base: Base | null;
  /** change-id alone on its line, lower case kept as written; never prerequisite-change-id. */
  readonly changeId: string | null;
  /** Message-IDs of `Supersedes:` and `Replaces:` lines. */
  readonly supersedes: readonly string[];
  /**
   * The version that the body itself claims by its changelog (seeds: a letter without v2 in the subject whose changelog starts with
   * `v2:`); null if the changelog names none, or only versions older than the subject's.
   */
  readonly bodyVersion: number | null;
  /** Where a request asks to pull from, as `git request-pull` writes it (`URL REF`); null if the letter is none. */
  readonly pullFrom: string | null;
  readonly problems: readonly Problem[];
}
