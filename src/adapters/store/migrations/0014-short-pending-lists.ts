import type { Kysely } from 'kysely';
import { engineSql } from '../engine/engine-sql.js';

/** What was written last is looked through by every search on PostgreSQL until it is sorted in: that list stays short from now on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await engineSql(db).search.keepSorted(db);
}
