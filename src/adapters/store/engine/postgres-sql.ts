import { sql } from 'kysely';
import type { Db } from '../schema.js';
import type { EngineSql } from './engine-sql.js';
import { postgresSearch } from './search-postgres.js';
import { postgresSets } from './sets-postgres.js';

export const postgresSql: EngineSql = {
  ...postgresSets,
  search: postgresSearch,
  withPicked: (given, pick) =>
    sql`${given} as given cross join lateral (${pick}) as picked join message as m on m.id = picked.id`,
  async lastMessageId(on) {
    const { rows } = await sql<{ id: number }>`
      select greatest((select max(id) from message), (select last_value from message_id_seq)) as id
      where exists (select from message) or (select is_called from message_id_seq)`.execute(on);
    return rows[0]?.id ?? 0;
  },
  async noteMessageId(on, last) {
    await sql`select setval('message_id_seq', ${last})`.execute(on);
  },
  async lastIds(on) {
    const last = new Map<string, number>();
    for (const { table, sequence } of await numbered(on)) {
      const { rows } = await sql<{
        id: number;
      }>`select last_value as id from ${sql.table(sequence)} where is_called`.execute(on);
      for (const { id } of rows) last.set(table, id);
    }
    return last;
  },
  async settleIds(on, last) {
    for (const { table, column, sequence } of await numbered(on)) {
      const { rows } = await sql<{
        id: number | null;
      }>`select max(${sql.ref(column)}) as id from ${sql.table(table)}`.execute(on);
      const id = Math.max(rows[0]?.id ?? 0, last.get(table) ?? 0);
      if (id > 0) await sql`select setval(${sequence}, ${id})`.execute(on);
    }
  },
  async takeRows(on, alias, look, take) {
    // Nearly always there is nothing to take, and nothing to begin a transaction for.
    if ((await look(on, sql``)).length === 0) return take(on, []);
    return on
      .transaction()
      .execute(async (within) =>
        take(within, await look(within, sql`for update of ${sql.ref(alias)} skip locked`)),
      );
  },
  withoutRowId: sql``,
  async createJournal(db) {
    await sql`create table reading (
      session bigint not null, id bigint not null, hashes bytea not null, alone text, body bytea,
      primary key (session, id))`.execute(db);
  },
};

/** The tables whose rows get numbers, with the sequence of each. */
async function numbered(on: Db): Promise<readonly { table: string; column: string; sequence: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES' order by table_name`.execute(on);
  return rows.map((row) => ({ ...row, sequence: `${row.table}_${row.column}_seq` }));
}
