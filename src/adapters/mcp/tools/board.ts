import { z } from 'zod';
import { boardView } from '../../../digest/view/board-view.js';
import { pageInput } from '../inputs.js';
import { tool } from '../tool.js';

export const board = tool({
  name: 'board',
  title: 'What waits for whom',
  does: 'Series that wait: for a first answer, for someone to apply what is reviewed, or for their author’s next version; those that wait longest first.',
  input: z.object({
    words: z
      .string()
      .trim()
      .max(300)
      .default('')
      .describe('A subsystem (kvm) and filters (author:NAME, list:NAME, since:30d); empty: everything.'),
    page: pageInput,
  }),
  async answer({ words }, { library }) {
    const found = await library.waiting(words);
    return { view: boardView(found, words), pages: [], page: null };
  },
});
