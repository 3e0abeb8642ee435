import { sql } from 'kysely';
import type { LastReply } from '../../digest/plan/own-state.js';
import type { JoinFacts } from '../../digest/revision/revision.js';
import { factsById } from './derivation-rows.js';
import type { Db } from './schema.js';
import { setOf } from './sets.js';

interface Row {
  readonly series: string;
  readonly id: number;
  readonly key: string;
  readonly received: string;
}

/** Of some series (SeriesRecord.id), the last reply that a person wrote; those without one are left out. */
export function createLastReplyReader(db: Db) {
  return async (seriesIds: readonly string[]): Promise<Map<string, LastReply>> => {
    if (seriesIds.length === 0) return new Map();
    const { rows } = await sql<Row>`
      select series, id, key, received from (
        select s.key as series, m.id, m.key, m.received,
          row_number() over (partition by s.id order by m.received desc, m.key desc) as place
        from series as s join message as m on m.series_id = s.id
        where s.key in ${setOf(db, seriesIds)} and m.target_id is not null and m.bot = 0 and m.received is not null
      ) as numbered where place = 1`.execute(db);
    const facts = await factsById(
      db,
      rows.map(({ id }) => id),
    );
    const authors = new Map(
      facts.map((row) => {
        const { author, senderEmail } = JSON.parse(row.facts) as JoinFacts;
        return [row.message_id, { name: author.name, email: senderEmail }];
      }),
    );
    const found = new Map<string, LastReply>();
    for (const { series, id, key, received } of rows) {
      const by = authors.get(id);
      if (by !== undefined) found.set(series, { id: key, by, at: received });
    }
    return found;
  };
}
