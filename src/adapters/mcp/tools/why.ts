import { z } from 'zod';
import { seriesPath } from '../../../digest/view/page-paths.js';
import { whyView } from '../../../digest/view/why-view.js';
import { pageInput, seriesInput } from '../inputs.js';
import { tool } from '../tool.js';
import { withSeries } from './with-series.js';

export const why = tool({
  name: 'why',
  title: 'Why it says so',
  does: 'The evidence: which mail the state of a series was read from, which mails were not believed, and why its postings are taken for one piece of work.',
  input: z.object({ series: seriesInput, page: pageInput }),
  answer: ({ series: named }, services) =>
    withSeries(named, services, async (found) => ({
      view: whyView(await services.library.why(found)),
      pages: [seriesPath(found.id)],
      page: null,
    })),
});
