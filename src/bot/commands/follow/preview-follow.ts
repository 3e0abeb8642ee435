import type { Follow, Where } from '../../../digest/follow/follow.js';
import { compileFollow } from '../../../digest/follow/matches-follow.js';
import { NO_FILTERS, type SearchQuery } from '../../../digest/search/search-query.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { count } from '../../../digest/text/count.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { toIso } from '../../../digest/time/iso.js';
import type { CommandContext } from '../context.js';

export const PREVIEW_DAYS = 30;
const DAY_MS = 86_400_000;
/** How many of the newest series are checked. */
const MOST_LOOKED_AT = 100;

/** What a follow would have brought in the last 30 days. */
export interface FollowPreview {
  readonly matched: readonly SeriesRecord[];
  /** There were more series than were looked at. */
  readonly isPart: boolean;
}

/** Searches the newest series of the last 30 days, narrowed by the index to what is followed. */
export async function previewFollow(
  tree: Follow,
  { library, nowMs }: Pick<CommandContext, 'library' | 'nowMs'>,
): Promise<FollowPreview> {
  const since = toIso(nowMs() - PREVIEW_DAYS * DAY_MS);
  const hits = await library.store.search(narrowed(tree.where, since), MOST_LOOKED_AT);
  const matches = compileFollow(tree, library.catalog);
  return {
    matched: hits.map((hit) => hit.series).filter((series) => matches(series).matched),
    isPart: hits.length >= MOST_LOOKED_AT,
  };
}

/** The conditions that the index knows, of those that must all hold. */
function narrowed(where: Where, since: string): SearchQuery {
  const words: string[] = [];
  let filters = { ...NO_FILTERS, since };
  for (const one of where.kind === 'and' ? where.terms : [where]) {
    if (one.kind === 'subsystem') filters = { ...filters, subsystems: [...filters.subsystems, [one.slug]] };
    else if (one.kind === 'author' && !one.who.startsWith('@'))
      filters = { ...filters, authors: [...filters.authors, [one.who]] };
    else if (one.kind === 'title') words.push(one.words);
  }
  return { text: words.join(' '), filters };
}

/** `In the last 30 days it would have matched 12 series, such as “A” and “B”.`; `… 1 series: “A”.` */
export function previewText({ matched, isPart }: FollowPreview): string {
  if (matched.length === 0)
    return isPart ? '' : `In the last ${PREVIEW_DAYS} days it would have matched nothing here.`;
  const named = matched.slice(0, 2).map(({ title }) => `“${shorten(oneLine(title), 80)}”`);
  const least = isPart ? 'at least ' : '';
  // With no others than those that are named, they are no examples.
  const which = !isPart && matched.length === named.length ? ':' : ', such as';
  return `In the last ${PREVIEW_DAYS} days it would have matched ${least}${count(matched.length, 'series', 'series')}${which} ${named.join(' and ')}.`;
}
