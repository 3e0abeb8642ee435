import { type FoundBy, type Ranked, rankSeries } from '../../digest/search/rank.js';
import { headOf, type SearchHead } from '../../digest/search/search-head.js';
import {
  hasFilters,
  NO_FILTERS,
  plainSearch,
  type SearchFilters,
  type SearchQuery,
  tellingWords,
} from '../../digest/search/search-query.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { idsInQuery } from './ids-in-query.js';
import type { Db } from './schema.js';
import type { SearchIndex } from './search-index.js';
import { findCandidates, MOST_CANDIDATES, openHeads, recentHeads, type Tries } from './search-stages.js';
import { setOf } from './sets.js';
import { overlayShown } from './shown-series.js';

/** A series that answers a question, and how: by an id, by its whole title, or as FoundBy says. */
export interface SeriesHit {
  readonly series: SeriesRecord;
  readonly by: 'id' | 'title' | FoundBy;
}

const PAGE = 50;
/** The most recently active series, of which the most active are chosen. */
const MOST_RECENT = 60;
/** If nothing has all the words, how many results with some are returned. */
const MOST_NEAR = 5;

/** A series by its name. */
export type SeriesTitle = Pick<SearchHead, 'key' | 'title' | 'version'>;

/** Where to begin among the hits, and how many to give. */
export interface HitRange {
  readonly limit: number;
  readonly offset?: number;
}

/** What a place follows, as far as the index knows it. */
export interface RecentOf {
  readonly subsystems: readonly string[];
  readonly lists: readonly string[];
  readonly authors: readonly string[];
}

/** Answers questions about series. */
export function createSeriesReader(db: Db, index: SearchIndex) {
  const byKey = (on: Db, keys: Iterable<string>) =>
    on.selectFrom('series').select('document').where('key', 'in', setOf(on, keys)).execute();
  const byRow = (on: Db, rows: Iterable<number>) =>
    on
      .selectFrom('series')
      .select(['search_row', 'document'])
      .where('search_row', 'in', setOf(on, rows))
      .execute();
  const byMessages = (on: Db, keys: Iterable<string>) =>
    on
      .selectFrom('message')
      .innerJoin('series', 'series.id', 'message.series_id')
      .select(['message.key', 'series.document'])
      .where('message.key', 'in', setOf(on, keys))
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
    overlayShown(
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

  const load = async (found: readonly Ranked[]): Promise<SeriesHit[]> => {
    if (found.length === 0) return [];
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

  const ranked = async (query: SearchQuery, { limit, offset = 0 }: HitRange, tries: Tries) => {
    const [from, to] = [bounded(offset), bounded(bounded(offset) + bounded(limit))];
    if (to === from) return [];
    const candidates = await findCandidates(db, index, query, { enough: to, tries });
    return rankSeries(query.text, tellingWords(query.text), candidates).slice(from, to);
  };

  /** Titles alone, in the order of `search`: reading whole series would take most of the time. */
  const titles = async (query: SearchQuery, limit: number): Promise<SeriesTitle[]> => {
    const ids = hasFilters(query.filters) ? [] : await named(query.text);
    if (ids.length > 0) return ids.slice(0, bounded(limit)).map(headOf);
    const found = await ranked(query, { limit }, hasFilters(query.filters) ? 'guesses' : 'guesses, some');
    return found[0]?.by.startsWith('some') ? found.slice(0, MOST_NEAR) : found;
  };

  const search = async (
    given: SearchQuery | string,
    limitOrRange: HitRange | number,
  ): Promise<SeriesHit[]> => {
    const query = typeof given === 'string' ? plainSearch(given) : given;
    const range = typeof limitOrRange === 'number' ? { limit: limitOrRange } : limitOrRange;
    const { limit, offset = 0 } = range;
    const ids = hasFilters(query.filters) ? [] : await named(query.text);
    // A query that names a message is not about its words.
    if (ids.length > 0)
      return ids.slice(offset, offset + bounded(limit)).map((series) => ({ series, by: 'id' as const }));
    // Who gives an address or a link knows what they want: no other is like it.
    const isAddress = !/\s/.test(query.text.trim()) && idsInQuery(query.text).length > 0;
    return load(await ranked(query, range, isAddress ? 'all words' : 'guesses'));
  };

  return {
    byId,
    byMessage,
    search,
    titles,
    nearest: async (query: string, limit: number): Promise<SeriesHit[]> =>
      load(await ranked(plainSearch(query), { limit }, 'some')),
    /** Newest and most active; of some subsystems, lists and authors, or of all. */
    async recent(of: RecentOf | null, limit: number): Promise<SeriesHit[]> {
      if (of === null)
        return load(
          rankSeries('', tellingWords(''), await recentHeads(db, MOST_RECENT)).slice(0, bounded(limit)),
        );
      const any = await Promise.all(
        (['subsystems', 'lists', 'authors'] as const).map((kind) =>
          of[kind].length === 0
            ? []
            : findCandidates(
                db,
                index,
                { text: '', filters: { ...NO_FILTERS, [kind]: [of[kind]] } },
                { enough: 1, tries: 'all words' },
              ),
        ),
      );
      const once = [...new Map(any.flat().map((one) => [one.row, one])).values()];
      return load(rankSeries('', tellingWords(''), once).slice(0, bounded(limit)));
    },
    /** The newest that wait for something and fulfil the filters. */
    async open(filters: SearchFilters, limit: number): Promise<SeriesRecord[]> {
      const heads = await openHeads(db, index, filters, limit);
      return (await load(heads)).map(({ series }) => series);
    },
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
  return Math.min(Math.max(0, Math.floor(limit)), MOST_CANDIDATES);
}
