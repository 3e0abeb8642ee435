import { toBoardAnswer } from '../../digest/contract/board-answer.js';
import { UserError } from '../../digest/failure/failure.js';
import { board as boardOf, type Waiting } from '../../digest/plan/waiting.js';
import type { Answer } from '../../digest/ports/chat-bot.js';
import { resolveTypedWord } from '../../digest/subsystem/look-up.js';
import { DAY_MS, toIso } from '../../digest/time/iso.js';
import { boardView } from '../../digest/view/board-view.js';
import { pageOf } from '../../digest/view/pages.js';
import { argument, cliSide, example } from '../cli/cli-side.js';
import { printJson, printView } from '../cli/print.js';
import type { Library } from '../library.js';
import { anyone } from './access.js';
import { echo, privately, problemOf } from './chat/answers.js';
import { nextPageButton, takePage } from './chat/command-button.js';
import { type Command, form } from './command.js';
import type { CommandContext } from './context.js';
import { text } from './option.js';
import { readSearch } from './series/find-series.js';

const DOES = 'What waits: for a first answer, for someone to apply it, for its author';
/** The series heard of last are looked at; more would take seconds to read. */
const MOST_OPEN = 1_000;
/** Longer silence is staleness. */
const OPEN_DAYS = 90;

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

/** What waits among the open series that fulfil the words; `cut`: how many were looked at where there are more, else 0. Throws UserError. */
async function findWaiting(
  library: Library,
  typed: string,
  nowMs: number,
  zone: string,
): Promise<{ readonly waiting: readonly Waiting[]; readonly cut: number }> {
  const parsed = readSearch(library, typed, nowMs, zone);
  if (!parsed.ok) throw new UserError('usage', parsed.message, parsed.remedy);
  const { text: words, filters } = parsed.query;
  const slugs = words
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => slugOf(library, word));
  const now = toIso(nowMs);
  const series = await library.store.openSeries(
    {
      ...filters,
      subsystems: [...filters.subsystems, ...(slugs.length === 0 ? [] : [slugs])],
      since: filters.since ?? toIso(nowMs - OPEN_DAYS * DAY_MS),
    },
    MOST_OPEN,
  );
  return { waiting: boardOf(series, now), cut: series.length < MOST_OPEN ? 0 : MOST_OPEN };
}

function slugOf({ catalog }: Library, word: string): string {
  const found = resolveTypedWord(catalog, word);
  if (found !== null) return found.slug;
  throw new UserError(
    'no-subsystem',
    `There is no subsystem ${echo(word)}.`,
    '/subsystems lists what there is; for people write author:jane@example.org.',
  );
}
