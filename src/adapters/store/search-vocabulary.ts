import type { TellingWords } from '../../digest/search/search-query.js';
import { editDistance } from '../../digest/text/edit-distance.js';
import type { Db } from './schema.js';
import type { SearchIndex } from './search-index.js';
import { setOf } from './sets.js';

/** How many of the words that begin with a word are checked. */
export const MOST_BEGINNING = 40;

/** The distinct words of all series: which of them a word of a question may stand for. */
export type Vocabulary = Pick<SearchIndex, 'wordsWith' | 'wordsLike'>;

/** What the words of a query may mean, each looked up once and only if a stage needs it. */
export interface WordReadings {
  /** Words that begin as a half typed last word does. */
  readonly begun: () => Promise<string[]>;
  /** Of each word those that contain it. */
  readonly containing: () => Promise<string[][]>;
  /** Of each word those that contain it, else those that it may be a slip for. */
  readonly alike: () => Promise<string[][]>;
}

/** `most`: how many other words each may mean; `known`: whether a word that exists means only itself. */
export function readingsOf(
  on: Db,
  index: Vocabulary,
  { words, isHalf }: TellingWords,
  { most, known: asKnown }: { readonly most: number; readonly known: boolean },
): WordReadings {
  const begun = once(() => (isHalf ? wordsBeginning(on, words.at(-1) ?? '', MOST_BEGINNING) : []));
  const containing = once(async () => {
    const known = asKnown ? await knownWords(on, words) : new Set<string>();
    return Promise.all(
      words.map((word) => (known.has(word) ? [word] : wordsContaining(on, index, word, most))),
    );
  });
  const alike = once(async () => {
    const known = await containing();
    return Promise.all(
      words.map(async (word, i) => {
        const parts = known[i] ?? [];
        return parts.length > 0 ? parts : similarWords(on, index, word);
      }),
    );
  });
  return { begun, containing, alike };
}

/** Words that begin so, itself among them, in their order. */
async function wordsBeginning(on: Db, word: string, most: number): Promise<string[]> {
  const rows = await on
    .selectFrom('word')
    .select('word')
    .where('word', '>=', word)
    .where('word', '<', `${word}\u{10ffff}`)
    .orderBy('word')
    .limit(most)
    .execute();
  return rows.map((row) => row.word);
}

/** Words of which this is a part, itself and the shortest first. */
async function wordsContaining(on: Db, words: Vocabulary, word: string, most: number): Promise<string[]> {
  const beginning = await wordsBeginning(on, word, MOST_BEGINNING);
  const inside = [...word].length < 3 ? [] : await words.wordsWith(on, word, 200);
  return shortestFirst(new Set([...beginning, ...inside])).slice(0, most);
}

export function shortestFirst(words: Iterable<string>): string[] {
  return [...words].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** Those of some words that any series has. */
async function knownWords(on: Db, words: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await on.selectFrom('word').select('word').where('word', 'in', setOf(on, words)).execute();
  return new Set(rows.map((row) => row.word));
}

/** Words that this may be a slip for, the likest alone. */
async function similarWords(on: Db, words: Vocabulary, word: string): Promise<string[]> {
  const limit = allowedEdits(word.length);
  if (limit === 0) return [];
  const near = await nearWords(on, words, word);
  const scored = near.map((other) => ({ other, distance: editDistance(word, other, limit) }));
  const best = Math.min(limit, ...scored.map((entry) => entry.distance));
  return scored
    .filter((entry) => entry.distance <= best)
    .map((entry) => entry.other)
    .sort((a, b) => Math.abs(a.length - word.length) - Math.abs(b.length - word.length) || (a < b ? -1 : 1));
}

async function nearWords(on: Db, words: Vocabulary, word: string): Promise<string[]> {
  if (word.length > 5) return words.wordsLike(on, word, 60);
  const rows = await on
    .selectFrom('word')
    .select('word')
    .where('word', 'in', setOf(on, neighbours(word)))
    .orderBy('word')
    .execute();
  return rows.map((row) => row.word);
}

/** How many slips of the finger a word of this length may hold. */
function allowedEdits(length: number): number {
  if (length < 3) return 0;
  return length <= 5 ? 1 : 2;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789_';

/** All words one edit away; for short words alone, which have too few trigrams in common with their like. */
function neighbours(word: string): string[] {
  const found = new Set<string>();
  for (let i = 0; i <= word.length; i++) {
    const [head, tail] = [word.slice(0, i), word.slice(i)];
    if (tail !== '') found.add(head + tail.slice(1));
    if (tail.length > 1) found.add(`${head}${tail[1]}${tail[0]}${tail.slice(2)}`);
    for (const letter of LETTERS) {
      found.add(head + letter + tail);
      if (tail !== '') found.add(head + letter + tail.slice(1));
    }
  }
  found.delete(word);
  found.delete('');
  return [...found];
}

function once<T>(make: () => Promise<T> | T): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= Promise.resolve(make());
    return made;
  };
}
