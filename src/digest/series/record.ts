import type { z } from 'zod';
import type { StateName } from '../claims/claim.js';
import type { seriesRevisionSchema, seriesSchema, seriesSubsystemSchema } from '../contract/series-answer.js';

/**
 * A series as it is stored and shown: the public JSON shape with what follows and digests need besides.
 * Made by `describeSeries` from a SeriesGroup and the messages in it; `seriesSchema.parse` drops the extras.
 */
export type SeriesRecord = Omit<z.infer<typeof seriesSchema>, 'revisions' | 'subsystems'> & {
  readonly subsystems: readonly SubsystemRecord[];
  readonly revisions: readonly RevisionRecord[];
  /** Paths that any revision touches, each with its changed lines in the latest revision that says so. */
  readonly paths: readonly { path: string; changes: number }[];
  /** To and Cc of covers and patches, lower case, once each. */
  readonly recipients: readonly string[];
  /** Lower-case addresses and names of everyone who wrote a patch or cover. */
  readonly authors: readonly { name: string; email: string }[];
  readonly prefixes: readonly string[];
  readonly kind: 'series' | 'single' | 'pull';
  /** Only known bots wrote its covers and patches; follows leave it out unless they say `bots:on`. */
  readonly bot?: boolean;
  /** How many patches are known to be in a tree; null where none is. */
  readonly applied: { readonly patches: number; readonly total: number } | null;
};

export type SubsystemRecord = z.infer<typeof seriesSubsystemSchema> & {
  /** The part of the changed lines that lies in it, 0 to 1. */
  readonly share: number;
};

export type RevisionRecord = z.infer<typeof seriesRevisionSchema> & {
  /** The internal id of the revision (its anchor's). */
  readonly id: string;
  readonly title: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Tags that name a tree, a branch or a project: `net-next`, `6.1`, `kvm-unit-tests`. */
  readonly prefixes: readonly string[];
  /** When the first of it was received. */
  readonly arrived: string | null;
  /** What became of this posting: an older one is superseded unless something else was decided. */
  readonly outcome: StateName;
  /** What changed since the version before, one line; null for a first version. */
  readonly changed: string | null;
  /** `Reviewed by 2 people, 3 of 10 patches covered`; null where nobody has. */
  readonly reviewText: string | null;
};
