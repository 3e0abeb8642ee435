import type { Comparison } from '../../../digest/series/comparison.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { findVersion, versionName } from '../../../digest/series/version-name.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { compareView } from '../../../digest/view/compare-view.js';
import { comparePath, seriesPath } from '../../../digest/view/page-paths.js';
import { ViewBlocks } from '../blocks.js';
import { Layout } from '../layout.js';
import { href, type PageContext } from '../page.js';
import { CompareForm } from './compare-form.js';

/** What became of a series between two of its versions. */
export function ComparePage({
  series,
  comparison,
  page,
}: {
  readonly series: SeriesRecord;
  readonly comparison: Comparison;
  readonly page: PageContext;
}) {
  const { from, to } = comparison;
  const names = `${versionName(from)} to ${versionName(to)}`;
  const view = compareView(comparison);
  const isNewest = findVersion(series.revisions, to) === series.revisions.at(-1);
  return (
    <Layout title={`${names} of ${series.title}`} page={page} canonical={comparePath(series.id, [from, to])}>
      <h1>What changed from {names}</h1>
      <p>
        <a href={href(page.site, seriesPath(series.id))}>{shorten(oneLine(series.title), 300)}</a>
        {isNewest ? null : <span class="quiet">; there are newer versions</span>}
      </p>
      <CompareForm series={series} chosen={[from, to]} page={page} />
      <ViewBlocks blocks={view.blocks.filter(isBelow)} context={{ page }} />
    </Layout>
  );
}

/** The page has a headline of its own. */
function isBelow(block: { readonly kind: string; readonly level?: number }): boolean {
  return block.kind !== 'heading' || block.level !== 1;
}
