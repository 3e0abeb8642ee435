import { sql } from 'kysely';
import type { Db } from '../schema.js';
import { createBreaking } from './outbox-breaking.js';
import { createClaim } from './outbox-claim.js';
import { createEdits } from './outbox-edits.js';
import { createSettling } from './outbox-settling.js';

export type Outbox = ReturnType<typeof createOutbox>;

/** Written as literal lists, so that the partial indexes of open rows are used. */
const IS_OPEN = sql<boolean>`o.state in ('waiting', 'sending', 'unclear')`;

/** Messages on their way out. */
export function createOutbox(db: Db, inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>) {
  const recovered = (on: Db, v: { now: string }) =>
    on
      .updateTable('outbox')
      .set({ state: 'unclear', lease_until: null, problem: 'covernote stopped while it was sent' })
      .where(sql<boolean>`state in ('waiting', 'sending', 'unclear')`)
      .where('state', '=', 'sending')
      .where('lease_until', '<=', v.now)
      .returning('id')
      .execute();
  const openByState = (on: Db) =>
    on
      .selectFrom('outbox as o')
      .select(['o.state', sql<number>`count(*)`.as('n')])
      .where(IS_OPEN)
      .groupBy('o.state')
      .execute();
  const edits = (on: Db) =>
    on
      .selectFrom('outbox')
      .select(sql<number>`count(*)`.as('n'))
      .where(sql<boolean>`edit_wanted = 1`)
      .execute();

  return {
    /** What was being sent when a process died is unclear from now on; returns how many that were. */
    async recover(now: string): Promise<number> {
      return (await recovered(db, { now })).length;
    },
    /** When the next message is due or the next lease or slot ends (ISO UTC); null if nothing is on its way. */
    async nextDue(): Promise<string | null> {
      const row = await db
        .selectFrom('outbox as o')
        .leftJoin('slot as s', 's.id', 'o.slot_id')
        .select([
          sql<string | null>`min(case when o.state = 'sending' then o.lease_until else o.not_before end)`.as(
            'due',
          ),
          sql<string | null>`min(case when o.state = 'waiting' then s.stale_at end)`.as('stale'),
        ])
        .where(IS_OPEN)
        .executeTakeFirst();
      const times = [row?.due, row?.stale].filter((time) => time !== null && time !== undefined);
      return times.sort()[0] ?? null;
    },
    /** When the slot ended that the longest waiting message belongs to (ISO UTC); null if none waits. In the future while all is well. */
    async waitingPast(): Promise<string | null> {
      const row = await db
        .selectFrom('outbox as o')
        .innerJoin('slot as s', 's.id', 'o.slot_id')
        .leftJoin('outbox as h', 'h.id', 'o.under_id')
        .select((e) => e.fn.min('s.stale_at').as('stale'))
        .where(IS_OPEN)
        .where('o.state', '=', 'waiting')
        // Others wait until it is known whether the message above them is posted, as long as that takes.
        .where((e) => e.or([e('o.under_id', 'is', null), e('h.state', 'not in', ['sending', 'unclear'])]))
        .executeTakeFirst();
      return row?.stale ?? null;
    },
    /** How many messages are on their way, by state. */
    async depth(): Promise<{ waiting: number; sending: number; unclear: number; edits: number }> {
      const rows = await openByState(db);
      const of = (state: string) => Number(rows.find((row) => row.state === state)?.n ?? 0);
      const [open] = await edits(db);
      return {
        waiting: of('waiting'),
        sending: of('sending'),
        unclear: of('unclear'),
        edits: Number(open?.n ?? 0),
      };
    },
    ...createClaim(db),
    ...createSettling(db, inTransaction),
    ...createBreaking(db, inTransaction),
    ...createEdits(db),
  };
}
