import { partContentSchema } from '../../../digest/plan/part-content.js';
import type { Db } from '../schema.js';

/**
 * Makes a headline that stands say how many of its details are not below it, by an edit; none where it says so already. In the transaction
 * that ends its slot.
 */
export async function noteMissingDetails(
  on: Db,
  { slotId, missing, now }: { readonly slotId: number; readonly missing: number; readonly now: string },
): Promise<void> {
  const row = await on
    .selectFrom('outbox')
    .select(['id', 'content'])
    .where('slot_id', '=', slotId)
    .where('part', '=', 0)
    .where('state', '=', 'sent')
    .executeTakeFirst();
  if (row === undefined) return;
  const content = partContentSchema.parse(JSON.parse(row.content));
  if (content.kind !== 'headline' || (content.missing ?? 0) === missing) return;
  await on
    .updateTable('outbox')
    .set({ content: JSON.stringify({ ...content, missing }), edit_wanted: 1, not_before: now, attempts: 0 })
    .where('id', '=', row.id)
    .execute();
}
