import type { FoundSeries } from '../../../digest/ports/public-library.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { versionName } from '../../../digest/series/version-name.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { seriesPath } from '../../../digest/view/page-paths.js';
import { patchesText } from '../../../digest/view/words.js';
import { Layout } from '../layout.js';
import { Moment } from '../moment.js';
import { href, type PageContext } from '../page.js';
import { StateTag } from '../state-tag.js';

/** Several series that match a query, to choose from. */
export function MatchesPage({
  query,
  found: { matches, hasMore, near, isGuess },
  number,
  page,
}: {
  readonly query: string;
  readonly found: FoundSeries;
  /** The page of results, from 1. */
  readonly number: number;
  readonly page: PageContext;
}) {
  const shown = shorten(oneLine(query), 100);
  const search = (at: number) => href(page.site, `/series?q=${encodeURIComponent(query)}&page=${at}`);
  return (
    <Layout title={`Search: ${shown}`} page={page} query={query}>
      <h1>Series that match “{shown}”</h1>
      {matches.length === 0 ? (
        <Nothing near={near} isLater={number > 1} page={page} />
      ) : (
        <>
          {isGuess ? <p class="note">Nothing is called so; this is the closest match.</p> : null}
          <SeriesList series={matches} page={page} />
        </>
      )}
      <nav class="pages" aria-label="Pages of results">
        {number > 1 ? (
          <a href={search(number - 1)} rel="prev">
            Previous page
          </a>
        ) : null}
        {hasMore ? (
          <a href={search(number + 1)} rel="next">
            Next page
          </a>
        ) : null}
      </nav>
    </Layout>
  );
}

function Nothing({
  near,
  isLater,
  page,
}: {
  readonly near: readonly SeriesRecord[];
  readonly isLater: boolean;
  readonly page: PageContext;
}) {
  if (isLater) return <p>There are no more.</p>;
  return (
    <>
      <p>
        No series matches. Try fewer words, or a part of one; a Message-ID or a link to a mail finds the
        series that it belongs to.
      </p>
      {near.length === 0 ? null : (
        <>
          <h2>Titles that come close</h2>
          <SeriesList series={near} page={page} />
        </>
      )}
    </>
  );
}

/** Series, with a title and one line each. */
export function SeriesList({
  series,
  page,
}: {
  readonly series: readonly SeriesRecord[];
  readonly page: PageContext;
}) {
  return (
    <ul class="results">
      {series.map((one) => (
        <SeriesRow series={one} page={page} />
      ))}
    </ul>
  );
}

function SeriesRow({ series, page }: { readonly series: SeriesRecord; readonly page: PageContext }) {
  const latest = series.revisions.at(-1);
  return (
    <li class="result">
      <a href={href(page.site, seriesPath(series.id))}>{shorten(oneLine(series.title), 200)}</a>{' '}
      <span class="quiet">{latest === undefined ? '' : versionName(latest)}</span>
      <br />
      <StateTag name={series.state.name} />{' '}
      <span class="quiet">
        {shorten(oneLine(series.author.name || series.author.email || 'unknown author'), 80)}
        {latest === undefined ? '' : ` · ${patchesText(latest)}`}
        {series.updated === null ? null : (
          <>
            {' · '}
            <Moment at={series.updated} form="date" page={page} />
          </>
        )}
      </span>
    </li>
  );
}
