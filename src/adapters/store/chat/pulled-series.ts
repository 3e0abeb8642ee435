import { sql } from 'kysely';
import type { SeriesRecord } from '../../../digest/series/record.js';
import type { Db } from '../schema.js';
import { setOf } from '../sets.js';
import { overlayShown } from '../shown-series.js';

/** Series read at a time. */
const PAGE = 500;

/**
 * Reads the series that are applied by pull requests of which a copy has a seq in (after, upTo]. No mail about them arrived: they are found by the keys of
 * the patches that a request lists. One statement where nothing was requested.
 */
export function createPulledReader(db: Db) {
  const requests = (after: number, upTo: number) =>
    db
      .selectFrom('copy')
      .innerJoin('message', 'message.id', 'copy.message_id')
      .select(['message.id', 'message.key'])
      .distinct()
      .where('copy.seq', '>', after)
      .where('copy.seq', '<=', upTo)
      .where((e) =>
        e.exists(e.selectFrom('pull_key').select('key').whereRef('pull_key.message_id', '=', 'message.id')),
      )
      .execute();
  const listed = (ids: readonly number[], last: number) =>
    db
      .selectFrom('series')
      .select(['series.id', 'series.document'])
      .where('series.id', 'in', (e) =>
        e
          .selectFrom('pull_key')
          .innerJoin('link_key', 'link_key.key', 'pull_key.key')
          .leftJoin('link_alias', 'link_alias.component', 'link_key.component')
          .innerJoin('revision', (join) =>
            join.on(
              sql<boolean>`revision.component = coalesce(link_alias.into_component, link_key.component)`,
            ),
          )
          .select((of) => of.ref('revision.series_id').$notNull().as('id'))
          .where('pull_key.message_id', 'in', setOf(db, ids)),
      )
      .where('series.id', '>', last)
      .orderBy('series.id')
      .limit(PAGE)
      .execute();
  return async (after: number, upTo: number): Promise<readonly SeriesRecord[]> => {
    const asked = await requests(after, upTo);
    if (asked.length === 0) return [];
    const keys = new Set<string | null>(asked.map(({ key }) => key));
    const ids = asked.map(({ id }) => id);
    const found: SeriesRecord[] = [];
    for (let last = 0, isMore = true; isMore; ) {
      const page = await listed(ids, last);
      for (const { document } of page) {
        const series = JSON.parse(document) as SeriesRecord;
        if (series.state.evidence.some(({ messageId }) => keys.has(messageId))) found.push(series);
      }
      isMore = page.length === PAGE;
      last = page.at(-1)?.id ?? last;
    }
    return overlayShown(db, found);
  };
}
