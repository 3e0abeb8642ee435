import { type ExpressionBuilder, sql } from 'kysely';
import type { SeriesRecord } from '../../digest/series/record.js';
import type { Db, Tables } from './schema.js';
import { setOf } from './sets.js';

/** Series read at a time. */
const PAGE = 500;

/** A pull request, and a series that it proves applied. */
export interface ListedInPull<R> {
  readonly request: R;
  /** series.id */
  readonly seriesId: number;
}

/** The condition that a mail is a pull request that lists patches; for statements over `message`. */
export function listsPatches(e: ExpressionBuilder<Tables, 'message'>) {
  return e.exists(e.selectFrom('pull_key').select('key').whereRef('pull_key.message_id', '=', 'message.id'));
}

/**
 * Reads which series are applied by some pull requests. These are no mail about the series, so that nothing else leads from one to the other: they are
 * found by the keys of the patches that a request lists. No statement for no request.
 */
export function createListedReader(db: Db) {
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
  return async <R extends { readonly id: number; readonly key: string }>(
    requests: readonly R[],
  ): Promise<ListedInPull<R>[]> => {
    if (requests.length === 0) return [];
    const ids = [...new Set(requests.map(({ id }) => id))];
    const found: ListedInPull<R>[] = [];
    for (let last = 0, isMore = true; isMore; ) {
      const page = await listed(ids, last);
      for (const { id, document } of page) {
        const { evidence } = (JSON.parse(document) as SeriesRecord).state;
        const proving = new Set(evidence.map(({ messageId }) => messageId));
        for (const request of requests) if (proving.has(request.key)) found.push({ request, seriesId: id });
      }
      isMore = page.length === PAGE;
      last = page.at(-1)?.id ?? last;
    }
    return found;
  };
}
