import { z } from 'zod';
import { UserError } from '../../../digest/failure/failure.js';
import { atVersion } from '../../../digest/series/at-version.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { findVersion, versionName } from '../../../digest/series/version-name.js';
import { seriesPath, versionPath } from '../../../digest/view/page-paths.js';
import { seriesView } from '../../../digest/view/series-view.js';
import { pageInput, readVersion, seriesInput, versionInput } from '../inputs.js';
import { tool } from '../tool.js';
import { withSeries } from './with-series.js';

const SHOWN = { patches: 300, versions: 60, address: 'spelled' } as const;
const MOST_NAMED = 20;

export const series = tool({
  name: 'series',
  title: 'One series',
  does: 'One patch series: what it does, its state, size and reviews, what changed in its newest version, all versions and patches, with links to the mails.',
  input: z.object({
    series: seriesInput,
    version: versionInput('An older version of it, as it was'),
    page: pageInput,
  }),
  answer: ({ series: named, version }, services) =>
    withSeries(named, services, (found) => {
      const name = version === undefined || version === '' ? null : readVersion(version);
      const revision = name === null ? undefined : findVersion(found.revisions, name);
      if (revision === null) throw noVersion(found, version ?? '');
      const shown = revision === undefined ? found : atVersion(found, revision);
      return {
        view: seriesView(shown, SHOWN),
        pages: [revision === undefined ? seriesPath(found.id) : versionPath(found.id, revision)],
        page: null,
      };
    }),
});

function noVersion({ revisions }: SeriesRecord, typed: string): UserError {
  const here = revisions.slice(-MOST_NAMED).map(versionName).join(', ');
  return new UserError('no-version', `There is no ${typed} of it here.`, `These are: ${here}.`);
}
