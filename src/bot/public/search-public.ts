import { UserError } from '../../digest/failure/failure.js';
import type { FoundSeries, PageRange } from '../../digest/ports/public-library.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { findVersion } from '../../digest/series/version-name.js';
import { withStale } from '../../digest/series/with-stale.js';
import { toIso } from '../../digest/time/iso.js';
import { readSearch } from '../commands/series/find-series.js';
import { namesAMail } from '../commands/series/mail-link.js';
import { chooseSeries, nearSeries } from '../commands/series/one-series.js';
import type { Library } from '../library.js';

/** A search with the chats' syntax; it fetches nothing. */
export async function searchPublic(
  library: Library,
  nowMs: number,
  typed: string,
  { page, limit }: PageRange,
): Promise<FoundSeries> {
  const parsed = readSearch(library, typed, nowMs, library.config.timeZone);
  if (!parsed.ok) throw new UserError('usage', parsed.message, parsed.remedy);
  const { query, names } = parsed;
  const [name] = names;
  const fits = ({ revisions }: SeriesRecord) => name === undefined || findVersion(revisions, name) !== null;
  const asOfNow = (series: SeriesRecord) => withStale(series, toIso(nowMs));
  const hits = await library.store.search(query, { limit: limit + 1, offset: (page - 1) * limit });
  const chosen = page > 1 ? ({ kind: 'none' } as const) : chooseSeries(hits, fits);
  const near =
    hits.length > 0 || page > 1 || namesAMail(query.text) ? [] : await nearSeries(library, query.text);
  return {
    chosen: chosen.kind === 'one' ? asOfNow(chosen.series) : null,
    isGuess: chosen.kind === 'one' && chosen.isGuess,
    matches: hits.slice(0, limit).map((hit) => asOfNow(hit.series)),
    hasMore: hits.length > limit,
    versions: names,
    near: near.map(asOfNow),
  };
}
