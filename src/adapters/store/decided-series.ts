import type { StateName } from '../../digest/claims/claim.js';
import { wordsOf } from '../../digest/search/words.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import type { Db } from './schema.js';
import { searchRow } from './search-index.js';
import { setOf } from './sets.js';

const DECIDED: readonly StateName[] = ['applied', 'merged', 'superseded', 'rejected'];
/** Of the decided series of a window, how many of the newest are looked through, and how many are read. */
const MOST_HEADS = 5_000;
const MOST_SERIES = 500;

export interface DecidedSeries {
  readonly series: readonly SeriesRecord[];
  /** There are more than were looked through, or more of these people than were read. */
  readonly isCut: boolean;
}

/**
 * Reads what may have settled series of some people (addresses, lower case) that still wait: their decided series with mail since a moment (ISO
 * UTC), the newest first. The short rows by which series are ranked hold who wrote them.
 */
export function createDecidedReader(db: Db, mostHeads = MOST_HEADS, mostSeries = MOST_SERIES) {
  const heads = (since: string) =>
    db
      .selectFrom('series_head')
      .select(['row', 'people'])
      .where('row', '>=', searchRow(0, since))
      .where('state', 'in', [...DECIDED])
      .orderBy('row', 'desc')
      .limit(mostHeads + 1)
      .execute();
  const byRows = (rows: readonly number[]) =>
    db
      .selectFrom('series')
      .select('document')
      .where('search_row', 'in', setOf(db, rows))
      .orderBy('search_row', 'desc')
      .execute();
  return async (emails: Iterable<string>, since: string): Promise<DecidedSeries> => {
    const wrote = writersAmong(emails);
    if (wrote === null) return { series: [], isCut: false };
    const all = await heads(since);
    const own = all.slice(0, mostHeads).filter(({ people }) => wrote(people));
    const isCut = all.length > mostHeads || own.length > mostSeries;
    const rows = own.slice(0, mostSeries).map(({ row }) => row);
    const found = rows.length === 0 ? [] : await byRows(rows);
    return { series: found.map(({ document }) => JSON.parse(document) as SeriesRecord), isCut };
  };
}

/** Tells whether the people of a series, as words, may be one of these: all words of an address. null if there are none. */
function writersAmong(emails: Iterable<string>): ((people: string) => boolean) | null {
  const byFirst = new Map<string, string[][]>();
  for (const email of emails) {
    const [first, ...rest] = wordsOf(email);
    if (first === undefined) continue;
    const own = byFirst.get(first);
    if (own === undefined) byFirst.set(first, [rest]);
    else own.push(rest);
  }
  if (byFirst.size === 0) return null;
  return (people) => {
    const words = new Set(people.split(' '));
    return [...words].some((word) => byFirst.get(word)?.some((rest) => rest.every((one) => words.has(one))));
  };
}
