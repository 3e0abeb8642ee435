import { describeWhy } from '../../../digest/series/describe-why.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import type { WhySeries } from '../../../digest/series/why.js';
import type { Library } from '../../library.js';

/** Answers why the mails of a series are one piece of work, and what its state was read from. */
export async function answerWhy(library: Library, series: SeriesRecord): Promise<WhySeries> {
  const group = await library.store.groupOf(series.id);
  if (group === null) throw new Error(`series ${series.id} is not stored`);
  return describeWhy({ series, group, corrections: await library.store.corrections() });
}
