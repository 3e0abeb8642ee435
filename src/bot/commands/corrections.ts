import { correctionsAnswerSchema } from '../../digest/contract/correction-answer.js';
import { correctionsView } from '../../digest/view/correction-view.js';
import { cliSide, example } from '../cli/cli-side.js';
import { printJson, printView } from '../cli/print.js';
import { withLibrary } from '../library.js';
import type { Command } from './command.js';
import { answerCorrections } from './series/correct.js';

/** `covernote corrections`: what was linked and unlinked by hand, the newest first. */
export const corrections: Command = {
  name: 'corrections',
  does: 'What was linked and unlinked by hand: by whom, when, and how to take it back',
  chat: null,
  cli: cliSide({
    pages: true,
    examples: [example('corrections', 'the newest first')],
    async run(_, context) {
      const found = await withLibrary(context.config, answerCorrections);
      if (context.json) return printJson(context, correctionsAnswerSchema.parse({ corrections: found }));
      await printView(context, correctionsView(found));
    },
  }),
};
