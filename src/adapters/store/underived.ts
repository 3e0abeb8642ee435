import { sql } from 'kysely';
import type { Db, UnderivedTable } from './schema.js';
import { insertRows, ofSet, setOf } from './sets.js';

/** A message from which something is to be derived. */
export type DueMessage = Pick<UnderivedTable, 'message_id' | 'why' | 'unnamed'>;

const UNDERIVED = {
  message_id: 'number',
  seq: 'number',
  why: 'text',
  unnamed: 'number',
  attempts: 'number',
  marked_at: 'text',
} as const;

/** Marks messages as waiting to be derived, in the transaction of the mail. `seq`: the first of their batch. */
export async function addDue(on: Db, due: readonly DueMessage[], seq: number, now: string): Promise<void> {
  const rows = due.map((one) => ({ ...one, seq, attempts: 1, marked_at: now }));
  const fresh = rows.filter(({ why }) => why === 'new');
  await insertRows(on, 'underived', UNDERIVED, fresh, sql`on conflict do nothing`);
  // What waits already is derived as if it had been replaced, which covers all else.
  const again = rows.filter(({ why }) => why !== 'new');
  const asReplaced = sql`on conflict (message_id) do update set why = 'replaced', unnamed = 0`;
  await insertRows(on, 'underived', UNDERIVED, again, asReplaced);
}

/** Those of these messages that wait, by id. */
export function dueByMessage(on: Db, ids: Iterable<number>) {
  return ofSet(on, ids, (set) =>
    on
      .selectFrom('underived')
      .select(['message_id', 'why', 'unnamed', 'attempts'])
      .where('message_id', 'in', set)
      .orderBy('message_id')
      .execute(),
  );
}

/** The oldest that were marked at or before a moment. */
export function dueSince(on: Db, before: string, limit: number) {
  return on
    .selectFrom('underived')
    .select(['message_id', 'why', 'unnamed', 'attempts'])
    .where('marked_at', '<=', before)
    .orderBy('message_id')
    .limit(limit)
    .execute();
}

export async function setAttempts(on: Db, id: number, attempts: number): Promise<void> {
  await on.updateTable('underived').set({ attempts }).where('message_id', '=', id).execute();
}

/** They are derived, in the transaction of what was. */
export async function removeDue(on: Db, ids: Iterable<number>): Promise<void> {
  await on.deleteFrom('underived').where('message_id', 'in', setOf(on, ids)).execute();
}

export async function addFailure(
  on: Db,
  failure: { message_id: number; code: string; detail: string; failed_at: string },
): Promise<void> {
  const { code, detail } = failure;
  await on
    .insertInto('derive_failure')
    .values(failure)
    .onConflict((c) => c.column('message_id').doUpdateSet({ code, detail }))
    .execute();
}

export async function clearFailures(on: Db, ids: Iterable<number>): Promise<void> {
  await on.deleteFrom('derive_failure').where('message_id', 'in', setOf(on, ids)).execute();
}

/** The clusters that hold a message which could not be derived. */
export async function failedComponents(on: Db): Promise<Set<number>> {
  const rows = await on
    .selectFrom('derive_failure')
    .innerJoin('message', 'message.id', 'derive_failure.message_id')
    .select('message.component')
    .distinct()
    .execute();
  return new Set(rows.map((row) => row.component));
}
