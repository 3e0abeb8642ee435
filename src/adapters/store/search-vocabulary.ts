import { editDistance } from '../../digest/text/edit-distance.js';
import type { Db } from './schema.js';
import { allowedEdits, neighbours, trigrams } from './similar-words.js';
import { executeText, type Runner, statementIn } from './statement.js';

const MAX_REMEMBERED_WORDS = 50_000;
const PARTS =
  'select word.word from word_parts join word on word.id = word_parts.rowid where word_parts match ? limit ?';
const RANKED_PARTS =
  'select word.word from word_parts join word on word.id = word_parts.rowid where word_parts match ? order by rank limit ?';

/** The distinct words of all series. */
export function createVocabulary(db: Db) {
  const remembered = new Set<string>();
  const known = statementIn((words: string[]) =>
    db.selectFrom('word').select('word').where('word', 'in', words),
  );
  const rows = async (on: Runner, text: string, ...values: unknown[]): Promise<string[]> =>
    (await ask<{ word: string }>(on, text, ...values)).map((row) => row.word);
  return {
    /** Adds what is new of these words. */
    async learn(on: Runner, words: readonly string[]): Promise<void> {
      const fresh = words.filter((word) => !remembered.has(word));
      if (fresh.length === 0) return;
      const here = new Set((await known(on, fresh)).map((row) => row.word));
      const [last] = await ask<{ id: number }>(on, 'select id from word order by id desc limit 1');
      let next = (last?.id ?? 0) + 1;
      for (const word of fresh) {
        if (remembered.size >= MAX_REMEMBERED_WORDS) remembered.clear();
        remembered.add(word);
        if (here.has(word)) continue;
        await ask(on, 'insert into word (id, word) values (?, ?)', next, word);
        await ask(on, 'insert into word_parts (rowid, word) values (?, ?)', next++, word);
      }
    },
    /** After a transaction was rolled back. */
    forget: () => remembered.clear(),
    /** Words of which this is a part, itself and the shortest first. */
    async containing(on: Runner, word: string, most: number): Promise<string[]> {
      const starting = await rows(
        on,
        'select word from word where word >= ? and word < ? order by word limit 40',
        word,
        `${word}\u{10ffff}`,
      );
      const inside = [...word].length < 3 ? [] : await rows(on, PARTS, `"${word}"`, 200);
      return [...new Set([...starting, ...inside])]
        .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
        .slice(0, most);
    },
    /** Words that this may be a slip for, the likest alone. */
    async similar(on: Runner, word: string): Promise<string[]> {
      const limit = allowedEdits(word.length);
      if (limit === 0) return [];
      const pieces = trigrams(word).map((piece) => `"${piece}"`);
      const near = word.length <= 5 ? (await known(on, neighbours(word))).map((row) => row.word) : [];
      if (word.length > 5 && pieces.length > 0)
        near.push(...(await rows(on, RANKED_PARTS, pieces.join(' OR '), 60)));
      const scored = near.map((other) => ({ other, distance: editDistance(word, other, limit) }));
      const best = Math.min(limit, ...scored.map((entry) => entry.distance));
      return scored.filter((entry) => entry.distance <= best).map((entry) => entry.other);
    },
  };
}

/** Runs SQL of this engine alone, which kysely's builder does not know. */
export function ask<Row>(on: Runner, text: string, ...values: unknown[]): Promise<Row[]> {
  return executeText<Row>(on, text, values);
}
