import { type RawBuilder, sql } from 'kysely';
import type { Columns, EngineSql, RowsOf } from './engine-sql.js';
import { joinBytes } from './joined-bytes.js';

/** Sets on SQLite: values and rows as JSON. */
export const sqliteSets: Pick<EngineSql, 'setOf' | 'setOfBytes' | 'rowSet'> = {
  setOf: <Value>(values: readonly Value[]) => sql<Value>`(select value from json_each(${toJson(values)}))`,
  setOfBytes(values) {
    const texts = values.map((value) => Buffer.from(value).toString('hex'));
    return sql<Buffer>`(select unhex(value) from json_each(${JSON.stringify(texts)}))`;
  },
  rowSet,
};

function rowSet<C extends Columns>(columns: C, rows: RowsOf<C>): RawBuilder<unknown> {
  const cells: unknown[][] = rows.map(() => []);
  const selected = Object.keys(columns).map((name) => {
    const at = cells[0]?.length ?? 0;
    const how = columns[name];
    if (how === 'number' || how === 'text') {
      for (const [i, row] of rows.entries()) cells[i]?.push(row[name]);
      return sql`value->>${sql.lit(at)} as ${sql.id(name)}`;
    }
    const joined = joinBytes(rows.map((row) => row[name]));
    for (const [i, row] of cells.entries()) row.push(joined.at[i], joined.lengths[i]);
    const piece = sql`substr(${joined.bytes}, value->>${sql.lit(at)}, value->>${sql.lit(at + 1)})`;
    return how === 'bytes'
      ? sql`${piece} as ${sql.id(name)}`
      : sql`cast(${piece} as text) as ${sql.id(name)}`;
  });
  return sql`(select ${sql.join(selected)} from json_each(${toJson(cells)}))`;
}

/** Half a character (a surrogate without its other half) is not text to a database: it becomes U+FFFD, as in a separate parameter. */
function toJson(values: readonly unknown[]): string {
  const text = JSON.stringify(values);
  if (!text.includes('\\ud')) return text;
  return JSON.stringify(values, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value));
}
