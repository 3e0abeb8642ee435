import { type RawBuilder, sql } from 'kysely';
import { editDistance } from '../../digest/text/edit-distance.js';
import type { Db } from './schema.js';
import { rowSet, setOf } from './sets.js';
import { allowedEdits, neighbours, trigrams } from './similar-words.js';

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
