import type { PublicLibrary } from '../../digest/ports/public-library.js';
import { describeWhy } from '../../digest/series/describe-why.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { withStale } from '../../digest/series/with-stale.js';
import { resolveSubsystem } from '../../digest/subsystem/look-up.js';
import { MINUTE_MS, toIso } from '../../digest/time/iso.js';
import { tagMails } from '../../digest/view/picture/timeline-facts.js';
import { findWaiting } from '../commands/board/find-waiting.js';
import { compareNamed } from '../commands/series/compare.js';
import { findFollowable } from '../commands/subsystems/find-followable.js';
import type { Library } from '../library.js';
import { createPublicDigests } from './public-digests.js';
import { createWeeksReader } from './public-weeks.js';
import { searchPublic } from './search-public.js';
import { tableOf } from './table-of.js';

/** Counting reads all series: at most once in this time. */
const COUNTED_FOR_MS = 5 * MINUTE_MS;

export interface PublicSetting {
  readonly library: Library;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
}

/** The public queries of a library. */
export function createPublicLibrary({ library, nowMs }: PublicSetting): PublicLibrary {
  const { store } = library;
  const asOfNow = (series: SeriesRecord): SeriesRecord => withStale(series, toIso(nowMs()));
  const series = async (id: string): Promise<SeriesRecord | null> => {
    const found = (await store.seriesById(id)) ?? (await store.seriesByMessage(id));
    return found === null ? null : asOfNow(found);
  };
  const followable = keptFor(COUNTED_FOR_MS, nowMs, (words) => findFollowable(library, words));
  return {
    newestMail: async () => (await store.freshness()).received,
    search: (query, range) => searchPublic(library, nowMs(), query, range),
    series,
    recent: async (limit) => (await store.recent(null, limit)).map((hit) => asOfNow(hit.series)),
    compare: (one, names) => compareNamed(library, one, names),
    tagTimes: (one) => store.mailTimes(tagMails(one)),
    async why(one) {
      const group = await store.groupOf(one.id);
      if (group === null) throw new Error(`series ${one.id} is not stored`);
      return describeWhy({ series: one, group, corrections: [] });
    },
    ...createPublicDigests(library, asOfNow),
    waiting: (words) => findWaiting(library, words, nowMs(), library.config.timeZone),
    followable,
    weeks: createWeeksReader({ store, asOfNow, nowMs }),
    async subsystem(name) {
      const { catalog } = library;
      const known = resolveSubsystem(catalog, name);
      if (known === null) return null;
      const parts = catalog.subsystems.filter(({ parent }) => parent === known.slug);
      const { slug, lists } = known;
      return { slug, name: known.name, lists, parts: parts.map((part) => part.slug) };
    },
    seriesOf: async (slug, question) => {
      const { rows, total } = await store.subsystemSeries(tableOf(slug, question, nowMs()));
      return { rows: rows.map(asOfNow), total };
    },
  };
}

/** The result of the empty query, cached for a time: other queries are computed each time. */
function keptFor<T>(
  keptMs: number,
  nowMs: () => number,
  compute: (words: string) => Promise<T>,
): (words: string) => Promise<T> {
  let kept: { readonly at: number; readonly answer: Promise<T> } | null = null;
  return (words) => {
    if (words !== '') return compute(words);
    if (kept !== null && Math.abs(nowMs() - kept.at) < keptMs) return kept.answer;
    const answer = compute('');
    kept = { at: nowMs(), answer };
    answer.catch(() => {
      kept = null;
    });
    return answer;
  };
}
