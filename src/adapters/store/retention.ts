import { readMeta, writeMeta } from './meta.js';
import type { Db } from './schema.js';

/** The name of the mark that says how far bodies were dropped. */
export const RETENTION_MARK = 'retention';
const BATCH = 500;

/** How far it has come: all messages up to `id` that were received before `before` have no body any more. */
interface Progress {
  readonly before: string;
  readonly id: number;
}

/** Up to which received time bodies were dropped, by the stored mark; null if none were. */
export function retentionBefore(kept: string | undefined): string | null {
  return kept === undefined ? null : (JSON.parse(kept) as Progress).before;
}

/** Drops raw bodies and nothing else: messages, their series, the order of arrival and what was delivered stay. */
export function createRetention(db: Db) {
  /** Messages that became old since the last time … */
  const aged = (on: Db, v: { from: string; before: string; after: number }) =>
    on
      .selectFrom('message')
      .select('id')
      .where('received', '>=', v.from)
      .where('received', '<', v.before)
      .where('id', '>', v.after)
      .orderBy('id')
      .limit(BATCH)
      .execute();
  /** … and those that were old when they came. */
  const cameOld = (on: Db, v: { before: string; after: number }) =>
    on
      .selectFrom('message')
      .select('id')
      .where('received', '<', v.before)
      .where('id', '>', v.after)
      .orderBy('id')
      .limit(BATCH)
      .execute();
  const newest = (on: Db) => on.selectFrom('message').select('id').orderBy('id', 'desc').limit(1).execute();

  const drop = async (next: (after: number) => Promise<{ id: number }[]>, after: number): Promise<number> => {
    let dropped = 0;
    for (let last = after; ; ) {
      const ids = (await next(last)).map((row) => row.id);
      const end = ids.at(-1);
      if (end === undefined) return dropped;
      const rows = await db
        .updateTable('raw')
        .set({ body: Buffer.alloc(0) })
        .where('message_id', 'in', ids)
        .where((e) => e(e.fn<number>('length', ['body']), '>', 0))
        .returning('id')
        .execute();
      dropped += rows.length;
      last = end;
      // Questions are answered in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  return {
    /** Drops the bodies of mail that was received before a moment (ISO UTC); returns how many. */
    async dropBodies(before: string): Promise<number> {
      const kept = (await readMeta(db, RETENTION_MARK)) ?? undefined;
      const done: Progress = kept === undefined ? { before: '', id: 0 } : (JSON.parse(kept) as Progress);
      const [last] = await newest(db);
      const edge = done.before < before ? done.before : before;
      const dropped =
        (await drop((after) => aged(db, { from: edge, before, after }), 0)) +
        (await drop((after) => cameOld(db, { before: edge, after }), done.id));
      await db.updateTable('quarantine').set({ body: null }).where('at', '<', before).execute();
      const progress: Progress = { before: done.before > before ? done.before : before, id: last?.id ?? 0 };
      await writeMeta(db, RETENTION_MARK, JSON.stringify(progress));
      return dropped;
    },
  };
}
