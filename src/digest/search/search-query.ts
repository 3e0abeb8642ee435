import type { StateName } from '../claims/claim.js';
import { isStale } from '../state/decide-state.js';
import { toIso } from '../time/iso.js';
import { facet, type SearchHead } from './search-head.js';
import { wordsOf } from './words.js';

/** Conditions in addition to the words; all must match, each by any of its values. */
export interface SearchFilters {
  /** Names or addresses, lower case. */
  readonly authors: readonly (readonly string[])[];
  readonly lists: readonly (readonly string[])[];
  readonly subsystems: readonly (readonly string[])[];
  readonly states: readonly (readonly StateName[])[];
  /** Mail about it was received since then, ISO UTC. */
  readonly since: string | null;
  /** The time by which staleness is judged, ISO UTC; null if no state is searched for. */
  readonly now: string | null;
}

/** What series are looked for by: words, ids or links as they were typed, and filters. */
export interface SearchQuery {
  readonly text: string;
  readonly filters: SearchFilters;
}

export const NO_FILTERS: SearchFilters = {
  authors: [],
  lists: [],
  subsystems: [],
  states: [],
  since: null,
  now: null,
};

/** Words without filters. */
export function plainSearch(text: string): SearchQuery {
  return { text, filters: NO_FILTERS };
}

export function hasFilters({ authors, lists, subsystems, states, since }: SearchFilters): boolean {
  return since !== null || [authors, lists, subsystems, states].some((clauses) => clauses.length > 0);
}

const MAX_WORDS = 8;
const MOST_FILLERS = 2;
/** Words in half of all titles: next to others they distinguish nothing, and cost the most. */
const FILLERS = new Set('a an and as at by for from in into is it of on or that the this to with'.split(' '));

/** The words that distinguish series, and whether the last of them may only be half typed. */
export interface TellingWords {
  readonly words: readonly string[];
  readonly isHalf: boolean;
}

/** If there are only fillers, a few of them. A last word with something typed after it, such as a blank, may still be the beginning of one. */
export function tellingWords(text: string): TellingWords {
  const all = [...new Set(wordsOf(text))];
  const telling = all.filter((word) => !FILLERS.has(word));
  const words = telling.length > 0 ? telling.slice(0, MAX_WORDS) : all.slice(0, MOST_FILLERS);
  return { words, isHalf: words.length > 0 && words.at(-1) === wordsOf(text).at(-1) };
}

/** States that end by what someone does next; `stale` is what they become in silence. */
export const WAITING: readonly StateName[] = ['new', 'under-review', 'changes-requested'];

/** The facets that a series needs, one of each group. What is stale is stored as what it was before. */
export function facetGroups({ lists, subsystems, states }: SearchFilters): readonly (readonly string[])[] {
  return [
    ...lists.map((group) => group.map((list) => facet('list', list))),
    ...subsystems.map((group) => group.map((slug) => facet('in', slug))),
    ...states.map((group) =>
      [...new Set(group.flatMap((state) => (state === 'stale' ? WAITING : [state])))].map((state) =>
        facet('state', state),
      ),
    ),
  ];
}

/** Whether a candidate really matches what the index only narrows: who wrote it, what is stale by now, and since when. */
export function passes(head: SearchHead, { authors, states, since, now }: SearchFilters): boolean {
  if (since !== null && (head.updated === null || head.updated < since)) return false;
  const state = now !== null && isStale(head.state, head.updated, now) ? 'stale' : head.state;
  if (!states.every((group) => group.includes(state))) return false;
  if (authors.length === 0) return true;
  const people = head.people.split(' ');
  return authors.every((group) =>
    group.some((who) => {
      const words = wordsOf(who);
      return words.every((word, i) =>
        people.some((one) => one === word || (i === words.length - 1 && one.startsWith(word))),
      );
    }),
  );
}

const STALE_MS = 90 * 86_400_000;

/** If only stale series are requested: the time before which their last mail was received; null if others are requested too. */
export function staleBefore({ states, now }: SearchFilters): string | null {
  const onlyStale = states.some((group) => group.every((state) => state === 'stale'));
  return onlyStale && now !== null ? toIso(Date.parse(now) - STALE_MS) : null;
}
