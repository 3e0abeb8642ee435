import { sql } from 'kysely';
import type { Digest } from '../../../digest/plan/digest.js';
import type { Db } from '../schema.js';
import { setOf } from '../sets.js';
import type { SlotTable } from './chat-schema.js';
import type { Ledger } from './ledger.js';
import { orLost, type PlannedSlot, planSlot } from './plan-slot.js';

/** A slot, as `/digest status` and `/digest last` show it. */
export interface StoredSlot {
  readonly id: number;
  readonly due: string;
  readonly kind: SlotTable['kind'];
  readonly state: SlotTable['state'];
  readonly digest: Digest;
  readonly staleAt: string;
  readonly madeAt: string;
  readonly endedAt: string | null;
  readonly problem: string | null;
}

export type Slots = ReturnType<typeof createSlots>;

/** The slots of destinations: planned once, all or nothing. */
export function createSlots(
  db: Db,
  inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>,
  ledger: Ledger,
) {
  const lastPlanned = (on: Db, v: { id: number }) =>
    on
      .selectFrom('slot')
      .select('made_at')
      .where('destination_id', '=', v.id)
      .where('kind', '!=', 'now')
      .orderBy('due', 'desc')
      .limit(1)
      .execute();
  /**
   * A slot that was planned before the clock was set back is past: otherwise it would be due, and lose the race, every minute until the
   * next one.
   */
  const passOver = ({ destination, due }: PlannedSlot) =>
    db
      .updateTable('destination')
      .set({ last_due: due })
      .where('id', '=', destination.id)
      .where('last_due', '=', destination.lastDue)
      .where((e) =>
        e.exists(
          e
            .selectFrom('slot')
            .select('slot.id')
            .where('slot.destination_id', '=', destination.id)
            .where('slot.due', '=', due)
            .where('slot.kind', '=', 'scheduled'),
        ),
      )
      .execute();
  const last = async (
    destinationId: number,
    which: { readonly more: boolean; readonly madeAt?: string },
  ): Promise<StoredSlot | null> => {
    let query = db
      .selectFrom('slot')
      .selectAll()
      .where('destination_id', '=', destinationId)
      // An immediate post is not a digest.
      .where('kind', '!=', 'now')
      .orderBy('id', 'desc')
      .limit(1);
    if (which.more) query = query.where('state', '!=', 'empty');
    if (which.madeAt !== undefined) query = query.where('made_at', '=', which.madeAt);
    const row = await query.executeTakeFirst();
    if (row === undefined) return null;
    return {
      id: row.id,
      due: row.due,
      kind: row.kind,
      state: row.state,
      // Ours, written by planSlot.
      digest: JSON.parse(row.digest) as Digest,
      staleAt: row.stale_at,
      madeAt: row.made_at,
      endedAt: row.ended_at,
      problem: row.problem,
    };
  };
  return {
    /**
     * Plans a slot: the slot, its parts in the outbox, the ledger, the mentions, and the destination's cursor and last due moment, in one
     * transaction. null if another process has planned it, changed the destination or paused it since it was read: then nothing
     * was written. `asked` slots leave the schedule as it is, and are planned in a paused destination too.
     */
    async plan(planned: PlannedSlot): Promise<number | null> {
      const slotId = await orLost(inTransaction((on) => planSlot(on, ledger, planned)));
      if (slotId === null && planned.kind === 'scheduled') await passOver(planned);
      return slotId;
    },
    /** How many immediate messages were planned since a moment (ISO UTC), for each of these destinations that had any. */
    async postedAtOnce(destinationIds: readonly number[], since: string): Promise<Map<number, number>> {
      if (destinationIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('slot')
        .innerJoin('outbox', 'outbox.slot_id', 'slot.id')
        .select(['slot.destination_id', sql<number>`count(*)`.as('n')])
        .where('slot.destination_id', 'in', setOf(db, destinationIds))
        .where('slot.kind', '=', 'now')
        .where('slot.due', '>', since)
        .groupBy('slot.destination_id')
        .execute();
      return new Map(rows.map((row) => [row.destination_id, Number(row.n)]));
    },
    /** When a slot was last planned, ISO UTC; null before the first. */
    lastPlanned: async (destinationId: number): Promise<string | null> =>
      (await lastPlanned(db, { id: destinationId }))[0]?.made_at ?? null,
    /** The last slot that was planned; null before the first. */
    last: (destinationId: number) => last(destinationId, { more: false }),
    /** The last one that had something to report. */
    lastReported: (destinationId: number) => last(destinationId, { more: true }),
    /** The one that was made at a moment (ISO UTC); null if there is none, or no longer. */
    madeAt: (destinationId: number, madeAt: string) => last(destinationId, { more: false, madeAt }),
  };
}
