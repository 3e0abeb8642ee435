import { sql } from 'kysely';
import type { Db } from './schema.js';
import { insertRows, ofSet, rowSet, setOf, updateRows } from './sets.js';

/** Reading and writing what is derived from mail, as sets. `id`: the row's own number; `key`: Message.id, or SeriesRecord.id of a series. */

const withDocuments = (on: Db) =>
  on.selectFrom('message').innerJoin('message_document', 'message_document.message_id', 'message.id');

export function messagesOfComponents(on: Db, components: Iterable<number>) {
  return ofSet(components, (set) =>
    withDocuments(on)
      .select(['id', 'key', 'component', 'facts', 'revision_id', 'target_id'])
      .where('component', 'in', set)
      .execute(),
  );
}

export function messagesWithFacts(on: Db, ids: Iterable<number>) {
  return ofSet(ids, (set) =>
    withDocuments(on)
      .select(['id', 'key', 'component', 'facts', 'target_id'])
      .where('id', 'in', set)
      .execute(),
  );
}

/** What a reply may answer; `waits`: it has not been derived itself. */
export function answerableMessages(on: Db, keys: Iterable<string>) {
  return ofSet(keys, (set) =>
    withDocuments(on)
      .leftJoin('underived', 'underived.message_id', 'message.id')
      .select([
        'message.id',
        'message.key',
        'message.revision_id',
        'message.target_id',
        'message.series_id',
        'message_document.facts',
        'underived.message_id as waits',
      ])
      .where('message.key', 'in', set)
      .execute(),
  );
}

export function placesOf(on: Db, ids: Iterable<number>) {
  return ofSet(ids, (set) =>
    on
      .selectFrom('message')
      .select(['id', 'key', 'component', 'revision_id', 'target_id'])
      .where('id', 'in', set)
      .execute(),
  );
}

export function placesByKey(on: Db, keys: Iterable<string>) {
  return ofSet(keys, (set) =>
    on.selectFrom('message').select(['id', 'key', 'revision_id']).where('key', 'in', set).execute(),
  );
}

export function factsById(on: Db, ids: Iterable<number>) {
  return ofSet(ids, (set) =>
    on
      .selectFrom('message_document')
      .select(['message_id', 'facts'])
      .where('message_id', 'in', set)
      .execute(),
  );
}

export function factsByKey(on: Db, keys: Iterable<string>) {
  return ofSet(keys, (set) => withDocuments(on).select(['key', 'facts']).where('key', 'in', set).execute());
}

export function membersByKey(on: Db, keys: Iterable<string>) {
  return ofSet(keys, (set) =>
    withDocuments(on).select(['id', 'key', 'facts', 'posting']).where('key', 'in', set).execute(),
  );
}

const replyRows = (on: Db) =>
  on.selectFrom('message').select(['id', 'key', 'kind', 'bot', 'received', 'speaks', 'target_id']);

/** Without their facts: of most replies nothing more is needed. */
export function repliesTo(on: Db, targets: Iterable<number>) {
  return ofSet(targets, (set) => replyRows(on).where('target_id', 'in', set).execute());
}

export function repliesById(on: Db, ids: Iterable<number>) {
  return ofSet(ids, (set) => replyRows(on).where('id', 'in', set).execute());
}

/** The revisions of which a member is in one of these clusters. */
export function revisionsOfClusters(on: Db, components: Iterable<number>) {
  return ofSet(components, (set) =>
    on
      .selectFrom('revision')
      .innerJoin('message', 'message.id', 'revision.id')
      .select(['revision.id', 'revision.component', 'revision.series_id', 'revision.document'])
      .where('message.component', 'in', set)
      .execute(),
  );
}

export function linkedRevisions(on: Db, components: Iterable<number>) {
  return ofSet(components, (set) =>
    on
      .selectFrom('revision')
      .select(['id', 'component', 'series_id', 'document'])
      .where('component', 'in', set)
      .execute(),
  );
}

export function revisionsByKey(on: Db, keys: Iterable<string>) {
  return ofSet(keys, (set) =>
    on
      .selectFrom('revision')
      .innerJoin('message', 'message.id', 'revision.id')
      .select(['message.key', 'revision.id', 'revision.document'])
      .where('message.key', 'in', set)
      .execute(),
  );
}

