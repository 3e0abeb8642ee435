import { partContentSchema } from '../../../digest/plan/part-content.js';
import type { Db } from '../schema.js';
import type { SlotTable } from './chat-schema.js';

/** A slot that ended. */
export interface EndedSlot {
  readonly slotId: number;
  readonly destinationId: number;
  readonly kind: SlotTable['kind'];
  readonly state: 'sent' | 'stale' | 'refused';
  /** With how many in a row the destination was refused, this one included. */
  readonly failedSlots: number;
  /** Its headlines were posted, whatever happened to their details. */
  readonly headlinePosted: boolean;
}

/** Ends a slot in which nothing is open any more; null while something is, or if it ended before. */
export async function endSlot(
  on: Db,
  slotId: number,
  refusal: object | null,
  now: string,
): Promise<EndedSlot | null> {
  const parts = await on
    .selectFrom('outbox')
    .select(['id', 'under_id', 'state', 'problem'])
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
  const before = await on
    .selectFrom('slot')
    .select(['ended_at', 'kind'])
    .where('id', '=', slotId)
    .executeTakeFirst();
  const kind = before?.kind ?? 'scheduled';
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
  const headlines = parts.filter((part) => part.under_id === null);
  const headlinePosted = headlines.length > 0 && headlines.every((part) => part.state === 'sent');
  // Immediate posts have no details; if one is refused, the next digest has it, and shows whether the refusal persists.
  if (kind === 'now')
    return { slotId, destinationId: slot.destination_id, kind, state, failedSlots: 0, headlinePosted };
  for (const { id } of headlines.filter((part) => part.state === 'sent')) {
    const missing = parts.filter((part) => part.under_id === id && part.state !== 'sent').length;
    await noteMissingDetails(on, { id, missing, now });
  }
  // Details that were tried once more do not count: their digest was counted when it ended first.
  const counts = before?.ended_at === null && refusal !== null && !headlinePosted;
  const failedSlots = await countFailure(on, slot.destination_id, state, counts);
  return { slotId, destinationId: slot.destination_id, kind, state, failedSlots, headlinePosted };
}

/**
 * Digests in a row whose headline was refused: what the chat rejects as wrong counts too, since it would be tried with each next digest
 * forever. Outages do not count, nor do threads that are refused below a posted headline; a digest that went out starts the count over.
 */
async function countFailure(
  on: Db,
  destinationId: number,
  state: EndedSlot['state'],
  isRefused: boolean,
): Promise<number> {
  const counts = state === 'refused' && isRefused;
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

/**
 * Makes a posted headline say how many of its details are not below it, by an edit; none if it says so already. In the transaction
 * that ends its slot.
 */
async function noteMissingDetails(
  on: Db,
  { id, missing, now }: { readonly id: number; readonly missing: number; readonly now: string },
): Promise<void> {
  const row = await on.selectFrom('outbox').select('content').where('id', '=', id).executeTakeFirstOrThrow();
  const content = partContentSchema.parse(JSON.parse(row.content));
  if (content.kind !== 'headline' || (content.missing ?? 0) === missing) return;
  await on
    .updateTable('outbox')
    .set({ content: JSON.stringify({ ...content, missing }), edit_wanted: 1, not_before: now, attempts: 0 })
    .where('id', '=', id)
    .execute();
}
