import { type Kysely, sql } from 'kysely';

/** Replies to a message in the order in which they came, and what they are counted by: a thread of thousands is counted in the index alone, and only the first of them are looked at. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('message_target').execute();
  await sql`create index message_target on message (target_id, speaks, bot, coalesce(received, ''), kind) where target_id is not null`.execute(
    db,
  );
}
