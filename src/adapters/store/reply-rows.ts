import { type RawBuilder, sql } from 'kysely';
import { engineSql } from './engine/engine-sql.js';
import type { Db } from './schema.js';
import { ofSet, rowSet, setOf } from './sets.js';

/** Reads the replies to postings. A thread may have thousands: they are counted in an index, and of each kind only the first are read. */

export interface ReplyRow {
  readonly id: number;
  readonly key: string;
  readonly kind: string;
  readonly bot: number;
  /** ISO UTC. */
  readonly received: string | null;
  /** Whether it has a tag or says something about the state. */
  readonly speaks: number;
  /** The cover or patch that it answers, by its row. */
  readonly target_id: number | null;
}

export interface ReplyCount {
  readonly target_id: number;
  readonly speaks: number;
  readonly bot: number;
  readonly messages: number;
  /** Of people, patches that were proposed in an answer among them. */
  readonly replies: number;
  /** When the last came, ISO UTC. */
  readonly newest: string | null;
}

/** A message, by its row, and the series to which it belongs, by its place in a list. */
export interface Owned {
  readonly id: number;
  readonly owner: number;
}

const OWNED = { id: 'number', owner: 'number' } as const;

/** True of no row if there are none to leave out: `not in` an empty set is not true on each engine. */
function isNone(on: Db, column: string, rows: readonly number[]): RawBuilder<boolean> {
  return rows.length === 0 ? sql`true` : sql`${sql.ref(column)} not in ${setOf(on, rows)}`;
}

/** How many replies some messages have, by whether they speak and are a bot's. `except`: rows that do not count. */
export function countReplies(
  on: Db,
  targets: Iterable<number>,
  except: readonly number[],
): Promise<ReplyCount[]> {
  return ofSet(on, targets, async (set) => {
    const { rows } = await sql<ReplyCount>`
      select target_id, speaks, bot, count(*) as messages,
        sum(case when bot = 0 and kind in ('reply', 'patch') then 1 else 0 end) as replies,
        nullif(max(coalesce(received, '')), '') as newest
      from message where target_id in ${set} and ${isNone(on, 'id', except)} group by target_id, speaks, bot`.execute(
      on,
    );
    return rows;
  });
}

const REPLY = sql`m.id, m.key, m.kind, m.bot, m.received, m.speaks, m.target_id`;

/** Of each owner the earliest `most` replies that speak. */
export async function speakingReplies(
  on: Db,
  targets: readonly Owned[],
  except: readonly number[],
  most: number,
): Promise<ReplyRow[]> {
  if (targets.length === 0) return [];
  const { rows } = await sql<ReplyRow>`
    select * from (
      select ${REPLY}, row_number() over (partition by given.owner order by coalesce(m.received, ''), m.key) as place
      from ${rowSet(on, OWNED, targets)} as given join message as m on m.target_id = given.id
      where m.speaks = 1 and ${isNone(on, 'm.id', except)}
    ) as numbered where place <= ${most}`.execute(on);
  return rows;
}

/** Of each message the earliest `most` replies of people that say nothing. */
export async function quietReplies(
  on: Db,
  targets: Iterable<number>,
  except: readonly number[],
  most: number,
): Promise<ReplyRow[]> {
  const given = rowSet(
    on,
    { id: 'number' },
    [...targets].map((id) => ({ id })),
  );
  const pick = sql`
    select first.id from message as first
    where first.target_id = given.id and first.speaks = 0 and first.bot = 0 and ${isNone(on, 'first.id', except)}
    order by coalesce(first.received, ''), first.key limit ${most}`;
  const { rows } = await sql<ReplyRow>`select ${REPLY} from ${engineSql(on).withPicked(given, pick)}`.execute(
    on,
  );
  return rows;
}

export function repliesById(on: Db, ids: Iterable<number>): Promise<ReplyRow[]> {
  return ofSet(on, ids, (set) =>
    on
      .selectFrom('message')
      .select(['id', 'key', 'kind', 'bot', 'received', 'speaks', 'target_id'])
      .where('id', 'in', set)
      .execute(),
  );
}
