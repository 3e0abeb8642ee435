import type { ArchiveUrl } from '../mail/archive-url.js';
import type { BotTable } from '../mail/bots.js';
import type { JoinFacts } from '../revision/revision.js';
import type { Authority } from '../state/authority.js';
import type { Catalog } from '../subsystem/catalog.js';
import type { SeriesGroup } from './group.js';
import type { PostingFacts } from './posting-facts.js';

/** What is known about one series: its joined revisions and the mails in and about it. */
export interface SeriesMaterial {
  readonly group: SeriesGroup;
  /** Every member of the revisions. */
  readonly messages: ReadonlyMap<string, PostingFacts>;
  /** The members, and the replies and notices about them: all, or if `replies` counts them, those with content. */
  readonly facts: ReadonlyMap<string, JoinFacts>;
  /** Reply or notice → the member that it is about. */
  readonly targets: ReadonlyMap<string, string>;
  readonly replies?: ReplyCounts;
  /** Pull requests that may list its patches. */
  readonly pulls?: readonly JoinFacts[];
  readonly catalog: Catalog;
  readonly authority: Authority;
  readonly bots: BotTable;
  readonly archiveUrl: ArchiveUrl;
}

/** Of all replies to a series, more than `facts` need hold. */
export interface ReplyCounts {
  /** By people. */
  readonly replies: number;
  /** When the newest was received; bots' count here. */
  readonly newest: string | null;
  /** When the newest of people was received. */
  readonly newestOfPeople: string | null;
  /** Replies with tags or decisions that were not read (`MOST_READ_REPLIES`). */
  readonly unread: number;
}
