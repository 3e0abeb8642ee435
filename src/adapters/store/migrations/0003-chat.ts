import { type Kysely, sql } from 'kysely';
import { engineSql } from '../engine/engine-sql.js';

/** Destinations, what they follow, what is due to them, and what was posted there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('destination')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('zone', 'text', (c) => c.notNull())
    .addColumn('schedule', 'text')
    .addColumn('empty', 'text', (c) => c.notNull())
    .addColumn('silent', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('cursor_seq', 'integer', (c) => c.notNull())
    .addColumn('plans', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('last_due', 'text', (c) => c.notNull())
    .addColumn('failed_slots', 'integer', (c) => c.notNull())
    .addColumn('set_by', 'text', (c) => c.notNull())
    .addColumn('set_by_name', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('destination_address', ['platform', 'tenant', 'address'])
    .execute();

  await db.schema
    .createTable('follow')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('destination_id', 'integer', (c) =>
      c.notNull().references('destination.id').onDelete('cascade'),
    )
    .addColumn('tree', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('since_seq', 'integer', (c) => c.notNull())
    .addColumn('reaches_back_to', 'text')
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_by_name', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('follow_words', ['destination_id', 'words'])
    .execute();

  await db.schema
    .createTable('slot')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('destination_id', 'integer', (c) =>
      c.notNull().references('destination.id').onDelete('cascade'),
    )
    .addColumn('due', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('from_seq', 'integer', (c) => c.notNull())
    .addColumn('stale_at', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('problem', 'text')
    .addUniqueConstraint('slot_due', ['destination_id', 'due', 'kind'])
    .execute();
  await db.schema.createIndex('slot_state').on('slot').columns(['state', 'stale_at']).execute();

  await db.schema
    .createTable('outbox')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('slot_id', 'integer', (c) => c.references('slot.id').onDelete('cascade'))
    .addColumn('destination_id', 'integer', (c) =>
      c.notNull().references('destination.id').onDelete('cascade'),
    )
    .addColumn('part', 'integer', (c) => c.notNull())
    .addColumn('post_key', 'text', (c) => c.notNull().unique())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('not_before', 'text', (c) => c.notNull())
    .addColumn('lease_until', 'text')
    .addColumn('first_tried_at', 'text')
    .addColumn('sent_at', 'text')
    .addColumn('message_id', 'text')
    .addColumn('problem', 'text')
    .addColumn('edit_wanted', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('outbox_slot').on('outbox').columns(['slot_id', 'part']).execute();
  await db.schema.createIndex('outbox_destination').on('outbox').column('destination_id').execute();
  // Nearly all rows are sent ones: what is still to be done is found without them.
  await sql`create index outbox_todo on outbox (state, not_before) where state in ('waiting', 'sending', 'unclear')`.execute(
    db,
  );
  await sql`create index outbox_open on outbox (destination_id, id) where state in ('waiting', 'sending', 'unclear')`.execute(
    db,
  );
  await sql`create index outbox_edit on outbox (id) where edit_wanted = 1`.execute(db);

  await db.schema
    .createTable('ledger')
    .addColumn('destination_id', 'integer', (c) =>
      c.notNull().references('destination.id').onDelete('cascade'),
    )
    .addColumn('message_key', 'text', (c) => c.notNull())
    .addColumn('outbox_id', 'integer')
    .addColumn('at', 'text', (c) => c.notNull())
    // A digest writes hundreds of rows of one destination: they lie next to each other, and no other index scatters them.
    .addPrimaryKeyConstraint('ledger_key', ['destination_id', 'message_key'])
    .modifyEnd(engineSql(db).withoutRowId)
    .execute();
  await db.schema.createIndex('ledger_outbox').on('ledger').column('outbox_id').execute();

  await db.schema
    .createTable('mention')
    .addColumn('destination_id', 'integer', (c) =>
      c.notNull().references('destination.id').onDelete('cascade'),
    )
    .addColumn('message_key', 'text', (c) => c.notNull())
    .addColumn('last_seq', 'integer', (c) => c.notNull())
    .addColumn('prior_seq', 'integer', (c) => c.notNull())
    .addColumn('outbox_id', 'integer')
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('mention_key', ['destination_id', 'message_key'])
    .modifyEnd(engineSql(db).withoutRowId)
    .execute();
  await db.schema.createIndex('mention_outbox').on('mention').column('outbox_id').execute();

  await db.schema
    .createTable('undo')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('destination_id', 'integer', (c) =>
      c.notNull().references('destination.id').onDelete('cascade'),
    )
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('anchor')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('message_key', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('seen_event')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('seen_event_key', ['platform', 'event'])
    .execute();
  await db.schema
    .createTable('installation')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('installation_key', ['platform', 'tenant'])
    .execute();
}
