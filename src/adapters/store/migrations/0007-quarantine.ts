import type { Kysely } from 'kysely';
import { engineSql } from '../engine/engine-sql.js';

/** Mails that may have ended a process that read them, and those that did so twice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('suspect')
    .addColumn('hash', 'blob', (c) => c.primaryKey().notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('quarantine')
    .addColumn('hash', 'blob', (c) => c.primaryKey().notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('tried_in', 'integer', (c) => c.notNull())
    .addColumn('source_list', 'text')
    .addColumn('source_received', 'text')
    .addColumn('source_problems', 'text', (c) => c.notNull())
    .addColumn('body', 'blob')
    .execute();
  await engineSql(db).createJournal(db);
  await db.schema.createIndex('quarantine_source').on('quarantine').column('source').execute();
}
