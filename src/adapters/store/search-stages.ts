import type { Candidate, FoundBy } from '../../digest/search/rank.js';
import {
  facetGroups,
  hasFilters,
  passes,
  type SearchFilters,
  type SearchQuery,
  staleBefore,
  type TellingWords,
  tellingWords,
  WAITING,
} from '../../digest/search/search-query.js';
import { titleKey, wordsOf } from '../../digest/search/words.js';
import type { Db } from './schema.js';
import { type MatchRequest, type SearchIndex, searchRow, type Term } from './search-index.js';
import { MOST_BEGINNING, readingsOf, shortestFirst, type WordReadings } from './search-vocabulary.js';
import { setOf } from './sets.js';

/** How many of the newest matches of each stage are ranked: no one would read more, and they cost milliseconds. */
export const MOST_CANDIDATES = 100;
/** Titles that begin as typed, before the newest of them are taken. */
const MOST_BEGINNINGS = 2_000;
/** Other words that one word of a query may mean. */
const MAX_ALTERNATIVES = 40;
const LEAST_ALTERNATIVES = 6;
/**
 * With more words than this, titles are not searched separately from patches, as ranking puts them first anyway, and a word that exists
 * means no other.
 */
const MOST_LOOKED_UP_APART = 3;

/** The candidates for a query, stage by stage: each stage is searched only if the previous ones found too little. */
export async function findCandidates(
  on: Db,
  index: SearchIndex,
  query: SearchQuery,
  { enough, tries }: { readonly enough: number; readonly tries: Tries },
): Promise<Candidate[]> {
  const telling = tellingWords(query.text);
  if (telling.words.length === 0 && !hasFilters(query.filters)) return [];
  const filters = requestOf(query);
  const found = new Map<number, FoundBy>();
  for (const { by, ask } of stagesOf(on, index, query, telling, tries)) {
    if (found.size >= enough) break;
    const [best] = found.values();
    if (best !== undefined && isLastResort(by, best)) continue;
    const matches = await ask();
    if (matches === null) continue;
    const rows =
      'rows' in matches
        ? matches.rows
        : await index.matching(on, { ...filters, ...matches }, MOST_CANDIDATES);
    for (const row of rows) if (!found.has(row)) found.set(row, by);
  }
  return (await headsOf(on, found)).filter((head) => passes(head, query.filters));
}

/** The newest series that wait for something and fulfil the filters; those that went stale are among them. */
export async function openHeads(
  on: Db,
  index: SearchIndex,
  filters: SearchFilters,
  limit: number,
): Promise<Candidate[]> {
  const open: SearchFilters = { ...filters, states: [...filters.states, WAITING], now: null };
  const request = requestOf({ text: '', filters: open });
  const rows = await index.matching(on, { ...request, scope: 'heads', words: [] }, limit);
  const found = new Map<number, FoundBy>(rows.map((row) => [row, 'words']));
  return (await headsOf(on, found)).filter((head) => passes(head, open));
}

/** Typos are looked for where nothing is there as typed, and some of the words where all of them never are together. */
function isLastResort(by: FoundBy, best: FoundBy): boolean {
  return by.startsWith('similar') || (by.startsWith('some') && !best.startsWith('some'));
}

/** The part of a request that comes from filters. */
function requestOf({ filters }: SearchQuery): Omit<MatchRequest, 'scope' | 'words'> {
  const stale = staleBefore(filters);
  return {
    facets: facetGroups(filters),
    people: filters.authors
      .map((group) => group.map(wordsOf).filter((words) => words.length > 0))
      .filter((group) => group.length > 0)
      .map((group) =>
        group.map((words) => words.map((word, i) => ({ word, isBeginning: i === words.length - 1 }))),
      ),
    from: filters.since === null ? null : searchRow(0, filters.since),
    // The row holds the hour: the rest of it is looked at in the head.
    before: stale === null ? null : searchRow(0, stale) + 2 ** 32,
  };
}

async function headsOf(on: Db, found: ReadonlyMap<number, FoundBy>): Promise<Candidate[]> {
  if (found.size === 0) return [];
  const rows = await on
    .selectFrom('series_head')
    .selectAll()
    .where('row', 'in', setOf(on, found.keys()))
    .execute();
  return rows.map((head) => ({ ...head, by: found.get(head.row) ?? 'some-patches' }));
}

/** The series that were heard of last. */
export async function recentHeads(on: Db, limit: number): Promise<Candidate[]> {
  const rows = await on.selectFrom('series_head').selectAll().orderBy('row', 'desc').limit(limit).execute();
  return rows.map((head) => ({ ...head, by: 'words' }));
}

/** All words as typed; then as parts of words and as typos too; then any of them; or any of them from the start. */
export type Tries = 'all words' | 'guesses' | 'guesses, some' | 'some';

type Stage = {
  readonly by: FoundBy;
  readonly ask: () => Promise<
    Pick<MatchRequest, 'scope' | 'words' | 'any'> | { readonly rows: readonly number[] } | null
  >;
};

