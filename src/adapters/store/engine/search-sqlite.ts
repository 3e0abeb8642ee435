import { type RawBuilder, sql } from 'kysely';
import { searchFields } from '../../../digest/search/search-head.js';
import type { Db } from '../schema.js';
import { addHeads, removeHeads, setActivity } from '../search-heads.js';
import type { MatchRequest, SearchIndex, Term } from '../search-index.js';
import { rowSet, setOf } from '../sets.js';
import { trigrams } from '../trigrams.js';

const WORDS = { rowid: 'number', words: 'text' } as const;
const HEADS = { rowid: 'number', title: 'text', people: 'text', facets: 'text' } as const;

/**
 * Full text search on SQLite's FTS5. `series_heads` holds titles, people and facets, and finds words by their beginning; `series_words` all words
 * of a series, patches included; `word_parts` the trigrams of each distinct word.
 */
export const sqliteSearch: SearchIndex = {
  async add(on, series) {
    if (series.length === 0) return;
    const found = series.map(({ row, record }) => ({ row, ...searchFields(record) }));
    await addHeads(on, series);
    const heads = found.map(({ row, title, people, facets }) => ({
      rowid: row,
      title: title.join(' '),
      people: people.join(' '),
      facets: facets.join(' '),
    }));
    await sql`insert into series_heads (rowid, title, people, facets) select * from ${rowSet(on, HEADS, heads)}`.execute(
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
    await sql`insert into series_words (rowid, words) select * from ${rowSet(on, WORDS, whole)}`.execute(on);
    await learnWords(on, new Set(wordsOf.flatMap(({ words }) => words)));
  },
  async remove(on, rows) {
    if (rows.length === 0) return;
    await sql`delete from series_words where rowid in ${setOf(on, rows)}`.execute(on);
    await sql`delete from series_heads where rowid in ${setOf(on, rows)}`.execute(on);
    await removeHeads(on, rows);
  },
  setActivity,
  learn: learnWords,
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
  // FTS5 answers in the order of the rows, which is that of the ids.
  wordsWith: (on, part, limit) => wordsMatching(on, `"${part}"`, sql`limit ${limit}`),
  async wordsLike(on, word, limit) {
    const pieces = trigrams(word).map((piece) => `"${piece}"`);
    return pieces.length === 0
      ? []
      : wordsMatching(on, pieces.join(' OR '), sql`order by rank limit ${limit}`);
  },
  /**
   * Words are made by digest/search/words.ts, so the tokenizer must only split at spaces: `ascii` does, with every byte from 128 up and `_` a
   * letter. `detail=column` keeps which field a word is in and drops where: half the size.
   */
  async createVocabulary(db) {
    await sql`create virtual table series_words using fts5(title, people, patches,
      content='', contentless_delete=1, detail=column, tokenize="ascii tokenchars '_'")`.execute(db);
    await sql`create table word (id integer primary key, word text not null unique)`.execute(db);
    await sql`create virtual table word_parts using fts5(word, content='', detail=full, tokenize='trigram')`.execute(
      db,
    );
  },
  async createIndex(db) {
    await sql`drop table series_words`.execute(db);
    await sql`create virtual table series_words using fts5(words,
      content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'")`.execute(db);
    await sql`create virtual table series_heads using fts5(title, people, facets,
      content='', contentless_delete=1, detail=column, prefix='1 2 3', tokenize="ascii tokenchars '_'")`.execute(
      db,
    );
  },
  // FTS5 looks a word up in each of its few segments, and merges them as it goes.
  async keepSorted() {},
};

/** Adds what is new of these words. */
async function learnWords(on: Db, words: Iterable<string>): Promise<void> {
  const { rows } = await sql<{ id: number; word: string }>`
    insert into word (word) select value from ${setOf(on, words)} where true on conflict do nothing returning id, word`.execute(
    on,
  );
  if (rows.length === 0) return;
  const given = rowSet(on, { id: 'number', word: 'text' }, rows);
  await sql`insert into word_parts (rowid, word) select id, word from ${given}`.execute(on);
}

async function wordsMatching(on: Db, match: string, rest: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word.word from word_parts join word on word.id = word_parts.rowid where word_parts match ${match} ${rest}`.execute(
    on,
  );
  return rows.map(({ word }) => word);
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
