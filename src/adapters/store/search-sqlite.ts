import { sql } from 'kysely';
import { activityOf, headOf, searchFields } from '../../digest/search/search-head.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import type { Db } from './schema.js';
import { learnWords } from './search-vocabulary.js';
import { insertRows, rowSet, setOf, updateRows } from './sets.js';

/**
 * Full text search on SQLite's FTS5: the one part of the store that each engine has of its own. It answers which series hold words, the newest
 * first; what is asked for, and in which order the answers come, is decided by search-stages.ts and digest/search.
 *
 * `series_heads` holds titles, people and facets, and finds words by their beginning; `series_words` all words of a series, patches included.
 */
export interface SearchIndex {
  /** The number of a series in the index: newer series have higher ones, so that the newest are found first and the search can stop early. */
  rowFor(id: number, updated: string | null): number;
  add(on: Db, series: readonly IndexedSeries[]): Promise<void>;
  remove(on: Db, rows: readonly number[]): Promise<void>;
  /** Of series whose words and rows are the same: how much happened to them. */
  setActivity(on: Db, series: readonly IndexedSeries[]): Promise<void>;
  /** Rows of `rowFor` that fulfil a request, the newest first. */
  matching(on: Db, request: MatchRequest, limit: number): Promise<number[]>;
}

interface IndexedSeries {
  /** As `rowFor` gave it. */
  readonly row: number;
  readonly record: SeriesRecord;
}

/** All of it must hold. */
export interface MatchRequest {
  /** Whether patches count too. */
  readonly scope: 'heads' | 'all';
  /** Each word as any of its alternatives. */
  readonly words: readonly (readonly Term[])[];
  /** Any of some words instead of each. */
  readonly any?: boolean;
  /** Any facet of each group. */
  readonly facets: readonly (readonly string[])[];
  /** Of each group, the words of any of its people. */
  readonly people: readonly (readonly (readonly Term[])[])[];
  /** Rows from here on; null: all. */
  readonly from: number | null;
  /** Rows before it; null: all. */
  readonly before: number | null;
}

export interface Term {
  readonly word: string;
  /** The word may go on. In `heads` alone: it costs too much elsewhere. */
  readonly isBeginning: boolean;
}

const MS_PER_HOUR = 3_600_000;
const WORDS = { rowid: 'value', words: 'value' } as const;
const HEADS = { rowid: 'value', title: 'value', people: 'value', facets: 'value' } as const;
const HEAD_ROWS = {
  row: 'value',
  key: 'value',
  version: 'value',
  title: 'value',
  people: 'value',
  updated: 'value',
  activity: 'value',
  state: 'value',
} as const;

export function createSearchIndex(): SearchIndex {
  return {
    rowFor(id, updated) {
      const time = updated === null ? 0 : Date.parse(updated);
      const hours = Number.isFinite(time)
        ? Math.min(Math.max(0, Math.floor(time / MS_PER_HOUR)), 2 ** 20 * 1.9)
        : 0;
      return Math.floor(hours) * 2 ** 32 + id;
    },
    async add(on, series) {
      if (series.length === 0) return;
      const found = series.map(({ row, record }) => ({ row, ...searchFields(record) }));
      await insertRows(
        on,
        'series_head',
        HEAD_ROWS,
        series.map(({ row, record }) => ({ row, ...headOf(record) })),
      );
      const heads = found.map(({ row, title, people, facets }) => ({
        rowid: row,
        title: title.join(' '),
        people: people.join(' '),
        facets: facets.join(' '),
      }));
      await sql`insert into series_heads (rowid, title, people, facets) select * from ${rowSet(HEADS, heads)}`.execute(
        on,
      );
      const wordsOf = found.map(({ row, title, people, patches, facets }) => ({
        row,
        words: [...new Set([...title, ...people, ...patches])],
        facets,
      }));
      const whole = wordsOf.map(({ row, words, facets }) => ({
        rowid: row,
        words: [...words, ...facets].join(' '),
      }));
      await sql`insert into series_words (rowid, words) select * from ${rowSet(WORDS, whole)}`.execute(on);
      await learnWords(on, new Set(wordsOf.flatMap(({ words }) => words)));
    },
    async remove(on, rows) {
      if (rows.length === 0) return;
      await sql`delete from series_words where rowid in ${setOf(rows)}`.execute(on);
      await sql`delete from series_heads where rowid in ${setOf(rows)}`.execute(on);
      await on.deleteFrom('series_head').where('row', 'in', setOf(rows)).execute();
    },
    setActivity: (on, series) =>
      updateRows(
        on,
        'series_head',
        'row',
        { row: 'value', activity: 'value', updated: 'value' },
        series.map(({ row, record }) => ({ row, activity: activityOf(record), updated: record.updated })),
      ),
    async matching(on, request, limit) {
      const table = sql.table(request.scope === 'heads' ? 'series_heads' : 'series_words');
      const match = matchOf(request);
      const { rows } = await (match === ''
        ? sql<{ found: number }>`
        select row as found from series_head where true ${rowBounds(request, 'row')} order by row desc limit ${limit}`
        : sql<{ found: number }>`
        select rowid as found from ${table} where ${table} match ${match} ${rowBounds(request, 'rowid')}
        order by rowid desc limit ${limit}`
      ).execute(on);
      return rows.map((row) => row.found);
    },
  };
}

function rowBounds({ from, before }: MatchRequest, column: 'row' | 'rowid') {
  const row = sql.ref(column);
  const least = from === null ? sql`` : sql`and ${row} >= ${from}`;
  return before === null ? least : sql`${least} and ${row} < ${before}`;
}

/** Words hold letters, digits and `_` alone, and facets signs beside, so that between quotes nothing of a request is syntax. */
function matchOf({ scope, words, any = false, facets, people }: MatchRequest): string {
  const inColumn = (columns: string, text: string) => (scope === 'heads' ? `${columns} : ${text}` : text);
  const alternatives = words.map((terms) => `(${terms.map(quoted).join(' OR ')})`);
  const clauses = [
    ...(words.length === 0
      ? []
      : [inColumn('{title people}', `(${alternatives.join(any ? ' OR ' : ' AND ')})`)]),
    ...facets.map((group) => inColumn('facets', `(${group.map((one) => `"${one}"`).join(' OR ')})`)),
    ...people.map((group) =>
      inColumn('people', `(${group.map((terms) => `(${terms.map(quoted).join(' AND ')})`).join(' OR ')})`),
    ),
  ];
  return clauses.join(' AND ');
}

function quoted({ word, isBeginning }: Term): string {
  return isBeginning ? `"${word}" *` : `"${word}"`;
}
