import type { FoundSeries } from '../../../digest/ports/public-library.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { versionName } from '../../../digest/series/version-name.js';
import { shorten } from '../../../digest/text/inert.js';
import { list, say } from '../../../digest/view/blocks.js';
import type { Span, View } from '../../../digest/view/view.js';
import { dotted } from '../../../digest/view/words.js';

const MAX_TITLE = 120;
const MAX_QUERY = 100;

/** Several series, a line each, with what another tool takes to open one. */
export function matchesView(query: string, { matches, near, hasMore, isGuess }: FoundSeries): View {
  const quoted = `“${shorten(query, MAX_QUERY)}”`;
  if (isGuess)
    return say(`Nothing is called ${quoted}; this is the closest match.`, list(matches.map(lineOf)));
  if (matches.length > 0) {
    const more = hasMore ? ' There are more on the next page.' : '';
    return say(`Series that match ${quoted}, the best first.${more}`, list(matches.map(lineOf)));
  }
  const closest = near.length === 0 ? '' : ' These titles come close:';
  return say(
    `No series matches ${quoted}.${closest}`,
    ...(near.length === 0 ? [] : [list(near.map(lineOf))]),
  );
}

function lineOf(series: SeriesRecord): Span[] {
  const latest = series.revisions.at(-1);
  return dotted([
    shorten(series.title, MAX_TITLE),
    latest === undefined ? null : versionName(latest),
    series.state.name.replace('-', ' '),
    series.author.name || series.author.email,
    series.updated === null ? null : { at: series.updated, form: 'date' },
    `id ${series.id}`,
    latest?.url == null ? null : { text: latest.url, url: latest.url },
  ]);
}
