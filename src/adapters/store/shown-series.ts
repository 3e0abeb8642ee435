import type { SeriesRecord } from '../../digest/series/record.js';
import { checkedIds, withChecks } from '../../digest/series/with-checks.js';
import { groupBy } from './group-by.js';
import type { Db } from './schema.js';
import { setOf } from './sets.js';
import { toEvidence } from './source-states.js';
import { overlayWritten } from './written-summaries.js';

/** Series as they are shown: with the summaries that a model wrote, and what the checks of trackers say. */
export async function overlayShown(db: Db, stored: readonly SeriesRecord[]): Promise<SeriesRecord[]> {
  return overlayChecks(db, await overlayWritten(db, stored));
}

async function overlayChecks(db: Db, series: readonly SeriesRecord[]): Promise<SeriesRecord[]> {
  if (series.length === 0) return [];
  // Most follow no tracker: then nothing is put together.
  const any = await db.selectFrom('tracker_evidence').select('message_key').limit(1).execute();
  if (any.length === 0) return [...series];
  const rows = await db
    .selectFrom('tracker_evidence')
    .selectAll()
    .where('message_key', 'in', setOf(db, series.flatMap(checkedIds)))
    .where('kind', '=', 'check')
    .orderBy('at')
    .orderBy('context')
    .execute();
  if (rows.length === 0) return [...series];
  const checks = groupBy(rows.map(toEvidence), ({ messageId }) => messageId);
  return series.map((one) => withChecks(one, checks));
}
