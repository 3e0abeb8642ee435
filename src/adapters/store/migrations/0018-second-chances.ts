import type { Kysely } from 'kysely';

/** Whether a mail in quarantine was tried once more: who kills a process twice at the wrong moment puts a harmless one there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('quarantine')
    .addColumn('retried', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
