import type { Revision } from '../revision/revision.js';

export type LinkReason =
  | 'correction'
  | 'change-id'
  | 'supersedes'
  | 'thread'
  | 'link-in-text'
  | 'title'
  | 'was-title'
  | 'patches'
  | 'patch-ids'
  | 'partial-reroll';

/** Why two revisions are one piece of work. */
export interface RevisionLink {
  readonly older: string;
  readonly newer: string;
  readonly reason: LinkReason;
  /** For people: `the letter of v8 names <id> as v7`. */
  readonly detail: string;
}

/** A person's decision about two messages; overrides everything else. */
export interface Correction {
  readonly kind: 'link' | 'unlink';
  readonly a: string;
  readonly b: string;
}

/** An earlier posting that a series comes from, and which another series continues: `v1 of “mm and x86”`. */
export interface SeriesOrigin extends RevisionLink {
  readonly title: string;
  /** `v1`, `RFC v2`. */
  readonly name: string;
}

/** One piece of work: its revisions, oldest first, and what joined them. */
export interface SeriesGroup {
  readonly revisions: readonly Revision[];
  readonly links: readonly RevisionLink[];
  /** Where the work was split from other work; absent if it was not. */
  readonly origins?: readonly SeriesOrigin[];
}
