import type { RefusalReason } from '../../../digest/ports/chat-platform.js';
import type { Db } from '../schema.js';
import type { SlotTable } from './chat-schema.js';

/** A slot that came to its end. */
export interface EndedSlot {
  readonly slotId: number;
  readonly destinationId: number;
  readonly state: 'sent' | 'stale' | 'refused';
  /** With how many in a row the destination was refused, this one included. */
  readonly failedSlots: number;
}

/** Ends a slot in which nothing is open any more; null while something is, or where it ended before. */
export async function endSlot(
  on: Db,
  slotId: number,
  refusal: { readonly reason: RefusalReason } | null,
  now: string,
): Promise<EndedSlot | null> {
  const parts = await on
    .selectFrom('outbox')
    .select(['state', 'problem'])
    .where('slot_id', '=', slotId)
    .orderBy('part')
    .execute();
  if (parts.some(({ state }) => state === 'waiting' || state === 'sending' || state === 'unclear'))
    return null;
  const state: EndedSlot['state'] = parts.every((part) => part.state === 'sent')
    ? 'sent'
    : parts.some((part) => part.state === 'refused')
      ? 'refused'
      : 'stale';
  const before = await on.selectFrom('slot').select('ended_at').where('id', '=', slotId).executeTakeFirst();
  const [slot] = await on
    .updateTable('slot')
    .set({
      state: state satisfies SlotTable['state'],
      ended_at: now,
      problem: parts.find((part) => part.state !== 'sent')?.problem ?? null,
    })
    .where('id', '=', slotId)
    .where('state', '=', 'open')
    .returning('destination_id')
    .execute();
  if (slot === undefined) return null;
  const stands = parts[0]?.state === 'sent';
  // Details that were tried once more count for nothing: their digest was counted when it ended first.
  const counts = before?.ended_at === null && refusedByPlace(refusal, stands);
  const failedSlots = await countFailure(on, slot.destination_id, state, counts);
  return { slotId, destinationId: slot.destination_id, state, failedSlots };
}

/** Whether it is the place that refuses us. Where the headline stands and its details find it gone, somebody deleted it: the place takes the next one. */
function refusedByPlace(
  refusal: { readonly reason: RefusalReason } | null,
  headlineStands: boolean,
): boolean {
  if (refusal === null || refusal.reason === 'invalid') return false;
  return !(refusal.reason === 'gone' && headlineStands);
}

/** Slots in a row that the place refused; our own mistakes and outages do not count, and a digest that went out begins anew. */
async function countFailure(
  on: Db,
  destinationId: number,
  state: EndedSlot['state'],
  byPlace: boolean,
): Promise<number> {
  const counts = state === 'refused' && byPlace;
  const [row] = await on
    .updateTable('destination')
    .set((e) => ({
      failed_slots: state === 'sent' ? e.val(0) : counts ? e('failed_slots', '+', 1) : e.ref('failed_slots'),
    }))
    .where('id', '=', destinationId)
    .returning('failed_slots')
    .execute();
  return row?.failed_slots ?? 0;
}
