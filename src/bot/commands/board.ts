import { toBoardAnswer } from '../../digest/contract/board-answer.js';
import type { Answer } from '../../digest/ports/chat-bot.js';
import { boardView } from '../../digest/view/board-view.js';
import { pageOf } from '../../digest/view/pages.js';
import { argument, cliSide, example } from '../cli/cli-side.js';
import { printJson, printView } from '../cli/print.js';
import { anyone } from './access.js';
import { findWaiting } from './board/find-waiting.js';
import { privately, problemOf } from './chat/answers.js';
import { nextPageButton, takePage } from './chat/command-button.js';
import { type Command, form } from './command.js';
import type { CommandContext } from './context.js';
import { text } from './option.js';

const DOES = 'What waits: for a first answer, for someone to apply it, for its author';
/** `/board [WORDS]`, `covernote board [WORDS]`. */
export const board: Command = {
  name: 'board',
  does: DOES,
  chat: {
    usage: '[SUBSYSTEM] [FILTERS]',
    otherNames: { waiting: '' },
    examples: [
      { words: 'kvm', does: 'what waits in KVM' },
      { words: 'author:quill', does: 'what waits of what a person sent' },
    ],
    forms: [
      form({
        name: '',
        does: DOES,
        right: anyone,
        options: { words: text('A subsystem, author:…, list:…: kvm', { suggests: 'followable' }) },
        parse: { words: takePage, options: ({ words }) => takePage(words) },
        run: answerBoard,
      }),
    ],
  },
  cli: cliSide({
    arguments: [argument('words', 'a subsystem, and filters: author:, list:, in:, since:', { many: true })],
    pages: true,
    examples: [
      example('board', 'everything that waits, what waits longest first'),
      example('board kvm', 'what waits in KVM'),
      example('board author:quill', 'what waits of what a person sent'),
    ],
    async run({ args }, context) {
      const typed = args.join(' ').trim();
      await context.withLibrary(async (library) => {
        const found = await findWaiting(library, typed, context.io.nowMs(), context.config.timeZone);
        await (context.json
          ? printJson(context, toBoardAnswer(typed, found.waiting))
          : printView(context, boardView(found.waiting, typed, found.cut)));
      });
    },
  }),
};

async function answerBoard(
  { words, page }: { readonly words: string; readonly page: number },
  { library, nowMs, zone, pageCost }: CommandContext,
): Promise<Answer> {
  try {
    const { waiting, cut } = await findWaiting(library, words, nowMs(), zone);
    const shown = pageOf(boardView(waiting, words, cut), page, pageCost);
    return privately(shown.view, nextPageButton(`board ${words}`.trim(), shown));
  } catch (error) {
    const answer = problemOf(error);
    if (answer === null) throw error;
    return answer;
  }
}
