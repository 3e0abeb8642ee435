import type { Kysely } from 'kysely';
import { engineSql } from '../engine/engine-sql.js';

/** The distinct words of all series, by their parts too. Each engine has its own way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await engineSql(db).search.createVocabulary(db);
}
