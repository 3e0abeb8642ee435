import { type Columns, engineSql, type RowsOf } from './engine/engine-sql.js';
import type { Db } from './schema.js';
import { insertRows, ofSet, setOf, setOfBytes, updateRows } from './sets.js';

/** Reading and writing the rows of mail, as sets. `id`: the row's own number; `key`: Message.id. */

export function messagesByKey(on: Db, keys: Iterable<string>) {
  return ofSet(on, keys, (set) =>
    on.selectFrom('message').select(['id', 'key', 'component']).where('key', 'in', set).execute(),
  );
}

export function messagesById(on: Db, ids: Iterable<number>) {
  return ofSet(on, ids, (set) =>
    on.selectFrom('message').select(['id', 'key', 'component']).where('id', 'in', set).execute(),
  );
}

/** Those of these copies that were stored, in hexadecimal. */
export async function storedCopies(on: Db, hashes: readonly Uint8Array[]): Promise<Set<string>> {
  const rows = await on
    .selectFrom('copy_hash')
    .select('hash')
    .where('hash', 'in', setOfBytes(on, hashes))
    .execute();
  return new Set(rows.map(({ hash }) => hash.toString('hex')));
}

/** The bodies of messages but for the bytes, in the order in which they came. */
export function rawsOf(on: Db, messages: Iterable<number>) {
  return ofSet(on, messages, (set) =>
    on
      .selectFrom('raw')
      .select([
        'id',
        'message_id',
        'content_hash',
        'copy_hash',
        'received',
        'canonical',
        'lists',
        'source_problems',
      ])
      .where('message_id', 'in', set)
      .orderBy('id')
      .execute(),
  );
}

export function listsOf(on: Db, messages: Iterable<number>) {
  return ofSet(on, messages, (set) =>
    on.selectFrom('copy').select(['message_id', 'list']).where('message_id', 'in', set).execute(),
  );
}

export function documentsOf(on: Db, messages: Iterable<number>) {
  return ofSet(on, messages, (set) =>
    on
      .selectFrom('message_document')
      .select(['message_id', 'facts', 'posting'])
      .where('message_id', 'in', set)
      .execute(),
  );
}

/** No id is given twice, though its message was removed: something may still hold it. */
export const lastMessageId = (on: Db): Promise<number> => engineSql(on).lastMessageId(on);

/** The newest seq, derived or not. */
export async function newestSeq(on: Db): Promise<number> {
  const row = await on
    .selectFrom('copy')
    .select((e) => e.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return row?.seq ?? 0;
}

const MESSAGE = {
  id: 'number',
  key: 'text',
  kind: 'text',
  author_email: 'text',
  bot: 'number',
  speaks: 'number',
  date: 'text',
  received: 'text',
} as const;
const DOCUMENT = { message_id: 'number', facts: 'document', posting: 'document' } as const;
const RAW = {
  message_id: 'number',
  content_hash: 'text',
  copy_hash: 'bytes',
  canonical: 'number',
  received: 'text',
  source_list: 'text',
  source_received: 'text',
  source_problems: 'text',
  lists: 'text',
  body: 'bytes',
} as const;
const COPY = { message_id: 'number', list: 'text', received: 'text', arrived_at: 'text' } as const;

type Row<C extends Columns> = RowsOf<C>[number];
export type MessageRow = Row<typeof MESSAGE> & { readonly id: number };
export type DocumentRow = Row<typeof DOCUMENT>;
export type RawRow = Row<typeof RAW>;
export type CopyRow = Row<typeof COPY>;

export async function addMessages(on: Db, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length === 0) return;
  await insertRows(
    on,
    'message',
    { ...MESSAGE, component: 'number' },
    rows.map((row) => ({ ...row, component: 0 })),
  );
  await engineSql(on).noteMessageId(on, Math.max(...rows.map(({ id }) => id)));
}
export const replaceMessages = (on: Db, rows: readonly MessageRow[]) =>
  updateRows(on, 'message', 'id', MESSAGE, rows);

