import { toBoardAnswer, toMyBoardAnswer } from '../../digest/contract/board-answer.js';
import { UserError } from '../../digest/failure/failure.js';
import { notSnoozed } from '../../digest/plan/snooze.js';
import { waitingFor } from '../../digest/plan/waiting.js';
import type { Answer } from '../../digest/ports/chat-bot.js';
import { toIso } from '../../digest/time/iso.js';
import { note } from '../../digest/view/blocks.js';
import { boardView } from '../../digest/view/board-view.js';
import { myBoardView } from '../../digest/view/my-board-view.js';
import { pageOf } from '../../digest/view/pages.js';
import { argument, cliSide, example, list } from '../cli/cli-side.js';
import type { CliContext } from '../cli/context.js';
import { printJson, printView } from '../cli/print.js';
import { anyone } from './access.js';
import { answerMine } from './board/answer-mine.js';
import { findMine } from './board/find-mine.js';
import { findWaiting } from './board/find-waiting.js';
import { rowsOnPage } from './board/rows-on-page.js';
import { privately, problem, problemOf } from './chat/answers.js';
import { pageButtons, takePage } from './chat/command-button.js';
import { type Command, form } from './command.js';
import { type CommandContext, chatOf } from './context.js';
import { text } from './option.js';
import { snoozeSelect } from './snooze/snooze-press.js';

const NO_ADDRESS_NOTE = '/me add jane@example.org, with your address, makes this your own board.';
const DOES = 'What is waiting: for you, for a first answer, to be applied, or for its author';

/** `/board [WORDS]`, `covernote board [WORDS]`. */
export const board: Command = {
  name: 'board',
  does: DOES,
  chat: {
    usage: '[SUBSYSTEM] [FILTERS]',
    otherNames: { waiting: '' },
    examples: [
      { words: '', does: 'what is waiting for you and what you sent, once /me add knows your address' },
      { words: 'kvm', does: 'what is waiting in KVM' },
      { words: 'author:quill', does: 'what a person sent that is waiting' },
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
      example('board', 'everything that is waiting, the longest wait first'),
      example('board kvm', 'what is waiting in KVM'),
      example('board author:quill', 'what a person sent that is waiting'),
      example('board --for ada@example.org', 'what is waiting for a person, and what they sent'),
    ],
    options: { for: list('<address>', 'what is waiting for the person with this address; may be repeated') },
    async run({ args, options }, context) {
      const typed = args.join(' ').trim();
      if (options.for.length > 0) return printMine(options.for, typed, context);
      await context.withLibrary(async (library) => {
        const found = await findWaiting(library, typed, context.io.nowMs(), context.config.timeZone);
        await (context.json
          ? printJson(context, toBoardAnswer(typed, found.waiting))
          : printView(context, boardView(found, typed)));
      });
    },
  }),
};

async function printMine(emails: readonly string[], typed: string, context: CliContext): Promise<void> {
  if (typed !== '')
    throw new UserError(
      'usage',
      '--for can’t be combined with words.',
      'covernote board --for ada@example.org',
    );
  await context.withLibrary(async (library) => {
    const { rows, ...bounds } = await findMine(library, emails, context.io.nowMs());
    await (context.json
      ? printJson(context, toMyBoardAnswer(emails, rows))
      : printView(context, myBoardView(rows, { snoozed: null, ...bounds })));
  });
}

async function answerBoard(
  { words: typed, page }: { readonly words: string; readonly page: number },
  context: CommandContext,
): Promise<Answer> {
  const { library, nowMs, zone, pageCost, place } = context;
  const mine = /^(?:me|mine)?$/i.test(typed) ? await answerMine(page, context) : null;
  if (mine !== null) return mine;
  if (/^(?:me|mine)$/i.test(typed)) return noAddress();
  const words = /^all$/i.test(typed) ? '' : typed;
  try {
    const found = await findWaiting(library, words, nowMs(), zone);
    const isShown = notSnoozed(await chatOf(context).snoozes.of(place), toIso(nowMs()));
    const here = found.waiting.filter(({ series }) => isShown(series));
    const whole = boardView({ ...found, waiting: here }, words);
    const view = typed === '' ? { ...whole, blocks: [...whole.blocks, note(NO_ADDRESS_NOTE)] } : whole;
    const shown = pageOf(view, page, pageCost);
    const listed = waitingFor.flatMap((what) => here.filter((row) => row.for === what));
    return privately(shown.view, [
      ...(await snoozeSelect(rowsOnPage(listed, view, shown.number, pageCost), context)),
      ...pageButtons(`board ${words === '' ? 'all' : words}`, shown),
    ]);
  } catch (error) {
    const answer = problemOf(error);
    if (answer === null) throw error;
    return answer;
  }
}

function noAddress(): Answer {
  return problem(
    'I don’t know your mail address yet.',
    '/me add jane@example.org adds it: then /board shows what is waiting for you.',
  );
}
