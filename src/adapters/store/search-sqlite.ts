import { sql } from 'kysely';
import type { SeriesRecord } from '../../digest/series/record.js';
import type { Db } from './schema.js';
import { learnWords, similarWords, wordsContaining } from './search-vocabulary.js';
import { searchFields, wordsOf } from './search-words.js';
import { rowSet, setOf } from './sets.js';

/**
 * Full text search on SQLite's FTS5: the one part of the store that each engine has of its own.
 *
 * Questions are answered from whole words. Parts of words and typos are first looked up among the distinct words, which are
 * few, and then asked for as whole words; so a question costs about the same whatever it holds.
 */
export interface SearchIndex {
  /** The number of a series in the index: newer series have higher ones, so that the newest are found first and the search can stop early. */
  rowFor(id: number, updated: string | null): number;
  add(on: Db, series: readonly IndexedSeries[]): Promise<void>;
  remove(on: Db, rows: readonly number[]): Promise<void>;
  /** Rows of `rowFor`, best first. Parts of words and typos are tried where `guess` says so. */
  find(on: Db, query: string, limit: number, guess: boolean): Promise<FoundRow[]>;
  /** Where nothing holds all the words: series that hold some of them. */
  findNear(on: Db, query: string, limit: number): Promise<FoundRow[]>;
}

interface IndexedSeries {
  /** As `rowFor` gave it. */
  readonly row: number;
  readonly record: SeriesRecord;
}

/** How a series answers a question: the words are in its titles or people, in its patches, in parts of words, or only alike. */
export type FoundBy = 'words' | 'patches' | 'part' | 'similar' | 'some';

export interface FoundRow {
  readonly row: number;
  readonly by: FoundBy;
}

const MAX_QUERY_WORDS = 8;
/** Other words that one word of a question may stand for. */
const MAX_ALTERNATIVES = 40;
const LEAST_ALTERNATIVES = 8;
const HEADLINE = '{title people} : ';
/** A word in so many series is a common one: going through all of them takes longer than reading the few that hold the rare words. */
const COMMON = 3_000;
/** So many are read at most: the largest documents take a millisecond each. */
const MOST_READ = 20;
const MS_PER_HOUR = 3_600_000;
const WORDS = { rowid: 'value', title: 'value', people: 'value', patches: 'value' } as const;

