import type { Correction } from '../../digest/series/group.js';
import type { Derivation } from './derivation.js';
import type { Db } from './schema.js';
import { statementIn } from './statement.js';

export interface StoredCorrection extends Correction {
  readonly by: string;
  readonly madeAt: string;
}

/** Remembers what people said about two messages; the newer word on the same pair wins. */
export function createCorrections(
  db: Db,
  inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>,
  derivation: Pick<Derivation, 'markAgain' | 'derive'>,
) {
  const ids = statementIn((keys: string[]) => db.selectFrom('message').select('id').where('key', 'in', keys));
  return {
    async correct(correction: Correction, by: string, now: string): Promise<void> {
      const messages = await inTransaction(async (on) => {
        const [a = '', b = ''] = [correction.a, correction.b].sort();
        // Said anew it comes last: the order of the rows is the order in which people spoke.
        await on.deleteFrom('correction').where('a', '=', a).where('b', '=', b).execute();
        await on
          .insertInto('correction')
          .values({ kind: correction.kind, a, b, made_at: now, made_by: by })
          .execute();
        const messages = [...new Set((await ids(on, [a, b])).map((row) => row.id))];
        await derivation.markAgain(on, messages, now);
        return messages;
      });
      await derivation.derive(messages, now);
    },
    async corrections(): Promise<StoredCorrection[]> {
      const rows = await db.selectFrom('correction').selectAll().orderBy('id').execute();
      return rows.map(({ kind, a, b, made_at, made_by }) => ({ kind, a, b, by: made_by, madeAt: made_at }));
    },
  };
}
