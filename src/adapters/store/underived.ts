import type { Db, UnderivedTable } from './schema.js';
import { type Runner, statement, statementIn, statementRows } from './statement.js';

/** A message from which something is to be derived. */
export type DueMessage = Pick<UnderivedTable, 'message_id' | 'why' | 'unnamed'>;

/** Messages that are stored and wait to be derived: written in the transaction of the mail, taken out in that of what is derived. */
export function underivedStatements(db: Db) {
  const addNew = statementRows<UnderivedTable>((rows) =>
    db
      .insertInto('underived')
      .values(
        rows.map(({ message_id, seq, why, unnamed, attempts, marked_at }) => ({
          message_id,
          seq,
          why,
          unnamed,
          attempts,
          marked_at,
        })),
      )
      .onConflict((c) => c.doNothing()),
  );
  // What waits already is derived as if it had been replaced, which covers all else.
  const addAgain = statement<UnderivedTable>()((v) =>
    db
      .insertInto('underived')
      .values({
        message_id: v.message_id,
        seq: v.seq,
        why: v.why,
        unnamed: v.unnamed,
        attempts: v.attempts,
        marked_at: v.marked_at,
      })
      .onConflict((c) => c.column('message_id').doUpdateSet({ why: 'replaced', unnamed: 0 })),
  );
  return {
    async add(on: Runner, due: readonly DueMessage[], seq: number, now: string): Promise<void> {
      const rows = due.map((one) => ({ ...one, seq, attempts: 1, marked_at: now }));
      await addNew(
        on,
        rows.filter(({ why }) => why === 'new'),
      );
      for (const row of rows) if (row.why !== 'new') await addAgain(on, row);
    },
    byMessage: statementIn((ids: number[]) =>
      db
        .selectFrom('underived')
        .select(['message_id', 'why', 'unnamed', 'attempts'])
        .where('message_id', 'in', ids),
    ),
    /** The oldest that were marked at or before a moment. */
    waiting: statement<{ before: string; limit: number }>()((v) =>
      db
        .selectFrom('underived')
        .select(['message_id', 'why', 'unnamed', 'attempts'])
        .where('marked_at', '<=', v.before)
        .orderBy('message_id')
        .limit(v.limit),
    ),
    setAttempts: statement<{ message_id: number; attempts: number }>()((v) =>
      db.updateTable('underived').set({ attempts: v.attempts }).where('message_id', '=', v.message_id),
    ),
    done: statementIn((ids: number[]) => db.deleteFrom('underived').where('message_id', 'in', ids)),
    addFailure: statement<{ message_id: number; code: string; detail: string; failed_at: string }>()((v) =>
      db
        .insertInto('derive_failure')
        .values({ message_id: v.message_id, code: v.code, detail: v.detail, failed_at: v.failed_at })
        .onConflict((c) => c.column('message_id').doUpdateSet({ code: v.code, detail: v.detail })),
    ),
    clearFailures: statementIn((ids: number[]) =>
      db.deleteFrom('derive_failure').where('message_id', 'in', ids),
    ),
    /** The clusters that hold a message which could not be derived. */
    failedComponents: statement<object>()(() =>
      db
        .selectFrom('derive_failure')
        .innerJoin('message', 'message.id', 'derive_failure.message_id')
        .select('message.component')
        .distinct(),
    ),
  };
}
