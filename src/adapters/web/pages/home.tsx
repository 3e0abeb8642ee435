import type { Followable } from '../../../digest/ports/public-library.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { subsystemPath } from '../../../digest/view/page-paths.js';
import { Layout } from '../layout.js';
import { href, type PageContext } from '../page.js';
import { SeriesList } from './matches.js';

/** The home page: what this is, and which subsystems are busy. */
export function HomePage({
  recent,
  subsystems,
  page,
}: {
  readonly recent: readonly SeriesRecord[];
  readonly subsystems: readonly Followable[];
  readonly page: PageContext;
}) {
  return (
    <Layout title="covernote" page={page} canonical="/">
      <h1>Patch series on the mailing lists</h1>
      <p>
        What each series does, what changed since its last version, who has reviewed it, what became of it,
        and where to read on. Every claim links to the mail that it was read from.
      </p>
      {subsystems.length === 0 ? null : (
        <>
          <h2>Busiest subsystems here</h2>
          <SubsystemCards subsystems={subsystems} page={page} />
          <p>
            <a href={href(page.site, '/subsystems')}>Everything that can be followed</a>
          </p>
        </>
      )}
      {recent.length === 0 ? null : (
        <>
          <h2>Recently active</h2>
          <SeriesList series={recent} page={page} />
        </>
      )}
    </Layout>
  );
}

/** Subsystems with the number of series of each. */
export function SubsystemCards({
  subsystems,
  page,
}: {
  readonly subsystems: readonly Followable[];
  readonly page: PageContext;
}) {
  return (
    <ul class="cards">
      {subsystems.map(({ slug, name, series }) => (
        <li>
          <a href={href(page.site, subsystemPath(slug))}>{slug}</a>{' '}
          <span class="quiet">
            {name.toLowerCase() === slug ? '' : `${shorten(oneLine(name), 60)} · `}
            {series.toLocaleString('en-US')} series
          </span>
        </li>
      ))}
    </ul>
  );
}
