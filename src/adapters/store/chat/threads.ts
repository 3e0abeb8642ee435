import type { Db } from '../schema.js';
import { setOf } from '../sets.js';
import { requeueParts } from './ledger.js';

/** A message that represents a series at a destination, or will. */
export interface OpenThread {
  readonly outboxId: number;
  /** RevisionRecord.id of what it was opened for. */
  readonly key: string;
}

/** The threads of a destination that hold any of these messages (RevisionRecord.id), the oldest first; those that were never posted are left out. */
export async function threadsOf(
  db: Db,
  destinationId: number,
  keys: readonly string[],
): Promise<OpenThread[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom('thread as t')
    .innerJoin('outbox as o', 'o.id', 't.outbox_id')
    .select(['t.outbox_id', 't.message_key'])
    .where('t.destination_id', '=', destinationId)
    .where('t.message_key', 'in', setOf(db, keys))
    .where('o.state', 'not in', ['refused', 'stale'])
    .orderBy('t.outbox_id')
    .execute();
  return rows.map((row) => ({ outboxId: row.outbox_id, key: row.message_key }));
}

/** A message represents a series from now on. In the transaction that creates it. */
export async function openThread(
  on: Db,
  thread: { readonly destinationId: number; readonly key: string; readonly outboxId: number },
): Promise<void> {
  await on
    .insertInto('thread')
    .values({
      destination_id: thread.destinationId,
      message_key: thread.key,
      outbox_id: thread.outboxId,
    })
    .onConflict((c) =>
      c.columns(['destination_id', 'message_key']).doUpdateSet({ outbox_id: thread.outboxId }),
    )
    .execute();
}

/**
 * What waits to go under messages that will not be posted becomes news for the next digest. `isGone`: one was refused because the message
 * above it was deleted, so that the series' next news begins a new thread. In the transaction that settles them; returns the slots that may
 * have ended with it.
 */
export async function dropThread(
  on: Db,
  ids: readonly number[],
  why: { readonly problem: string; readonly isGone?: boolean },
): Promise<number[]> {
  if (ids.length === 0) return [];
  if (why.isGone === true) await closeThreads(on, ids);
  const below = await on
    .updateTable('outbox')
    .set({ state: 'stale', problem: why.problem })
    .where('under_id', 'in', [...ids])
    .where('state', '=', 'waiting')
    .returning(['id', 'slot_id'])
    .execute();
  await requeueParts(
    on,
    below.map(({ id }) => id),
  );
  return [...new Set(below.flatMap(({ slot_id: slot }) => (slot === null ? [] : [slot])))];
}

async function closeThreads(on: Db, ids: readonly number[]): Promise<void> {
  const above = await on
    .selectFrom('outbox')
    .select('under_id')
    .where('id', 'in', [...ids])
    .where('under_id', 'is not', null)
    .execute();
  const closed = above.flatMap(({ under_id: under }) => (under === null ? [] : [under]));
  if (closed.length > 0) await on.deleteFrom('thread').where('outbox_id', 'in', closed).execute();
}
