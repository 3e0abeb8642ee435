import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Columns, Passed } from '../engine/engine-sql.js';
import type { Db } from '../schema.js';
import { TABLE_RULES, type TableName } from './tables.js';

type Value = number | string | Buffer | null;
export type Row = Readonly<Record<string, Value>>;
/** The values of a row's key. */
export type Key = readonly Value[];

/** The name under which a copy keeps how far it has come; no part of what is copied. */
export const COPY_MARK = 'copy';

/** The next rows of a table after a key, in the order of their keys, which is the same on both engines. */
export async function rowsAfter(on: Db, table: TableName, after: Key | null): Promise<Row[]> {
  const { key, rows: limit } = TABLE_RULES[table];
  const names = sql.join(key.map((name) => sql.ref(name)));
  const beyond = after === null ? sql`` : sql`and (${names}) > (${sql.join([...after])})`;
  const ours = table === 'meta' ? sql`and name <> ${COPY_MARK}` : sql``;
  const { rows } = await sql<Row>`
    select * from ${sql.table(table)} where true ${ours} ${beyond} order by ${names} limit ${limit}`.execute(
    on,
  );
  return rows;
}

export function keyOf(table: TableName, row: Row): Key {
  return TABLE_RULES[table].key.map((name) => row[name] ?? null);
}

export async function countRows(on: Db, table: TableName): Promise<number> {
  const ours = table === 'meta' ? sql`where name <> ${COPY_MARK}` : sql``;
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)} ${ours}`.execute(
    on,
  );
  return rows[0]?.n ?? 0;
}

/** The columns of every table, and how each is passed. */
export async function columnsOf(on: Db): Promise<ReadonlyMap<string, Columns>> {
  const tables = await on.introspection.getTables();
  return new Map(
    tables.map(({ name, columns }) => [
      name,
      Object.fromEntries(columns.map((column) => [column.name, passedAs(column.dataType)])),
    ]),
  );
}

function passedAs(dataType: string): Passed {
  if (/int/i.test(dataType)) return 'number';
  return /blob|bytea/i.test(dataType) ? 'bytes' : 'text';
}

/** How many rows a table has, and a hash over all of them in their order. */
export interface Fingerprint {
  readonly rows: number;
  readonly hash: string;
}

/** `onRows`: how many more were read. */
export async function fingerprint(
  on: Db,
  table: TableName,
  onRows: (rows: number) => void,
): Promise<Fingerprint> {
  const hash = createHash('sha256');
  let count = 0;
  for (let after: Key | null = null; ; ) {
    const rows = await rowsAfter(on, table, after);
    for (const row of rows) hash.update(`${JSON.stringify(canonical(table, row))}\n`);
    count += rows.length;
    onRows(rows.length);
    const last = rows.at(-1);
    if (last === undefined) return { rows: count, hash: hash.digest('hex') };
    after = keyOf(table, last);
  }
}

/** A row as both engines have it: ids of words may differ, and PostgreSQL has no NUL in a text. */
function canonical(table: TableName, row: Row): unknown[] {
  return Object.entries(row)
    .filter(([name]) => table !== 'word' || name === 'word')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [
      name,
      Buffer.isBuffer(value)
        ? value.toString('base64')
        : typeof value === 'string'
          ? value.replaceAll('\0', '\ufffd')
          : value,
    ]);
}
