import type { SeriesRecord } from '../series/record.js';
import type { SeriesActivity } from './activity.js';
import type { OrderName } from './item-order.js';

/** One follow that a digest serves, ready for matching. */
export interface DigestFollow {
  /** In words, for people: `kvm`, `series by …`. */
  readonly text: string;
  /** Slugs that it names, so that a series is grouped under what the reader follows; may be empty. */
  readonly slugs: readonly string[];
  /** It lists single patches one by one (`kind:single`). */
  readonly singles: boolean;
  readonly matches: (series: SeriesRecord) => {
    readonly matched: boolean;
    readonly because: readonly string[];
  };
}

export interface DigestRequest {
  readonly activities: readonly SeriesActivity[];
  /** Empty: everything. */
  readonly follows: readonly DigestFollow[];
  readonly window: { readonly since: string; readonly until: string };
  /** How many items a section may show. */
  readonly budget: number;
  /** How the items of a section are ordered; absent: by importance. */
  readonly order?: OrderName;
  /** The single patches that are folded are kept beside their count. */
  readonly keepsSingles?: true;
}
