import type { Correction } from '../../digest/series/group.js';
import type { Db } from './schema.js';

export interface StoredCorrection extends Correction {
  readonly by: string;
  readonly madeAt: string;
}

/** Keeps users' corrections about two messages; the newer one of a pair wins. */
export async function addCorrection(on: Db, correction: Correction, by: string, now: string): Promise<void> {
  const [a = '', b = ''] = [correction.a, correction.b].sort();
  // A repeated correction comes last: the order of the rows is the order in which they were made.
  await on.deleteFrom('correction').where('a', '=', a).where('b', '=', b).execute();
  await on
    .insertInto('correction')
    .values({ kind: correction.kind, a, b, made_at: now, made_by: by })
    .execute();
}

export async function readCorrections(on: Db): Promise<StoredCorrection[]> {
  const rows = await on.selectFrom('correction').selectAll().orderBy('id').execute();
  return rows.map(({ kind, a, b, made_at, made_by }) => ({ kind, a, b, by: made_by, madeAt: made_at }));
}
