import type { Kysely } from 'kysely';

/**
 * Mail is stored first, and what follows from it is derived afterwards, without the write lock: `underived` holds what is
 * still to be derived, so that a crash between the two loses nothing. `speaks`: whether a message has a review tag or says something about
 * a posting's state; unknown for existing messages, so they may.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('underived')
    .addColumn('message_id', 'integer', (c) => c.primaryKey())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('unnamed', 'integer', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('marked_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('derive_failure')
    .addColumn('message_id', 'integer', (c) => c.primaryKey())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('failed_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .alterTable('message')
    .addColumn('speaks', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
}
