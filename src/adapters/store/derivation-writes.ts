import { sql } from 'kysely';
import type { Db } from './schema.js';
import { insertRows, rowSet, setOf, updateRows } from './sets.js';

/** Writes what is derived from mail, as sets. `id`: the row's own number; `key`: Message.id, or SeriesRecord.id of a series. */

export interface RevisionRow {
  readonly id: number;
  readonly received: string | null;
  readonly document: string;
}

const REVISION = { id: 'number', received: 'text', document: 'document' } as const;

export const addRevisions = (on: Db, rows: readonly RevisionRow[]) =>
  insertRows(
    on,
    'revision',
    { ...REVISION, component: 'number' },
    rows.map((row) => ({ ...row, component: 0 })),
  );
export const setRevisions = (on: Db, rows: readonly RevisionRow[]) =>
  updateRows(on, 'revision', 'id', REVISION, rows);
export async function removeRevisions(on: Db, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await on.deleteFrom('revision').where('id', 'in', setOf(on, ids)).execute();
}

export interface MembershipRow {
  readonly id: number;
  readonly revision_id: number | null;
  readonly target_id: number | null;
}

/** Where messages belong from now on; no series holds them until one is given. */
export const setMemberships = (on: Db, rows: readonly MembershipRow[]) =>
  updateRows(
    on,
    'message',
    'id',
    { id: 'number', revision_id: 'number', target_id: 'number', series_id: 'number' },
    rows.map((row) => ({ ...row, series_id: null })),
  );

export interface SeriesRow {
  readonly id: number;
  readonly key: string;
  readonly updated: string | null;
  readonly title_key: string;
  readonly search_row: number;
  readonly joined: string;
  readonly document: string;
}

const SERIES = {
  id: 'number',
  key: 'text',
  updated: 'text',
  title_key: 'text',
  search_row: 'number',
  joined: 'document',
  document: 'document',
} as const;

export const addSeries = (on: Db, rows: readonly SeriesRow[]) => insertRows(on, 'series', SERIES, rows);
export const setSeries = (on: Db, rows: readonly SeriesRow[]) => updateRows(on, 'series', 'id', SERIES, rows);
/** Of series of which nothing else changed. */
export const setSeriesDocuments = (
  on: Db,
  rows: readonly Pick<SeriesRow, 'id' | 'updated' | 'search_row' | 'document'>[],
) =>
  updateRows(
    on,
    'series',
    'id',
    { id: 'number', updated: 'text', search_row: 'number', document: 'document' },
    rows,
  );
export async function removeSeries(on: Db, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await on.deleteFrom('series').where('id', 'in', setOf(on, ids)).execute();
}

/** The subsystems of series, in place of those that they had. */
export async function setSubsystems(
  on: Db,
  series: readonly number[],
  rows: readonly {
    readonly series_id: number;
    readonly slug: string;
    readonly name: string;
    readonly is_primary: number;
  }[],
): Promise<void> {
  if (series.length > 0)
    await on.deleteFrom('series_subsystem').where('series_id', 'in', setOf(on, series)).execute();
  const columns = { series_id: 'number', slug: 'text', name: 'text', is_primary: 'number' } as const;
  await insertRows(on, 'series_subsystem', columns, rows, sql`on conflict do nothing`);
}

/** A row, and the series that holds it from now on. */
export interface HeldRow {
  readonly id: number;
  readonly series_id: number;
}

const HELD = { id: 'number', series_id: 'number' } as const;

/** Points revisions, their members and the mails about those to series. Rows that one holds already are left alone. */
export async function holdRevisions(on: Db, rows: readonly HeldRow[]): Promise<void> {
  if (rows.length === 0) return;
  const given = rowSet(on, HELD, rows);
  await sql`update revision set series_id = given.series_id from ${given} as given
    where revision.id = given.id and revision.series_id is distinct from given.series_id`.execute(on);
  await sql`update message set series_id = given.series_id from ${given} as given
    where message.revision_id = given.id and message.series_id is distinct from given.series_id`.execute(on);
  // Their members are held by now. Written so that both steps go by an index: from a join SQLite would read every message.
  const members = sql`select member.id from message as member where member.revision_id in ${setOf(
    on,
    rows.map(({ id }) => id),
  )}`;
  const held = sql`(select member.series_id from message as member where member.id = message.target_id)`;
  await sql`update message set series_id = ${held}
    where target_id in (${members}) and series_id is distinct from ${held}`.execute(on);
}

/** Points messages to series. */
export async function holdMessages(on: Db, rows: readonly HeldRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`update message set series_id = given.series_id from ${rowSet(on, HELD, rows)} as given
    where message.id = given.id and message.series_id is distinct from given.series_id`.execute(on);
}

/** Points the mails about these messages to series. */
export async function holdRepliesTo(on: Db, rows: readonly HeldRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`update message set series_id = given.series_id from ${rowSet(on, HELD, rows)} as given
    where message.target_id = given.id and message.series_id is distinct from given.series_id`.execute(on);
}
