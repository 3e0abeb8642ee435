import type { Kysely } from 'kysely';

/** The mail addresses of people in chats, and the series that a person or a place wants to hear of later. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person_address')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('person_address_key', ['platform', 'tenant', 'address', 'email'])
    .execute();
  await db.schema
    .createTable('snooze')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('message_key', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('ends_with', 'text', (c) => c.notNull())
    .addColumn('until', 'text')
    .addColumn('revisions', 'integer', (c) => c.notNull())
    .addColumn('replies', 'integer', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('snooze_key', ['platform', 'tenant', 'address', 'message_key'])
    .execute();
}
