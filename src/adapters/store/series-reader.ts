import type { SeriesRecord } from '../../digest/series/record.js';
import { idsInQuery } from './ids-in-query.js';
import type { Db } from './schema.js';
import type { FoundBy, FoundRow, SearchIndex } from './search-sqlite.js';
import { titleKey } from './search-words.js';
import { setOf } from './sets.js';
import { overlayWritten } from './written-summaries.js';

/** A series that answers a question, and how: by an id, by its whole title, or as FoundBy says. */
export interface SeriesHit {
  readonly series: SeriesRecord;
  readonly by: 'id' | 'title' | FoundBy;
}

const MAX_HITS = 200;
const PAGE = 50;

/** Answers questions about series. */
export function createSeriesReader(db: Db, index: SearchIndex) {
  const byKey = (on: Db, keys: Iterable<string>) =>
    on.selectFrom('series').select('document').where('key', 'in', setOf(keys)).execute();
  const byTitle = (on: Db, v: { title: string; limit: number }) =>
    on
      .selectFrom('series')
      .select(['search_row', 'document'])
      .where('title_key', '=', v.title)
      .orderBy('search_row', 'desc')
      .limit(v.limit)
      .execute();
  const byRow = (on: Db, rows: Iterable<number>) =>
    on
      .selectFrom('series')
      .select(['search_row', 'document'])
      .where('search_row', 'in', setOf(rows))
      .execute();
  const byMessages = (on: Db, keys: Iterable<string>) =>
    on
      .selectFrom('message')
      .innerJoin('series', 'series.id', 'message.series_id')
      .select(['message.key', 'series.document'])
      .where('message.key', 'in', setOf(keys))
      .execute();
  const byIdStart = (on: Db, v: { from: string; to: string }) =>
    on
      .selectFrom('message')
      .innerJoin('series', 'series.id', 'message.series_id')
      .select(['series.search_row', 'series.document'])
      .where('message.key', '>=', v.from)
      .where('message.key', '<', v.to)
      .orderBy('message.key')
      .limit(20)
      .execute();
  const page = (on: Db, v: { after: number; limit: number }) =>
    on
      .selectFrom('series')
      .select(['id', 'document'])
      .where('id', '>', v.after)
      .orderBy('id')
      .limit(v.limit)
      .execute();

  const shown = (documents: readonly string[]): Promise<SeriesRecord[]> =>
    overlayWritten(
      db,
      documents.map((document) => JSON.parse(document) as SeriesRecord),
    );
  const first = async (rows: readonly { readonly document: string }[]): Promise<SeriesRecord | null> =>
    (await shown(rows.slice(0, 1).map((row) => row.document)))[0] ?? null;
  const byId = async (id: string) => first(await byKey(db, [id]));
  const byMessage = async (id: string) => first(await byMessages(db, [id]));

  /** What the question names outright: ids, links, a series' own id, the beginning of a Message-ID. */
  const named = async (query: string): Promise<SeriesRecord[]> => {
    const ids = idsInQuery(query);
    const rows = ids.length === 0 ? [] : await byMessages(db, ids);
    const order = new Map(ids.map((id, i) => [id, i]));
    rows.sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
    const found = rows.map((row) => row.document);
    const word = query.trim();
    if (/\s/.test(word) || word.length < 6 || word.length > 300) return shown([...new Set(found)]);
    found.push(...(await byKey(db, [word])).map((row) => row.document));
    if (found.length === 0 && word.length >= 10 && /\d/.test(word))
      found.push(
        ...(await byIdStart(db, { from: word, to: `${word}\u{10ffff}` })).map((row) => row.document),
      );
    return shown([...new Set(found)]);
  };

  const load = async (found: readonly FoundRow[]): Promise<SeriesHit[]> => {
    const rows = await byRow(
      db,
      found.map((hit) => hit.row),
    );
    const series = await shown(rows.map((row) => row.document));
    const byFound = new Map(rows.map((row, i) => [row.search_row, series[i]]));
    return found.flatMap(({ row, by }) => {
      const one = byFound.get(row);
      return one === undefined ? [] : [{ series: one, by }];
    });
  };

  const find = async (query: string, limit: number): Promise<SeriesHit[]> => {
    const most = bounded(limit);
    if (most === 0) return [];
    const hits = new Map<string, SeriesHit>();
    const take = (found: readonly SeriesHit[]) => {
      for (const hit of found) if (!hits.has(hit.series.id) && hits.size < most) hits.set(hit.series.id, hit);
    };
    take((await named(query)).map((series) => ({ series, by: 'id' })));
    // A question that names a message is not about its words.
    if (hits.size > 0) return [...hits.values()];
    const title = titleKey(query);
    if (title !== '') {
      const rows = await byTitle(db, { title, limit: most });
      const series = await shown(rows.map((row) => row.document));
      take(series.map((one) => ({ series: one, by: 'title' as const })));
    }
    // Whoever gives an address or a link knows what they want: no other is like it.
    const guess = /\s/.test(query.trim()) || idsInQuery(query).length === 0;
    if (hits.size < most) take(await load(await index.find(db, query, most, guess)));
    return [...hits.values()];
  };

  return {
    byId,
    byMessage,
    search: find,
    nearest: async (query: string, limit: number): Promise<SeriesHit[]> =>
      load(await index.findNear(db, query, bounded(limit))),
    async *all(): AsyncIterableIterator<SeriesRecord> {
      for (let after = 0; ; ) {
        const rows = await page(db, { after, limit: PAGE });
        yield* await shown(rows.map((row) => row.document));
        after = rows.at(-1)?.id ?? after;
        if (rows.length < PAGE) return;
      }
    },
  };
}

function bounded(limit: number): number {
  return Math.min(Math.max(0, Math.floor(limit)), MAX_HITS);
}
