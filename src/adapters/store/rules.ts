import type { Assembly, JoinFacts, Revision } from '../../digest/revision/revision.js';
import type { Correction, SeriesGroup } from '../../digest/series/group.js';
import type { SeriesMaterial } from '../../digest/series/material.js';
import type { SeriesRecord } from '../../digest/series/record.js';

/** The core's rules by which mail becomes series; the store decides only what has to be worked out again. */
export interface Rules {
  readonly clusterKeys: (facts: JoinFacts) => readonly string[];
  readonly assembleRevisions: (facts: readonly JoinFacts[]) => Assembly;
  readonly linkKeys: (revision: Revision, facts: ReadonlyMap<string, JoinFacts>) => readonly string[];
  readonly linkRevisions: (
    revisions: readonly Revision[],
    facts: ReadonlyMap<string, JoinFacts>,
    corrections: readonly Correction[],
  ) => readonly SeriesGroup[];
  readonly describeSeries: (grouped: GroupedMail) => SeriesRecord;
}

/** A series and the mail in it, as the database holds it. */
export type GroupedMail = Omit<SeriesMaterial, 'catalog' | 'archiveUrl'>;
