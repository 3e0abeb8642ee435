import { type RawBuilder, sql } from 'kysely';
import { type Columns, engineSql, type Passed, type RowsOf } from './engine/engine-sql.js';
import type { Db, Tables } from './schema.js';

/** Sets of values and rows as ONE parameter each, so that the number and the text of statements do not depend on how many there are. */

type ColumnsOf<Table extends keyof Tables> = Readonly<Partial<Record<keyof Tables[Table] & string, Passed>>> &
  Columns;

/** `where('key', 'in', setOf(on, keys))`. */
export function setOf<Value extends string | number>(on: Db, values: Iterable<Value>): RawBuilder<Value> {
  return engineSql(on).setOf([...values]);
}

/** Queries the rows of a set; an empty set needs no query. */
export async function ofSet<Value extends string | number, Row>(
  on: Db,
  values: Iterable<Value>,
  ask: (set: RawBuilder<Value>) => Promise<Row[]>,
): Promise<Row[]> {
  const list = [...values];
  return list.length === 0 ? [] : ask(setOf(on, list));
}

/** As `setOf`, for short binary keys. */
export function setOfBytes(on: Db, values: readonly Uint8Array[]): RawBuilder<Buffer> {
  return engineSql(on).setOfBytes(values);
}

/** Rows as a table, in the order given. */
export function rowSet<C extends Columns>(on: Db, columns: C, rows: RowsOf<C>): RawBuilder<unknown> {
  return engineSql(on).rowSet(columns, rows);
}

/** Inserts rows in their order; where there is a conflict, as `on conflict …` says. */
export async function insertRows<Table extends keyof Tables, C extends ColumnsOf<Table>>(
  on: Db,
  table: Table,
  columns: C,
  rows: RowsOf<C>,
  onConflict: RawBuilder<unknown> = sql``,
): Promise<void> {
  if (rows.length === 0) return;
  const names = sql.join(Object.keys(columns).map((name) => sql.ref(name)));
  // Without `where` SQLite would read `on conflict` as part of a join.
  await sql`insert into ${sql.table(table)} (${names}) select * from ${rowSet(on, columns, rows)} as given where true ${onConflict}`.execute(
    on,
  );
}

/** Sets columns of the rows that `by` names, which is one of the columns. */
export async function updateRows<Table extends keyof Tables, C extends ColumnsOf<Table>>(
  on: Db,
  table: Table,
  by: keyof C & string,
  columns: C,
  rows: RowsOf<C>,
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns).filter((name) => name !== by);
  const set = sql.join(names.map((name) => sql`${sql.ref(name)} = ${sql.ref(`given.${name}`)}`));
  await sql`update ${sql.table(table)} set ${set} from ${rowSet(on, columns, rows)} as given where ${sql.ref(`${table}.${by}`)} = ${sql.ref(`given.${by}`)}`.execute(
    on,
  );
}
