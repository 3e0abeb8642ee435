import type { SeriesRecord } from '../series/record.js';

/** One copy of a mail that arrived here, as delivery sees it. */
export interface Arrival {
  readonly seq: number;
  /** No copy of this mail arrived before it. */
  readonly first: boolean;
  /** Message.id. */
  readonly messageKey: string;
  /** RevisionRecord.id of the revision that it is a member of; null for replies and notices. */
  readonly revision: string | null;
  /** When the list had this copy, ISO UTC; null if unknown. */
  readonly received: string | null;
  /** When it arrived here, ISO UTC. */
  readonly arrivedAt: string;
  readonly bot: boolean;
  /** Lower case; '' if unknown. */
  readonly author: string;
  /** A pull request that proves the series applied, and no mail about it; absent: no. */
  readonly pull?: boolean;
}

/** A series, with what arrived of it in a range of seq. */
export interface TouchedSeries {
  readonly series: SeriesRecord;
  /** RevisionRecord.id → Message.id of every cover and patch in it, duplicates included. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** Ascending by seq. */
  readonly arrivals: readonly Arrival[];
}
