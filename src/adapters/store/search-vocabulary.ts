import { type RawBuilder, sql } from 'kysely';
import { editDistance } from '../../digest/text/edit-distance.js';
import type { Db } from './schema.js';
import { rowSet, setOf } from './sets.js';

/** The distinct words of all series. Adds what is new of these. */
export async function learnWords(on: Db, words: Iterable<string>): Promise<void> {
  const { rows } = await sql<{ id: number; word: string }>`
    insert into word (word) select value from ${setOf(words)} where true on conflict do nothing returning id, word`.execute(
    on,
  );
  if (rows.length === 0) return;
  const given = rowSet({ id: 'value', word: 'value' }, rows);
  await sql`insert into word_parts (rowid, word) select id, word from ${given}`.execute(on);
}

/** Words of which this is a part, itself and the shortest first. */
export async function wordsContaining(on: Db, word: string, most: number): Promise<string[]> {
  const starting = await wordsOf(
    on,
    sql`select word from word where word >= ${word} and word < ${`${word}\u{10ffff}`} order by word limit 40`,
  );
  const inside = [...word].length < 3 ? [] : await wordsOf(on, partsMatching(`"${word}"`, sql`limit 200`));
  return [...new Set([...starting, ...inside])]
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .slice(0, most);
}

/** Words that this may be a slip for, the likest alone. */
export async function similarWords(on: Db, word: string): Promise<string[]> {
  const limit = allowedEdits(word.length);
  if (limit === 0) return [];
  const near = await nearWords(on, word);
  const scored = near.map((other) => ({ other, distance: editDistance(word, other, limit) }));
  const best = Math.min(limit, ...scored.map((entry) => entry.distance));
  return scored.filter((entry) => entry.distance <= best).map((entry) => entry.other);
}

async function nearWords(on: Db, word: string): Promise<string[]> {
  if (word.length <= 5)
    return wordsOf(on, sql`select word from word where word in ${setOf(neighbours(word))}`);
  const pieces = trigrams(word).map((piece) => `"${piece}"`);
  if (pieces.length === 0) return [];
  return wordsOf(on, partsMatching(pieces.join(' OR '), sql`order by rank limit 60`));
}

function partsMatching(match: string, rest: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select word.word from word_parts join word on word.id = word_parts.rowid where word_parts match ${match} ${rest}`;
}

async function wordsOf(on: Db, query: RawBuilder<unknown>): Promise<string[]> {
  return (await (query as RawBuilder<{ word: string }>).execute(on)).rows.map((row) => row.word);
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

/** The three-letter pieces of a word, each once. */
function trigrams(word: string): string[] {
  const letters = [...word];
  const found = new Set<string>();
  for (let i = 0; i + 3 <= letters.length; i++) found.add(letters.slice(i, i + 3).join(''));
  return [...found];
}