export const addDocuments = (on: Db, rows: readonly DocumentRow[]) =>
  insertRows(on, 'message_document', DOCUMENT, rows);
export const replaceDocuments = (on: Db, rows: readonly DocumentRow[]) =>
  updateRows(on, 'message_document', 'message_id', DOCUMENT, rows);
export const setPostings = (on: Db, rows: readonly Pick<DocumentRow, 'message_id' | 'posting'>[]) =>
  updateRows(on, 'message_document', 'message_id', { message_id: 'number', posting: 'document' }, rows);

export const addRaws = (on: Db, rows: readonly RawRow[]) => insertRows(on, 'raw', RAW, rows);
export const replaceRaws = (on: Db, rows: readonly (RawRow & { readonly id: number })[]) =>
  updateRows(on, 'raw', 'id', { id: 'number', ...RAW }, rows);
/** What another reading of the same bytes found. */
export const rereadRaws = (
  on: Db,
  rows: readonly (Pick<RawRow, 'content_hash' | 'received' | 'lists'> & { readonly id: number })[],
) =>
  updateRows(on, 'raw', 'id', { id: 'number', content_hash: 'text', received: 'text', lists: 'text' }, rows);
export const setCanonical = (on: Db, rows: readonly { readonly id: number; readonly canonical: number }[]) =>
  updateRows(on, 'raw', 'id', { id: 'number', canonical: 'number' }, rows);

export const addCopies = (on: Db, rows: readonly CopyRow[]) => insertRows(on, 'copy', COPY, rows);
export const addCopyHashes = (
  on: Db,
  rows: readonly { readonly hash: Uint8Array; readonly message_id: number }[],
) => insertRows(on, 'copy_hash', { hash: 'bytes', message_id: 'number' }, rows);

/** Removes messages, with all rows that are theirs alone. */
export async function removeMessages(on: Db, ids: readonly number[]): Promise<void> {
  await on.deleteFrom('copy_hash').where('message_id', 'in', setOf(on, ids)).execute();
  // Those of older databases do not say whose they are.
  await on
    .deleteFrom('copy_hash')
    .where('hash', 'in', on.selectFrom('raw').select('copy_hash').where('message_id', 'in', setOf(on, ids)))
    .execute();
  for (const table of ['raw', 'copy', 'message_document', 'underived', 'derive_failure', 'pull_key'] as const)
    await on.deleteFrom(table).where('message_id', 'in', setOf(on, ids)).execute();
  await on.updateTable('message').set({ target_id: null }).where('target_id', 'in', setOf(on, ids)).execute();
  await on.deleteFrom('message').where('id', 'in', setOf(on, ids)).execute();
}

/** The kept mails of the next messages after that one, in their order. */
export function keptMails(on: Db, after: number, messages: number) {
  return on
    .selectFrom('raw')
    .innerJoin('message', 'message.id', 'raw.message_id')
    .select([
      'raw.id',
      'raw.message_id',
      'raw.source_list',
      'raw.source_received',
      'raw.source_problems',
      'raw.body',
      'message.key',
    ])
    .where('raw.message_id', 'in', (inner) =>
      inner.selectFrom('message').select('id').where('id', '>', after).orderBy('id').limit(messages),
    )
    .orderBy('raw.message_id')
    .orderBy('raw.id')
    .execute();
}

/** Gives messages another kind, and other facts. */
export async function silenceMessages(
  on: Db,
  kind: string,
  rows: readonly { readonly message_id: number; readonly facts: string }[],
): Promise<void> {
  const ids = rows.map((row) => row.message_id);
  await on.updateTable('message').set({ kind }).where('id', 'in', setOf(on, ids)).execute();
  await updateRows(on, 'message_document', 'message_id', { message_id: 'number', facts: 'document' }, rows);
}
