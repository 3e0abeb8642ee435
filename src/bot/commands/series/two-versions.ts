import type { Comparison } from '../../../digest/series/comparison.js';
import { describeComparison } from '../../../digest/series/describe-comparison.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import { versionName } from '../../../digest/series/version-name.js';
import type { Library } from '../../library.js';

/** Compares two postings of a series, the older first. */
export async function compareTwo(
  library: Library,
  series: SeriesRecord,
  [from, to]: readonly [RevisionRecord, RevisionRecord],
): Promise<Comparison> {
  const group = await library.store.groupOf(series.id);
  const members = group?.revisions.find((revision) => revision.id === to.id)?.members ?? [];
  const messages = await library.store.postingFacts(members);
  const comparison =
    group === null ? null : describeComparison({ series, group, from: from.id, to: to.id, messages });
  if (comparison === null) throw new Error(`series ${series.id} does not hold its own postings`);
  return comparison;
}

/** `v1, v2, RFC v3`. */
export function versionsHere(revisions: readonly RevisionRecord[]): string {
  return revisions.map(versionName).join(', ');
}