/** How the words of a query are looked for. */
interface StageQuery {
  readonly on: Db;
  readonly query: SearchQuery;
  readonly words: readonly string[];
  /** The most other words that each word may mean. */
  readonly most: number;
  readonly read: WordReadings;
}

/**
 * The stages in which a query is looked for. Each finds whole words: parts of words and typos are first looked up among the distinct words,
 * which are few; so every query costs about the same.
 */
function stagesOf(
  on: Db,
  index: SearchIndex,
  query: SearchQuery,
  telling: TellingWords,
  tries: Tries,
): readonly Stage[] {
  const { words } = telling;
  const most = Math.max(LEAST_ALTERNATIVES, Math.floor(MAX_ALTERNATIVES / Math.max(1, words.length)));
  const stageQuery: StageQuery = {
    on,
    query,
    words,
    most,
    read: readingsOf(on, index, telling, { most, known: telling.words.length > MOST_LOOKED_UP_APART }),
  };
  if (tries === 'some') return someStages(stageQuery);
  const exact = exactStages(stageQuery);
  if (tries === 'all words') return exact;
  const guesses = [...exact, ...guessStages(stageQuery)];
  return tries === 'guesses' ? guesses : [...guesses, ...someStages(stageQuery)];
}

/** All words as typed, the last perhaps begun: titles before patches. */
function exactStages({ on, query, words, most, read }: StageQuery): readonly Stage[] {
  return [
    { by: 'words', ask: async () => ({ rows: await beginningSo(on, query) }) },
    {
      by: 'words',
      ask: async () => ({
        scope: 'heads',
        words: [
          ...words.slice(0, -1).map((word) => wholeTerms([word])),
          ...lastTerms(words, await read.begun()),
        ],
      }),
    },
    {
      by: 'patches',
      ask: async () => {
        if (words.length === 0) return null;
        const ends = new Set([words.at(-1) ?? '', ...shortestFirst(await read.begun()).slice(0, most)]);
        return {
          scope: 'all',
          words: [...words.slice(0, -1).map((word) => [word]), [...ends]].map(wholeTerms),
        };
      },
    },
  ];
}

/** All words as parts of others, then as slips. */
function guessStages({ words, read }: StageQuery): readonly Stage[] {
  const of = (by: FoundBy, scope: MatchRequest['scope'], alternatives: () => Promise<string[][]>): Stage => ({
    by,
    ask: async () => {
      const found = await alternatives();
      const isComplete = found.length > 0 && found.every((one) => one.length > 0);
      // Words that mean only themselves were already searched for.
      const isNew = found.some((one, i) => one.some((word) => word !== words[i]));
      return isComplete && isNew ? { scope, words: found.map(wholeTerms) } : null;
    },
  });
  // Where every word is a part of others, nothing is left to be a typo.
  const misspelt = async () =>
    (await read.containing()).some((parts) => parts.length === 0) ? read.alike() : [];
  const isApart = words.length <= MOST_LOOKED_UP_APART;
  return [
    ...(isApart ? [of('part', 'heads', read.containing)] : []),
    of('part-patches', 'all', read.containing),
    ...(isApart ? [of('similar', 'heads', misspelt)] : []),
    of('similar-patches', 'all', misspelt),
  ];
}

/** Any of the words, or what they may mean. */
function someStages({ read }: StageQuery): readonly Stage[] {
  const of = (by: FoundBy, scope: MatchRequest['scope']): Stage => ({
    by,
    ask: async () => {
      const found = (await read.alike())
        .map((one) => one.slice(0, LEAST_ALTERNATIVES))
        .filter((one) => one.length > 0);
      return found.length === 0 ? null : { scope, words: found.map(wholeTerms), any: true };
    },
  });
  return [of('some', 'heads'), of('some-patches', 'all')];
}

/** The last word and all words that begin with it: listed if they are few, because an index reads every match of a prefix before it can stop. */
function lastTerms(words: readonly string[], begun: readonly string[]): Term[][] {
  const word = words.at(-1);
  if (word === undefined) return [];
  if (begun.length < MOST_BEGINNING) return [wholeTerms([...new Set([word, ...begun])])];
  return [[{ word, isBeginning: true }]];
}

function wholeTerms(words: readonly string[]): Term[] {
  return words.map((word) => ({ word, isBeginning: false }));
}

/** Series whose title is what was typed, or begins so. One word alone is not taken for a beginning. */
async function beginningSo(on: Db, { text, filters }: SearchQuery): Promise<number[]> {
  const title = titleKey(text);
  if (title === '' || hasFilters(filters)) return [];
  const rows = await on
    .selectFrom((from) =>
      from
        .selectFrom('series')
        .select('search_row')
        .where('title_key', '>=', title)
        .where(
          'title_key',
          title.includes(' ') ? '<' : '<=',
          title.includes(' ') ? `${title}\u{10ffff}` : title,
        )
        .orderBy('title_key')
        .limit(MOST_BEGINNINGS)
        .as('begun'),
    )
    .select('search_row')
    .orderBy('search_row', 'desc')
    .limit(MOST_CANDIDATES)
    .execute();
  return rows.map((row) => row.search_row);
}
