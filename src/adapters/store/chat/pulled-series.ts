import { sql } from 'kysely';
import type { SeriesRecord } from '../../../digest/series/record.js';
import type { Db } from '../schema.js';
import { overlayShown } from '../shown-series.js';

/** More are never listed by what arrives in a moment. */
const MOST_SERIES = 1_000;

/**
 * Reads the series that are applied by pull requests of which a copy has a seq in (after, upTo]. No mail about them arrived: they are found by the keys of
 * the patches that a request lists. One statement, of a few rows where nothing was requested.
 */
export function createPulledReader(db: Db) {
  return async (after: number, upTo: number): Promise<readonly SeriesRecord[]> => {
    const rows = await db
      .selectFrom('copy')
      .innerJoin('pull_key', 'pull_key.message_id', 'copy.message_id')
      .innerJoin('message', 'message.id', 'copy.message_id')
      .innerJoin('link_key', 'link_key.key', 'pull_key.key')
      .leftJoin('link_alias', 'link_alias.component', 'link_key.component')
      .innerJoin('revision', (join) =>
        join.on(sql<boolean>`revision.component = coalesce(link_alias.into_component, link_key.component)`),
      )
      .innerJoin('series', 'series.id', 'revision.series_id')
      .select(['series.id', 'series.document', 'message.key'])
      .distinct()
      .where('copy.seq', '>', after)
      .where('copy.seq', '<=', upTo)
      .orderBy('series.id')
      .limit(MOST_SERIES)
      .execute();
    const found = new Map<number, SeriesRecord>();
    for (const { id, document, key } of rows) {
      const series = JSON.parse(document) as SeriesRecord;
      if (series.state.evidence.some(({ messageId }) => messageId === key)) found.set(id, series);
    }
    return overlayShown(db, [...found.values()]);
  };
}
