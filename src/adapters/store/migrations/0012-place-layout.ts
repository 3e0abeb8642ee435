import type { Kysely } from 'kysely';

/** How a place wants its digests and cards laid out, and the series that it wants to read nothing of. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('destination')
    .addColumn('layout', 'text', (c) => c.notNull().defaultTo('{}'))
    .execute();
  await db.schema
    .createTable('mute')
    .addColumn('destination_id', 'integer', (c) =>
      c.notNull().references('destination.id').onDelete('cascade'),
    )
    .addColumn('message_key', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_by_name', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('mute_key', ['destination_id', 'message_key'])
    .execute();
}
