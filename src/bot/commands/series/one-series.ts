import { UserError } from '../../../digest/failure.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import type { Library } from '../../library.js';

/** What a question that is about one series comes to. */
export type OneSeries =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly series: SeriesRecord }
  /** At most ten, the best first. */
  | { readonly kind: 'many'; readonly matches: readonly SeriesRecord[]; readonly hasMore: boolean };

const MOST_MATCHES = 10;

/**
 * The one series that a question names: the only one that matches and that `fits`, or the only one of exactly
 * that title.
 */
export async function oneSeries(
  library: Library,
  query: string,
  fits: (series: SeriesRecord) => boolean = () => true,
): Promise<OneSeries> {
  const hits = await library.store.search(query, MOST_MATCHES + 1);
  const fitting = hits.filter((hit) => fits(hit.series));
  // Where none fits, the answer is about those that were meant.
  const meant = fitting.length > 0 ? fitting : hits;
  const titled = meant.filter((hit) => hit.by === 'title');
  const [first] = titled.length === 1 ? titled : meant;
  if (first === undefined) return { kind: 'none' };
  if (titled.length === 1 || meant.length === 1) return { kind: 'one', series: first.series };
  return {
    kind: 'many',
    matches: meant.slice(0, MOST_MATCHES).map((hit) => hit.series),
    hasMore: meant.length > MOST_MATCHES,
  };
}

/** What to tell who asked for one series and got none or several. */
export function notOneSeries(query: string, found: Exclude<OneSeries, { kind: 'one' }>): UserError {
  const asked = shorten(oneLine(query), 100);
  switch (found.kind) {
    case 'none':
      return new UserError(
        'no-series',
        `No series matches “${asked}”.`,
        /@|:\/\//.test(query)
          ? 'That mail is not here: `covernote ingest` the list that it was sent to.'
          : 'Try `covernote series` with fewer words.',
      );
    case 'many': {
      const rows = found.matches.map((series) => {
        const version = series.revisions.at(-1)?.version ?? 1;
        return `${series.id}  v${version}  ${shorten(oneLine(series.title), 90)}`;
      });
      const number = found.hasMore ? `More than ${found.matches.length}` : String(found.matches.length);
      return new UserError(
        'many-series',
        `${number} series match “${asked}”.`,
        `Name one by its id:\n    ${rows.join('\n    ')}`,
      );
    }
    default:
      return found satisfies never;
  }
}
