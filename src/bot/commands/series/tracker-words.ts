import type { SeriesRecord } from '../../../digest/series/record.js';
import { trackerTexts } from '../../../digest/view/tracker-text.js';
import type { Library } from '../../library.js';

/** What trackers say of the latest version of a series, a line each; empty where none is followed. */
export async function trackerWords(library: Library, series: SeriesRecord): Promise<readonly string[]> {
  const latest = series.revisions.at(-1);
  if (latest === undefined) return [];
  const members = [latest.messageId, ...latest.patches.map((patch) => patch.messageId)];
  const evidence = await library.store.sources.evidenceOf(members.filter((id) => id !== null));
  return trackerTexts(latest, evidence);
}
