import type { SearchHead } from './search-head.js';
import type { TellingWords } from './search-query.js';
import { piecesOf, wordsOf } from './words.js';

/**
 * How a candidate was found, the best first: all words in its titles or people, in these and its patches; the same with parts of words, or
 * only similar words; and only some of the words.
 */
const FOUND_BY = [
  'words',
  'patches',
  'part',
  'part-patches',
  'similar',
  'similar-patches',
  'some',
  'some-patches',
] as const;
export type FoundBy = (typeof FOUND_BY)[number];

export interface Candidate extends SearchHead {
  /** Newer series have higher ones: the last resort of the order. */
  readonly row: number;
  readonly by: FoundBy;
}

/** A candidate in its place. `title`: the words are its whole title. */
export interface Ranked extends Pick<Candidate, 'row' | 'key' | 'title' | 'version'> {
  readonly by: FoundBy | 'title';
}

/** Places of the words in the title, the best first; then those that are not all there. */
const WHOLE = 0;
const BEGINNING = 1;
const TOGETHER = 2;
const ANYWHERE = 3;
const ELSEWHERE = 4;

/**
 * The one order of series for a query, in chats, in their suggestions and on the command line. First how it was found, then where in its own
 * title the words are: all of it, its beginning (or what follows a `subsystem:`), next to each other, anywhere. Among equals a last word that is
 * whole comes before one that is half typed, then the newest and most active.
 */
export function rankSeries(
  text: string,
  telling: TellingWords,
  candidates: readonly Candidate[],
): readonly Ranked[] {
  const typed = piecesIn(wordsOf(text));
  const scored = candidates.map((candidate) => {
    const title = readTitle(candidate.title);
    const place = candidate.by === 'words' ? placeIn(title, typed, telling) : ELSEWHERE;
    const keys = [
      FOUND_BY.indexOf(candidate.by),
      place,
      -wordsIn(title, place, telling),
      telling.isHalf && !title.words.includes(telling.words.at(-1) ?? '') ? 1 : 0,
      -heat(candidate),
      -candidate.row,
    ];
    return { candidate, place, keys };
  });
  scored.sort((a, b) => compare(a.keys, b.keys));
  return scored.map(({ candidate, place }) => ({
    row: candidate.row,
    key: candidate.key,
    title: candidate.title,
    version: candidate.version,
    by: place === WHOLE ? 'title' : candidate.by,
  }));
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, key] of a.entries()) {
    const difference = key - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const DAY_MS = 86_400_000;
/** Twice the activity counts as much as being this many days newer. */
const DAYS_A_DOUBLING = 20;

/** Newest and most active: the day of the last mail, moved later by the amount of activity. */
export function heat({ updated, activity }: Pick<SearchHead, 'updated' | 'activity'>): number {
  const ms = updated === null ? 0 : Date.parse(updated);
  const days = Number.isFinite(ms) ? ms / DAY_MS : 0;
  return Math.round(days + DAYS_A_DOUBLING * Math.log2(1 + activity));
}

interface Title {
  /** Its words, and the pieces of those with `_`. */
  readonly words: readonly string[];
  readonly pieces: readonly string[];
  /** Where in `pieces` a part of it begins: the first, and what follows a colon. */
  readonly beginnings: readonly number[];
}

function readTitle(title: string): Title {
  const pieces: string[] = [];
  const beginnings: number[] = [];
  const joined: string[] = [];
  for (const part of title.split(/:(?=\s|$)/)) {
    beginnings.push(pieces.length);
    for (const word of wordsOf(part)) {
      if (word.includes('_')) joined.push(word);
      pieces.push(...piecesOf(word));
    }
  }
  return { words: [...pieces, ...joined], pieces, beginnings };
}

function piecesIn(words: readonly string[]): string[] {
  return words.flatMap(piecesOf);
}

function placeIn(title: Title, typed: readonly string[], { words, isHalf }: TellingWords): number {
  if (typed.length === title.pieces.length && typed.every((piece, i) => piece === title.pieces[i]))
    return WHOLE;
  const last = words.length - 1;
  const all = words.every((word, i) =>
    title.words.some((one) => one === word || (isHalf && i === last && one.startsWith(word))),
  );
  if (!all) return ELSEWHERE;
  // A single word says nothing about the beginning: people may remember any word.
  if (typed.length < 2) return ANYWHERE;
  if (title.beginnings.some((at) => runsFrom(title.pieces, at, typed))) return BEGINNING;
  return title.pieces.some((_, at) => runsFrom(title.pieces, at, typed)) ? TOGETHER : ANYWHERE;
}

/** How many of the words are in a title, if only as parts of others. */
function wordsIn(title: Title, place: number, { words }: TellingWords): number {
  if (place > WHOLE && place < ELSEWHERE) return words.length;
  return words.filter((word) => title.words.some((one) => one.includes(word))).length;
}

/** Whether what was typed is there piece by piece from one on, the last perhaps only begun. */
function runsFrom(pieces: readonly string[], at: number, typed: readonly string[]): boolean {
  const last = typed.length - 1;
  return typed.every((piece, i) => {
    const there = pieces[at + i];
    return there !== undefined && (there === piece || (i === last && there.startsWith(piece)));
  });
}
