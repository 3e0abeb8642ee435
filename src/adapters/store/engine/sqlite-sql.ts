import { sql } from 'kysely';
import type { EngineSql } from './engine-sql.js';
import { sqliteSearch } from './search-sqlite.js';
import { sqliteSets } from './sets-sqlite.js';

export const sqliteSql: EngineSql = {
  ...sqliteSets,
  search: sqliteSearch,
  // In this order: SQLite then looks the picked ids up, and never the other way round.
  withPicked: (given, pick) => sql`${given} as given cross join message as m on m.id in (${pick})`,
  // SQLite notes by itself what a table with `autoincrement` came to.
  async lastMessageId(on) {
    const { rows } = await sql<{ id: number | null }>`
      select max(id) as id from (
        select max(id) as id from message union all select seq from sqlite_sequence where name = 'message')`.execute(
      on,
    );
    return rows[0]?.id ?? 0;
  },
  noteMessageId: async () => undefined,
  async lastIds(on) {
    const { rows } = await sql<{
      name: string;
      seq: number;
    }>`select name, seq from sqlite_sequence order by name`.execute(on);
    return new Map(rows.map(({ name, seq }) => [name, seq]));
  },
  async settleIds(on, last) {
    for (const [name, seq] of last) {
      await sql`delete from sqlite_sequence where name = ${name} and seq < ${seq}`.execute(on);
      await sql`insert into sqlite_sequence (name, seq) select ${name}, ${seq}
        where not exists (select 1 from sqlite_sequence where name = ${name})`.execute(on);
    }
  },
  takeRows: async (on, _, look, take) => take(on, await look(on, sql``)),
  withoutRowId: sql`without rowid`,
  createJournal: async () => undefined,
};
