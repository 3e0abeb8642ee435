import { type Kysely, sql } from 'kysely';

/**
 * SQLite's own full text search; PostgreSQL will have another file in its place.
 *
 * `series_words` holds words that search-words.ts has made, so the tokenizer must only split at spaces: `ascii` does, with
 * every byte from 128 up and `_` a letter. `detail=column` keeps which field a word stands in and drops where: half the size.
 * `word_parts` indexes each distinct word by its trigrams, for parts of words and typos: far fewer entries than the titles have.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table series_words using fts5(title, people, patches,
    content='', contentless_delete=1, detail=column, tokenize="ascii tokenchars '_'")`.execute(db);
  await sql`create table word (id integer primary key, word text not null unique)`.execute(db);
  await sql`create virtual table word_parts using fts5(word, content='', detail=full, tokenize='trigram')`.execute(
    db,
  );
}
