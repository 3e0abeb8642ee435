import { type RawBuilder, sql } from 'kysely';
import type { Db, Tables } from './schema.js';

/**
 * Sets of values and rows as ONE parameter each, so that the number and the text of statements do not depend on how many there are. SQLite's way
 * to say it: in PostgreSQL `json_each` is `json_to_recordset`, `unhex` is `decode(…, 'hex')`, and bytes are read as text by `convert_from(…, 'UTF8')`.
 */

/** `where('key', 'in', setOf(keys))`. */
export function setOf<Value extends string | number>(values: Iterable<Value>): RawBuilder<Value> {
  return sql<Value>`(select value from json_each(${toJson([...values])}))`;
}

/** Asks for the rows of a set; of an empty one nothing needs to be asked. */
export async function ofSet<Value extends string | number, Row>(
  values: Iterable<Value>,
  ask: (set: RawBuilder<Value>) => Promise<Row[]>,
): Promise<Row[]> {
  const list = [...values];
  return list.length === 0 ? [] : ask(setOf(list));
}

/** As `setOf`, for short binary keys. */
export function setOfBytes(values: readonly Uint8Array[]): RawBuilder<Buffer> {
  const texts = values.map((value) => Buffer.from(value).toString('hex'));
  return sql<Buffer>`(select unhex(value) from json_each(${JSON.stringify(texts)}))`;
}

/**
 * How a column of a set of rows is passed. `value`: a number, text or null, as JSON. `bytes` and `document` (text as UTF-8): out of one buffer for
 * the whole column, cut at the places that the row names. So documents, which are JSON themselves, are not escaped once more, nor bodies written in hex.
 */
type Passed = 'value' | 'bytes' | 'document';
type Given<How extends Passed> = How extends 'value' ? string | number | null : Uint8Array | string | null;
type Columns = Readonly<Record<string, Passed>>;
type RowsOf<C extends Columns> = readonly { readonly [Name in keyof C]: Given<C[Name]> }[];
type ColumnsOf<Table extends keyof Tables> = Readonly<Partial<Record<keyof Tables[Table] & string, Passed>>> &
  Columns;

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
  await sql`insert into ${sql.table(table)} (${names}) select * from ${rowSet(columns, rows)} where true ${onConflict}`.execute(
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
  await sql`update ${sql.table(table)} set ${set} from ${rowSet(columns, rows)} as given where ${sql.ref(`${table}.${by}`)} = ${sql.ref(`given.${by}`)}`.execute(
    on,
  );
}

/** Rows as a table, in the order given. */
export function rowSet<C extends Columns>(columns: C, rows: RowsOf<C>): RawBuilder<unknown> {
  const cells: unknown[][] = rows.map(() => []);
  const selected = Object.keys(columns).map((name) => {
    const at = cells[0]?.length ?? 0;
    if (columns[name] === 'value') {
      for (const [i, row] of rows.entries()) cells[i]?.push(row[name]);
      return sql`value->>${sql.lit(at)} as ${sql.id(name)}`;
    }
    const piece = sql`substr(${joined(rows, name, cells)}, value->>${sql.lit(at)}, value->>${sql.lit(at + 1)})`;
    return columns[name] === 'bytes'
      ? sql`${piece} as ${sql.id(name)}`
      : sql`cast(${piece} as text) as ${sql.id(name)}`;
  });
  return sql`(select ${sql.join(selected)} from json_each(${toJson(cells)}))`;
}

/** The bytes of a column, one after another; adds the place and length of each (from 1 on) to the cells of its row. */
function joined(rows: RowsOf<Columns>, name: string, cells: readonly unknown[][]): Buffer {
  const pieces: Uint8Array[] = [];
  let end = 0;
  for (const [i, row] of rows.entries()) {
    const value = row[name];
    if (value === null || value === undefined || typeof value === 'number') {
      cells[i]?.push(null, null);
      continue;
    }
    const piece = typeof value === 'string' ? Buffer.from(value) : value;
    cells[i]?.push(end + 1, piece.byteLength);
    pieces.push(piece);
    end += piece.byteLength;
  }
  return Buffer.concat(pieces, end);
}

/** Half a character (a surrogate without its other half) is no text to a database: it becomes U+FFFD, as in a parameter of its own. */
function toJson(values: readonly unknown[]): string {
  const text = JSON.stringify(values);
  if (!text.includes('\\ud')) return text;
  return JSON.stringify(values, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value));
}
