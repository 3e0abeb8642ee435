import { correctionAnswerSchema, correctionsAnswerSchema } from '../../digest/contract/correction-answer.js';
import { oneLine } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import { correctionsView, correctionView } from '../../digest/view/correction-view.js';
import { argument, cliSide, example } from '../cli/cli-side.js';
import type { CliExample } from '../cli/context.js';
import { printJson, printView } from '../cli/print.js';
import type { Command } from './command.js';
import { answerCorrections, linkPostings, unlinkPostings } from './series/correct.js';

const SIDES = `A and B are each a Message-ID, a lore link, a series ID, or words that match one series; a version after
the words selects one posting of it.`;

/** `covernote link A B`: two postings are one piece of work, whatever the rules say. */
export const link = correction(
  'link',
  'Join two postings into one series, permanently',
  [
    example('link "why a connection was reset" "recycle fragments"', 'by words of each title'),
    example(
      'link 20261116172200.520-0-feiwen@example.org 20261112090000.510-0-ipetkov@example.org',
      'by mail',
    ),
  ],
  linkPostings,
);

/** `covernote unlink A B`: two postings are not one piece of work; takes a link back. */
export const unlink = correction(
  'unlink',
  'Separate two postings of one series, permanently; undoes a link',
  [example('unlink "foll_pin v1" "foll_pin v2"', 'two versions that do not belong together')],
  unlinkPostings,
);

function correction(
  name: 'link' | 'unlink',
  does: string,
  examples: readonly CliExample[],
  correct: typeof linkPostings,
): Command {
  return {
    name,
    does,
    chat: null,
    cli: cliSide({
      arguments: [
        argument('a', 'one posting or series', { required: true }),
        argument('b', 'the other', { required: true }),
      ],
      notes: SIDES,
      examples,
      async run({ args: [a = '', b = ''] }, context) {
        const { env, nowMs } = context.io;
        // Who works at this terminal, for the list of corrections.
        const by = oneLine(env.USER || env.LOGNAME || env.USERNAME || 'someone').slice(0, 100);
        const answer = await context.withLibrary((library) =>
          correct(library, a, b, { by, now: toIso(nowMs()) }),
        );
        if (context.json) return printJson(context, correctionAnswerSchema.parse(answer));
        await printView(context, correctionView(answer));
      },
    }),
  };
}

/** `covernote corrections`: what was linked and unlinked by hand, the newest first. */
export const corrections: Command = {
  name: 'corrections',
  does: 'What was linked and unlinked by hand: by whom, when, and how to undo it',
  chat: null,
  cli: cliSide({
    pages: true,
    examples: [example('corrections', 'the newest first')],
    async run(_, context) {
      const found = await context.withLibrary(answerCorrections);
      if (context.json) return printJson(context, correctionsAnswerSchema.parse({ corrections: found }));
      await printView(context, correctionsView(found));
    },
  }),
};
