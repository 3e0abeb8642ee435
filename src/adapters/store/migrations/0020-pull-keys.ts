import { type Kysely, sql } from 'kysely';

/** By which keys pull requests name the patches that they list, so that a series finds the requests and a request the series; they are no longer looked for by age. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pull_key')
    .addColumn('key', 'integer', (c) => c.notNull())
    .addColumn('message_id', 'integer', (c) => c.notNull().references('message.id'))
    .addPrimaryKeyConstraint('pull_key_key', ['key', 'message_id'])
    .execute();
  await db.schema.createIndex('pull_key_message').on('pull_key').column('message_id').execute();
  await sql`drop index message_pull`.execute(db);
}
