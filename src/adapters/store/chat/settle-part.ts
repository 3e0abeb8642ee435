import type { RefusalReason } from '../../../digest/ports/chat-platform.js';
import type { Db } from '../schema.js';
import { leaveToHeadline } from './late-details.js';
import { requeueParts } from './ledger.js';
import { dropThread } from './threads.js';

/** How a claimed message was settled. Times are ISO UTC. */
export type Settlement =
  /** `unlabelled`: it is posted, and an edit is to set the label of its post. */
  | { readonly kind: 'sent'; readonly messageId: string; readonly at: string; readonly unlabelled?: true }
  /** It is tried again from `notBefore` on. `unclear`: it may already be posted. */
  | {
      readonly kind: 'later';
      readonly unclear: boolean;
      readonly notBefore: string;
      readonly problem: string;
      readonly at: string;
    }
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      readonly problem: string;
      readonly at: string;
    }
  /** It can no longer be determined, or it is too late: its revisions return to the next digest. */
  | { readonly kind: 'stale'; readonly problem: string; readonly at: string };

interface SettledPart {
  readonly slot_id: number | null;
  /** Slots of messages that were to go under it: they may have ended. */
  readonly below?: readonly number[];
}

/** Writes the outcome of a claimed message; undefined if another process has claimed it by now. */
export async function settlePart(
  on: Db,
  id: number,
  attempts: number,
  settlement: Settlement,
): Promise<SettledPart | undefined> {
  const held = on
    .updateTable('outbox')
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('attempts', '=', attempts)
    .returning(['slot_id', 'under_id']);
  switch (settlement.kind) {
    case 'sent':
      return on
        .updateTable('outbox')
        .set({
          state: 'sent',
          message_id: settlement.messageId,
          sent_at: settlement.at,
          lease_until: null,
          problem: null,
          ...(settlement.unlabelled === true
            ? { edit_wanted: 1, not_before: settlement.at, attempts: 0 }
            : {}),
        })
        .where('id', '=', id)
        .where('state', '!=', 'sent')
        .returning('slot_id')
        .executeTakeFirst();
    case 'later':
      return held
        .set({
          state: settlement.unclear ? 'unclear' : 'waiting',
          not_before: settlement.notBefore,
          lease_until: null,
          problem: settlement.problem,
          // Certainly not there: the time in which the platform recognizes its key begins with the next try.
          ...(settlement.unclear ? {} : { first_tried_at: null }),
        })
        .executeTakeFirst();
    case 'refused':
    case 'stale': {
      const row = await held
        .set({ state: settlement.kind, lease_until: null, problem: settlement.problem })
        .executeTakeFirst();
      if (row === undefined) return undefined;
      // What is invalid itself stays so: only the headline reports it.
      if (settlement.kind === 'refused' && settlement.reason === 'invalid') await leaveToHeadline(on, id);
      await requeueParts(on, [id]);
      if (row.slot_id !== null)
        await dropRest(on, { id, slotId: row.slot_id, underId: row.under_id }, settlement);
      const below = await dropThread(on, [id], {
        problem: settlement.problem,
        isGone: settlement.kind === 'refused' && settlement.reason === 'gone',
      });
      return { ...row, below };
    }
    default:
      return settlement satisfies never;
  }
}

/**
 * The details of a headline that will not be posted end with it, and a place that forbids it forbids the others. If a message in a thread
 * is refused, so is the rest of that thread; other headlines may be posted. What is invalid itself, or late, does not affect the others.
 */
async function dropRest(
  on: Db,
  part: { readonly id: number; readonly slotId: number; readonly underId: number | null },
  settlement: Extract<Settlement, { kind: 'refused' | 'stale' }>,
): Promise<void> {
  const waiting = on
    .updateTable('outbox')
    .set({ state: settlement.kind, problem: settlement.problem })
    .where('slot_id', '=', part.slotId)
    .where('state', '=', 'waiting')
    .returning('id');
  const isPlace = settlement.kind === 'refused' && settlement.reason !== 'invalid';
  const above = isPlace ? part.underId : part.id;
  const rest = await (above === null ? waiting : waiting.where('under_id', '=', above)).execute();
  await requeueParts(
    on,
    rest.map(({ id }) => id),
  );
}
