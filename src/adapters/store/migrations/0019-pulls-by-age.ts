import { type Kysely, sql } from 'kysely';

/** Pull requests in the order in which they came: what they list is no longer waiting, and few mails are pull requests. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index message_pull on message (received) where kind = 'pull'`.execute(db);
}
