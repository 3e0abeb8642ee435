import type { Kysely } from 'kysely';

/** What a language model wrote: its answers by request, which posting each is for, and what was spent on a day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('model_answer')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('summary', 'text')
    .addColumn('changed', 'text')
    .addColumn('rejected', 'text')
    .addColumn('answered_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('written_summary')
    .addColumn('message_key', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('hash', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('not_before', 'text', (c) => c.notNull())
    .addColumn('wanted_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('written_summary_state')
    .on('written_summary')
    .columns(['state', 'not_before'])
    .execute();
  await db.schema
    .createTable('model_use')
    .addColumn('day', 'text', (c) => c.primaryKey())
    .addColumn('requests', 'integer', (c) => c.notNull())
    .addColumn('tokens', 'integer', (c) => c.notNull())
    .execute();
}
