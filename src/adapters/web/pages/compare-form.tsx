import type { SeriesRecord } from '../../../digest/series/record.js';
import { newestTwo, type Versioned, versionName } from '../../../digest/series/version-name.js';
import { versionSlug } from '../../../digest/series/version-slug.js';
import { seriesPath } from '../../../digest/view/page-paths.js';
import { href, type PageContext } from '../page.js';

/** Two versions to compare, chosen from all that are here. */
export function CompareForm({
  series,
  chosen,
  page,
}: {
  readonly series: Pick<SeriesRecord, 'id'> & { readonly revisions: readonly Versioned[] };
  /** The two that are selected at first; by default the newest. */
  readonly chosen?: readonly [Versioned, Versioned];
  readonly page: PageContext;
}) {
  const two = (chosen ?? newestTwo(series.revisions))?.map(versionSlug);
  const versions = [
    ...new Map(series.revisions.map((one) => [versionSlug(one), versionName(one)])),
  ].reverse();
  const select = (name: string, label: string, now: string | undefined) => (
    <label>
      {label}
      <select name={name}>
        {versions.map(([slug, text]) => (
          <option value={slug} selected={slug === now}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form action={href(page.site, `${seriesPath(series.id)}/diff`)} method="get">
      {select('from', 'Compare', two?.[0])}
      {select('to', 'with', two?.[1])}
      <button type="submit">Compare</button>
    </form>
  );
}