/** `common`: a word in so many series is looked for in documents, where rarer ones stand beside it. */
export function createSearchIndex(common = COMMON): SearchIndex {
  const rowsMatching = async (on: Db, match: string, limit: number): Promise<number[]> => {
    const { rows } = await sql<{ found: number }>`
      select rowid as found from series_words where series_words match ${match} order by rowid desc limit ${limit}`.execute(
      on,
    );
    return rows.map((row) => row.found);
  };

  const documents = (on: Db, rows: Iterable<number>) =>
    on
      .selectFrom('series')
      .select(['search_row', 'document'])
      .where('search_row', 'in', setOf(rows))
      .execute();

  /** Rows that hold all of the words, the newest first: those with the rare words are looked at for the common ones. */
  const rowsOfAll = async (
    on: Db,
    words: readonly string[],
    scope: string,
    limit: number,
  ): Promise<number[]> => {
    const whole = () => rowsMatching(on, scope + allOf(words.map((word) => [word])), limit);
    if (words.length < 2) return whole();
    const [rare, others]: [string[], string[]] = [[], []];
    for (const word of words) {
      ((await countSome(on, `${scope}"${word}"`, common)) < common ? rare : others).push(word);
    }
    if (rare.length === 0 || others.length === 0) return whole();
    const found = await rowsMatching(on, scope + allOf(rare.map((word) => [word])), MOST_READ + 1);
    if (found.length > MOST_READ) return whole();
    const held = new Map(
      (await documents(on, found)).map(({ search_row: row, document }) => {
        const { title, people, patches } = searchFields(JSON.parse(document) as SeriesRecord);
        return [row, new Set([...title, ...people, ...(scope === '' ? patches : [])])];
      }),
    );
    return found.filter((row) => others.every((word) => held.get(row)?.has(word) === true)).slice(0, limit);
  };

  const collect = async (on: Db, tries: readonly Try[], limit: number): Promise<FoundRow[]> => {
    const found = new Map<number, FoundRow>();
    for (const next of tries) {
      if (found.size >= limit) break;
      const asked = await next();
      if (asked === null || (asked.by === 'similar' && found.size > 0)) continue;
      const rows = 'match' in asked ? await rowsMatching(on, asked.match, limit) : await asked.rows(limit);
      for (const row of rows) if (!found.has(row)) found.set(row, { row, by: asked.by });
    }
    return [...found.values()].slice(0, limit);
  };

  return {
    rowFor(id, updated) {
      const time = updated === null ? 0 : Date.parse(updated);
      const hours = Number.isFinite(time)
        ? Math.min(Math.max(0, Math.floor(time / MS_PER_HOUR)), 2 ** 20 * 1.9)
        : 0;
      return Math.floor(hours) * 2 ** 32 + id;
    },
    async add(on, series) {
      const found = series.map(({ row, record }) => ({ row, ...searchFields(record) }));
      const rows = found.map(({ row, title, people, patches }) => ({
        rowid: row,
        title: title.join(' '),
        people: people.join(' '),
        patches: patches.join(' '),
      }));
      if (rows.length === 0) return;
      await sql`insert into series_words (rowid, title, people, patches) select * from ${rowSet(WORDS, rows)}`.execute(
        on,
      );
      await learnWords(
        on,
        new Set(found.flatMap(({ title, people, patches }) => [...title, ...people, ...patches])),
      );
    },
    async remove(on, rows) {
      if (rows.length > 0) await sql`delete from series_words where rowid in ${setOf(rows)}`.execute(on);
    },
    async find(on, query, limit, guess) {
      const words = tellingWords(query);
      if (words.length === 0) return [];
      // Every alternative is one more list to merge: many words get fewer each.
      const most = Math.max(LEAST_ALTERNATIVES, Math.floor(MAX_ALTERNATIVES / words.length));
      const parts = once(async () => Promise.all(words.map((word) => wordsContaining(on, word, most))));
      const alike = once(async () => {
        const known = await parts();
        return Promise.all(
          words.map(async (word, i) => {
            const found = known[i] ?? [];
            return found.length > 0 ? found : similarWords(on, word);
          }),
        );
      });
      const exact: Try[] = [
        async () => ({ by: 'words', rows: (most) => rowsOfAll(on, words, HEADLINE, most) }),
        async () => ({ by: 'patches', rows: (most) => rowsOfAll(on, words, '', most) }),
      ];
      const guesses: Try[] = [
        async () => complete(await parts(), 'part', HEADLINE),
        async () => complete(await parts(), 'part', ''),
        async () => complete(await alike(), 'similar', HEADLINE),
        async () => complete(await alike(), 'similar', ''),
      ];
      return collect(on, guess ? [...exact, ...guesses] : exact, limit);
    },
    async findNear(on, query, limit) {
      const words = tellingWords(query);
      const alternatives: string[] = [];
      for (const word of words) {
        const known = await wordsContaining(on, word, LEAST_ALTERNATIVES);
        alternatives.push(...(known.length > 0 ? known : await similarWords(on, word)));
      }
      if (alternatives.length === 0) return [];
      const any = anyOf(alternatives);
      const tries: Try[] = [
        async () => ({ by: 'some', match: HEADLINE + any }),
        async () => ({ by: 'some', match: any }),
      ];
      return collect(on, tries, limit);
    },
  };
}

/** One way to answer a question, tried when those before it found too little; null where it can find nothing. */
type Try = () => Promise<
  | { readonly by: FoundBy; readonly match: string }
  | { readonly by: FoundBy; readonly rows: (limit: number) => Promise<number[]> }
  | null
>;

/** Words that stand in half of all titles: asked for beside others they tell nothing, and cost most. */
const FILLERS = new Set('a an and as at by for from in into is it of on or that the this to with'.split(' '));
const MOST_FILLERS = 2;

/** The words of a question that tell series apart; where there are fillers alone, a few of those. */
function tellingWords(query: string): string[] {
  const words = [...new Set(wordsOf(query))];
  const telling = words.filter((word) => !FILLERS.has(word));
  return telling.length > 0 ? telling.slice(0, MAX_QUERY_WORDS) : words.slice(0, MOST_FILLERS);
}

/** In how many series it is, counted up to a number. */
async function countSome(on: Db, match: string, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from series_words where series_words match ${match} limit ${most})`.execute(
    on,
  );
  return rows[0]?.n ?? 0;
}

function complete(
  alternatives: readonly (readonly string[])[],
  by: FoundBy,
  scope: string,
): { by: FoundBy; match: string } | null {
  return alternatives.some((words) => words.length === 0) ? null : { by, match: scope + allOf(alternatives) };
}

/** Words hold letters, digits and `_` alone, so that between quotes nothing of a question is syntax. */
function allOf(alternatives: readonly (readonly string[])[]): string {
  return `(${alternatives.map(anyOf).join(' AND ')})`;
}

function anyOf(words: readonly string[]): string {
  return `(${words.map((word) => `"${word}"`).join(' OR ')})`;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
