import type { Db } from '../schema.js';

/**
 * The newest seq that had arrived before a moment (ISO UTC); 0 if nothing had. Arrival times grow with seq, so a binary search finds it
 * without an index; a clock that jumped makes it a little wrong, never slow.
 */
export async function seqBefore(db: Db, moment: string): Promise<number> {
  const newest = await db.selectFrom('copy').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  let below = 0;
  let above = (newest?.seq ?? 0) + 1;
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    const row = await db
      .selectFrom('copy')
      .select(['seq', 'arrived_at'])
      .where('seq', '>=', middle)
      .where('seq', '<', above)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) above = middle;
    else if (row.arrived_at < moment) below = row.seq;
    else above = middle;
  }
  return below;
}
