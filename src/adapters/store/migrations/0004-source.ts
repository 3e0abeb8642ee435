import type { Kysely } from 'kysely';

/** How far each live source was read, how it fares, and what trackers say. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('source')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('cursor', 'text')
    .addColumn('last_attempt', 'text')
    .addColumn('last_success', 'text')
    .addColumn('last_mail', 'text')
    .addColumn('next_attempt', 'text')
    .addColumn('behind', 'integer')
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('error_code', 'text')
    .addColumn('error', 'text')
    .addColumn('error_remedy', 'text')
    .addColumn('error_at', 'text')
    .addColumn('holes', 'integer')
    .addColumn('audited_at', 'text')
    .execute();
  await db.schema
    .createTable('source_day')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('mails', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('source_day_key', ['name', 'day'])
    .execute();
  await db.schema
    .createTable('tracker_evidence')
    .addColumn('message_key', 'text', (c) => c.notNull())
    .addColumn('tracker', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('context', 'text', (c) => c.notNull())
    .addColumn('word', 'text', (c) => c.notNull())
    .addColumn('describes', 'text', (c) => c.notNull())
    .addColumn('url', 'text')
    .addColumn('said_by', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('tracker_evidence_key', ['message_key', 'tracker', 'kind', 'context'])
    .execute();
}
