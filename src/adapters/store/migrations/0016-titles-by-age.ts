import type { Kysely } from 'kysely';

/**
 * Of the titles that begin as typed, search takes the newest: their rows are in the index from now on, where a look at each series cost twelve
 * milliseconds for two thousand titles.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('series_title').execute();
  await db.schema.createIndex('series_title').on('series').columns(['title_key', 'search_row']).execute();
}
