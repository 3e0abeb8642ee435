import type { Kysely } from 'kysely';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { engineSql } from '../engine/engine-sql.js';
import type { Tables } from '../schema.js';

const PAGE = 200;

/**
 * Titles, people and facets get an index of their own, which finds words by their beginning (`prefix`), and every series a short row to be
 * ranked by: reading whole series for that would cost a millisecond each. The index of all words no longer keeps in which field they are.
 * All of it is made again from the series that are here.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  const { search } = engineSql(db);
  await search.createIndex(db);
  await db.schema
    .createTable('series_head')
    .addColumn('row', 'integer', (c) => c.primaryKey())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('people', 'text', (c) => c.notNull())
    .addColumn('updated', 'text')
    .addColumn('activity', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .execute();
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('series')
      .select(['id', 'search_row', 'document'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    await search.add(
      db,
      rows.map((row) => ({ row: row.search_row, record: JSON.parse(row.document) as SeriesRecord })),
    );
    after = rows.at(-1)?.id ?? after;
    if (rows.length < PAGE) return;
  }
}
