import type { ArchiveUrl } from '../mail/archive-url.js';
import type { JoinFacts } from '../revision/revision.js';
import type { Catalog } from '../subsystem/catalog.js';
import type { SeriesGroup } from './group.js';
import type { PostingFacts } from './posting-facts.js';

/** What is known of one series: its joined revisions and the mails in and about it. */
export interface SeriesMaterial {
  readonly group: SeriesGroup;
  /** Every member of the revisions. */
  readonly messages: ReadonlyMap<string, PostingFacts>;
  /** The members, and every reply and notice about them. */
  readonly facts: ReadonlyMap<string, JoinFacts>;
  /** Reply or notice → the member that it speaks of. */
  readonly targets: ReadonlyMap<string, string>;
  readonly catalog: Catalog;
  readonly archiveUrl: ArchiveUrl;
}
