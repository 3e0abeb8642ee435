import { type Kysely, sql } from 'kysely';

/** Immediate posts: up to where each place was checked for them, under which message each goes, and one message per series and place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('destination')
    .addColumn('now_seq', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('outbox').addColumn('under_id', 'integer').execute();
  await sql`
    update outbox set under_id = (
      select h.id from outbox as h where h.slot_id = outbox.slot_id and h.part = 0)
    where part > 0`.execute(db);
  await db.schema
    .createTable('thread')
    .addColumn('destination_id', 'integer', (c) =>
      c.notNull().references('destination.id').onDelete('cascade'),
    )
    .addColumn('message_key', 'text', (c) => c.notNull())
    .addColumn('outbox_id', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('thread_key', ['destination_id', 'message_key'])
    .execute();
}
