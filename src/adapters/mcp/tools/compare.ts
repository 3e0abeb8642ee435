import { z } from 'zod';
import { UserError } from '../../../digest/failure/failure.js';
import { compareView } from '../../../digest/view/compare-view.js';
import { comparePath } from '../../../digest/view/page-paths.js';
import { pageInput, readVersion, seriesInput, versionInput } from '../inputs.js';
import { tool } from '../tool.js';
import { withSeries } from './with-series.js';

export const compare = tool({
  name: 'compare',
  title: 'Compare two versions',
  does: 'What changed between two versions of a series: patches added, dropped, retitled and changed, the lines that differ as git range-diff shows them, and what the author wrote about it. The newest two where no version is named.',
  input: z.object({
    series: seriesInput,
    from: versionInput('The older version'),
    to: versionInput('The newer version'),
    page: pageInput,
  }),
  answer: ({ series: named, from = '', to = '' }, services) =>
    withSeries(named, services, async (found) => {
      const names = [from, to].filter((typed) => typed !== '').map(readVersion);
      if (found.revisions.length < 2)
        throw new UserError('no-version', 'Only one version of it is here.', 'Ask for the series itself.');
      const comparison = await services.library.compare(found, names);
      return {
        view: compareView(comparison, 'whole'),
        pages: [comparePath(found.id, [comparison.from, comparison.to])],
        page: null,
      };
    }),
});