export function revisionsById(on: Db, ids: Iterable<number>) {
  return ofSet(ids, (set) =>
    on.selectFrom('revision').select(['id', 'series_id']).where('id', 'in', set).execute(),
  );
}

export function storedCorrections(on: Db) {
  return on.selectFrom('correction').select(['kind', 'a', 'b']).orderBy('id').execute();
}

export function seriesById(on: Db, ids: Iterable<number>) {
  return ofSet(ids, (set) =>
    on.selectFrom('series').select(['id', 'key', 'search_row', 'joined']).where('id', 'in', set).execute(),
  );
}

export function seriesByKey(on: Db, keys: Iterable<string>) {
  return ofSet(keys, (set) =>
    on.selectFrom('series').select(['id', 'key', 'search_row']).where('key', 'in', set).execute(),
  );
}

export function seriesDocuments(on: Db, ids: Iterable<number>) {
  return ofSet(ids, (set) =>
    on.selectFrom('series').select(['id', 'search_row', 'document']).where('id', 'in', set).execute(),
  );
}

export async function lastSeriesId(on: Db): Promise<number> {
  const row = await on
    .selectFrom('series')
    .select((e) => e.fn.max('id').as('id'))
    .executeTakeFirst();
  return row?.id ?? 0;
}

export interface RevisionRow {
  readonly id: number;
  readonly received: string | null;
  readonly document: string;
}

const REVISION = { id: 'value', received: 'value', document: 'document' } as const;

export const addRevisions = (on: Db, rows: readonly RevisionRow[]) =>
  insertRows(
    on,
    'revision',
    { ...REVISION, component: 'value' },
    rows.map((row) => ({ ...row, component: 0 })),
  );
export const setRevisions = (on: Db, rows: readonly RevisionRow[]) =>
  updateRows(on, 'revision', 'id', REVISION, rows);
export async function removeRevisions(on: Db, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await on.deleteFrom('revision').where('id', 'in', setOf(ids)).execute();
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
    { id: 'value', revision_id: 'value', target_id: 'value', series_id: 'value' },
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
  id: 'value',
  key: 'value',
  updated: 'value',
  title_key: 'value',
  search_row: 'value',
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
    { id: 'value', updated: 'value', search_row: 'value', document: 'document' },
    rows,
  );
export async function removeSeries(on: Db, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await on.deleteFrom('series').where('id', 'in', setOf(ids)).execute();
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
    await on.deleteFrom('series_subsystem').where('series_id', 'in', setOf(series)).execute();
  const columns = { series_id: 'value', slug: 'value', name: 'value', is_primary: 'value' } as const;
  await insertRows(on, 'series_subsystem', columns, rows, sql`on conflict do nothing`);
}

/** A row, and the series that holds it from now on. */
export interface HeldRow {
  readonly id: number;
  readonly series_id: number;
}

const HELD = { id: 'value', series_id: 'value' } as const;

/** Points revisions, their members and what speaks of those to series. Rows that one holds already are left alone. */
export async function holdRevisions(on: Db, rows: readonly HeldRow[]): Promise<void> {
  if (rows.length === 0) return;
  const given = rowSet(HELD, rows);
  await sql`update revision set series_id = given.series_id from ${given} as given
    where revision.id = given.id and revision.series_id is distinct from given.series_id`.execute(on);
  await sql`update message set series_id = given.series_id from ${given} as given
    where message.revision_id = given.id and message.series_id is distinct from given.series_id`.execute(on);
  // Their members are held by now. Written so that both steps go by an index: from a join SQLite would read every message.
  const members = sql`select member.id from message as member where member.revision_id in ${setOf(rows.map(({ id }) => id))}`;
  const held = sql`(select member.series_id from message as member where member.id = message.target_id)`;
  await sql`update message set series_id = ${held}
    where target_id in (${members}) and series_id is distinct from ${held}`.execute(on);
}

/** Points messages to series. */
export async function holdMessages(on: Db, rows: readonly HeldRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`update message set series_id = given.series_id from ${rowSet(HELD, rows)} as given
    where message.id = given.id and message.series_id is distinct from given.series_id`.execute(on);
}

/** Points what speaks of these messages to series. */
export async function holdRepliesTo(on: Db, rows: readonly HeldRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`update message set series_id = given.series_id from ${rowSet(HELD, rows)} as given
    where message.target_id = given.id and message.series_id is distinct from given.series_id`.execute(on);
}
