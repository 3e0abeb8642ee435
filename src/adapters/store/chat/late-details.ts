import { toIso } from '../../../digest/time/iso.js';
import type { Db } from '../schema.js';

const DAY_MS = 86_400_000;
/** Two digests of a weekly schedule, each a moment late. After that only the headline remains, which says so. */
const TRIED_FOR_MS = 15 * DAY_MS;

/** Which of these parts are details whose headline was posted. */
export async function underPostedHeadline(on: Db, outboxIds: readonly number[]): Promise<Set<number>> {
  const rows = await on
    .selectFrom('outbox as o')
    .innerJoin('outbox as h', 'h.id', 'o.under_id')
    .select('o.id')
    .where('o.id', 'in', [...outboxIds])
    .whereRef('h.slot_id', '=', 'o.slot_id')
    .where('h.state', '=', 'sent')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Details that the chat will never accept: the headline reported their contents, if it is posted. */
export async function leaveToHeadline(on: Db, id: number): Promise<void> {
  const headline = await on
    .selectFrom('outbox as o')
    .innerJoin('outbox as h', 'h.id', 'o.under_id')
    .select('h.id')
    .where('o.id', '=', id)
    .whereRef('h.slot_id', '=', 'o.slot_id')
    .where('h.state', '=', 'sent')
    .executeTakeFirst();
  if (headline === undefined) return;
  for (const table of ['ledger', 'mention'] as const)
    await on.updateTable(table).set({ outbox_id: headline.id }).where('outbox_id', '=', id).execute();
}

/**
 * Details that were not in time, or were refused, below a posted headline are tried once more with each next digest, in their own thread:
 * the headline named their contents, so no other may. In the transaction that plans a slot.
 */
export async function reopenDetails(
  on: Db,
  planned: {
    readonly destinationId: number;
    /** The slot that is planned. */
    readonly before: number;
    readonly staleAt: string;
    readonly now: string;
  },
): Promise<void> {
  const rows = await on
    .selectFrom('outbox as o')
    .innerJoin('slot as s', 's.id', 'o.slot_id')
    .innerJoin('outbox as h', 'h.id', 'o.under_id')
    .whereRef('h.slot_id', '=', 'o.slot_id')
    .select(['o.id', 'o.slot_id'])
    .where('s.destination_id', '=', planned.destinationId)
    .where('s.state', 'in', ['stale', 'refused'])
    .where('s.id', '<', planned.before)
    .where('s.due', '>=', toIso(Date.parse(planned.now) - TRIED_FOR_MS))
    .where('h.state', '=', 'sent')
    .where('o.state', 'in', ['stale', 'refused'])
    // Those that still have their contents.
    .where((e) =>
      e.or([
        e.exists(e.selectFrom('ledger').select('at').whereRef('ledger.outbox_id', '=', 'o.id')),
        e.exists(e.selectFrom('mention').select('at').whereRef('mention.outbox_id', '=', 'o.id')),
      ]),
    )
    .orderBy('o.id')
    .execute();
  if (rows.length === 0) return;
  const slots = [...new Set(rows.flatMap(({ slot_id: slot }) => (slot === null ? [] : [slot])))];
  await on
    .updateTable('slot')
    .set({ state: 'open', stale_at: planned.staleAt })
    .where('id', 'in', slots)
    .execute();
  await on
    .updateTable('outbox')
    .set({ state: 'waiting', not_before: planned.now, first_tried_at: null, lease_until: null })
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
}
