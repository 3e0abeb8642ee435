import { z } from 'zod';
import { pageInput } from '../inputs.js';
import { tool } from '../tool.js';
import { matchesView } from './matches.js';

const ON_A_PAGE = 10;

export const search = tool({
  name: 'search',
  title: 'Search series',
  does: 'Finds patch series, ten on a page, the best match first. Start here when you do not know the id of a series.',
  input: z.object({
    query: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .describe(
        'Words of a title, with filters where they help: author:NAME, list:NAME, in:SUBSYSTEM, state:applied, since:30d.',
      ),
    page: pageInput,
  }),
  async answer({ query, page }, { library }) {
    const found = await library.search(query, { page, limit: ON_A_PAGE });
    return {
      view: matchesView(query, found),
      pages: [`/series?q=${encodeURIComponent(query.toWellFormed())}`],
      page: { number: page, hasMore: found.hasMore },
    };
  },
});
