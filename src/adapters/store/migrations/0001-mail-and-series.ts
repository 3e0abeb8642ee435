import type { Kysely } from 'kysely';
import { engineSql } from '../engine/engine-sql.js';

/** Mail as it came, what is derived from it, and the look-ups between. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('message')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('author_email', 'text', (c) => c.notNull())
    .addColumn('bot', 'integer', (c) => c.notNull())
    .addColumn('date', 'text')
    .addColumn('received', 'text')
    .addColumn('component', 'integer', (c) => c.notNull())
    .addColumn('revision_id', 'integer')
    .addColumn('target_id', 'integer')
    .addColumn('series_id', 'integer')
    .addColumn('facts', 'text', (c) => c.notNull())
    .addColumn('parsed', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('message_component').on('message').column('component').execute();
  await db.schema.createIndex('message_received').on('message').column('received').execute();
  await db.schema.createIndex('message_revision').on('message').column('revision_id').execute();
  await db.schema.createIndex('message_target').on('message').column('target_id').execute();
  await db.schema.createIndex('message_series').on('message').column('series_id').execute();

  await db.schema
    .createTable('raw')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('message_id', 'integer', (c) => c.notNull().references('message.id'))
    .addColumn('content_hash', 'text', (c) => c.notNull())
    .addColumn('copy_hash', 'blob', (c) => c.notNull())
    .addColumn('canonical', 'integer', (c) => c.notNull())
    .addColumn('received', 'text')
    .addColumn('source_list', 'text')
    .addColumn('source_received', 'text')
    .addColumn('source_problems', 'text', (c) => c.notNull())
    .addColumn('lists', 'text', (c) => c.notNull())
    .addColumn('body', 'blob', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('raw_message').on('raw').column('message_id').execute();

  await db.schema
    .createTable('copy')
    .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('message_id', 'integer', (c) => c.notNull().references('message.id'))
    .addColumn('list', 'text', (c) => c.notNull())
    .addColumn('received', 'text')
    .addColumn('arrived_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('copy_message_list', ['message_id', 'list'])
    .execute();

  // The hash is the table.
  await db.schema
    .createTable('copy_hash')
    .addColumn('hash', 'blob', (c) => c.primaryKey().notNull())
    .modifyEnd(engineSql(db).withoutRowId)
    .execute();

  for (const keys of ['cluster', 'link']) {
    await db.schema
      .createTable(`${keys}_key`)
      .addColumn('key', 'integer', (c) => c.primaryKey())
      .addColumn('component', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable(`${keys}_alias`)
      .addColumn('component', 'integer', (c) => c.primaryKey())
      .addColumn('into_component', 'integer', (c) => c.notNull())
      .execute();
    await db.schema.createIndex(`${keys}_alias_into`).on(`${keys}_alias`).column('into_component').execute();
  }

  await db.schema
    .createTable('revision')
    .addColumn('id', 'integer', (c) => c.primaryKey().references('message.id'))
    .addColumn('component', 'integer', (c) => c.notNull())
    .addColumn('series_id', 'integer')
    .addColumn('received', 'text')
    .addColumn('document', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('revision_component').on('revision').column('component').execute();
  await db.schema.createIndex('revision_series').on('revision').column('series_id').execute();

  await db.schema
    .createTable('series')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .addColumn('updated', 'text')
    .addColumn('title_key', 'text', (c) => c.notNull())
    .addColumn('search_row', 'integer', (c) => c.notNull().unique())
    .addColumn('joined', 'text', (c) => c.notNull())
    .addColumn('document', 'text', (c) => c.notNull())
    .execute();

  await db.schema.createIndex('series_title').on('series').column('title_key').execute();

  await db.schema
    .createTable('series_subsystem')
    .addColumn('series_id', 'integer', (c) => c.notNull().references('series.id').onDelete('cascade'))
    .addColumn('slug', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('is_primary', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('series_subsystem_key', ['series_id', 'slug'])
    .execute();
  await db.schema.createIndex('series_subsystem_slug').on('series_subsystem').column('slug').execute();

  await db.schema
    .createTable('correction')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('a', 'text', (c) => c.notNull())
    .addColumn('b', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addUniqueConstraint('correction_pair', ['a', 'b'])
    .execute();
  await db.schema.createIndex('correction_b').on('correction').column('b').execute();

  await db.schema
    .createTable('meta')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}
