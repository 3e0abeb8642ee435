import { type Kysely, sql } from 'kysely';

/**
 * Only what is displayed about a message is kept, in addition to what joins it, and nothing about replies, which are most mails. What was kept
 * before holds more than that and reads the same.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('document')
    .addColumn('message_id', 'integer', (c) => c.primaryKey().references('message.id'))
    .addColumn('facts', 'text', (c) => c.notNull())
    .addColumn('posting', 'text')
    .execute();
  await sql`
    insert into document (message_id, facts, posting)
    select message_id, facts, case message.kind when 'reply' then null else parsed end
    from message_document join message on message.id = message_document.message_id`.execute(db);
  await db.schema.dropTable('message_document').execute();
  await db.schema.alterTable('document').renameTo('message_document').execute();
  // Whose copies they are: a message that is taken out and comes again must be let in over every list.
  await db.schema.alterTable('copy_hash').addColumn('message_id', 'integer').execute();
}
