import { sql } from 'kysely';
import type { Db } from '../schema.js';
import { type EndedSlot, endSlot } from './end-slot.js';
import { requeueParts } from './ledger.js';
import { type Settlement, settlePart } from './settle-part.js';
import { dropThread } from './threads.js';

/** Writes the outcome of messages and slots, with everything that follows from it, in the same transaction. */
export function createSettling(db: Db, inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>) {
  const overBy = (on: Db, now: string) =>
    on
      .selectFrom('slot')
      .select('id')
      .where('state', '=', 'open')
      .where('stale_at', '<=', now)
      .orderBy('id')
      .execute();
  return {
    /** Settles a claimed message; returns its slot if that ended with it. What was sent is sent, whichever process holds the lease by now. */
    settle: (id: number, attempts: number, settlement: Settlement): Promise<EndedSlot | null> =>
      inTransaction(async (on) => {
        const row = await settlePart(on, id, attempts, settlement);
        if (row === undefined || row.slot_id === null) return null;
        for (const below of row.below ?? []) await endSlot(on, below, null, settlement.at);
        if (settlement.kind === 'later') return null;
        return endSlot(on, row.slot_id, settlement.kind === 'refused' ? settlement : null, settlement.at);
      }),
    /** Releases what was claimed and not tried. */
    async release(
      id: number,
      attempts: number,
      was: { readonly firstTriedAt: string | null },
    ): Promise<void> {
      await db
        .updateTable('outbox')
        .set({
          state: was.firstTriedAt === null ? 'waiting' : 'unclear',
          attempts: attempts - 1,
          lease_until: null,
          first_tried_at: was.firstTriedAt,
        })
        .where('id', '=', id)
        .where('state', '=', 'sending')
        .where('attempts', '=', attempts)
        .execute();
    },
    /** Ends slots whose time is over: what was not sent of them goes stale, and what is unclear is still looked for. */
    async expire(now: string): Promise<EndedSlot[]> {
      // Nearly always there is none, and no reason to wait for a lock.
      if ((await overBy(db, now)).length === 0) return [];
      return inTransaction(async (on) => {
        const ended: EndedSlot[] = [];
        for (const { id } of await overBy(on, now)) {
          const rows = await on
            .updateTable('outbox')
            .set({ state: 'stale', problem: sql`coalesce(problem, 'it could not be sent in time')` })
            .where('slot_id', '=', id)
            .where('state', '=', 'waiting')
            // What happens to its details depends on whether the headline is posted.
            .where(({ not, exists, selectFrom }) =>
              not(
                exists(
                  selectFrom('outbox as h')
                    .select('h.id')
                    .whereRef('h.id', '=', 'outbox.under_id')
                    .where('h.state', 'in', ['sending', 'unclear']),
                ),
              ),
            )
            .returning('id')
            .execute();
          await requeueParts(
            on,
            rows.map((row) => row.id),
          );
          const below = await dropThread(
            on,
            rows.map((row) => row.id),
            { problem: 'the message above it could not be sent in time' },
          );
          for (const slot of below) await endSlot(on, slot, null, now);
          const end = await endSlot(on, id, null, now);
          if (end !== null) ended.push(end);
        }
        return ended;
      });
    },
  };
}
