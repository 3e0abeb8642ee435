import { UserError } from '../../digest/failure/failure.js';
import type { Answer } from '../../digest/ports/chat-bot.js';
import { oneLine } from '../../digest/text/inert.js';
import { orList } from '../../digest/text/or-list.js';
import { list, note } from '../../digest/view/blocks.js';
import { pageOf } from '../../digest/view/pages.js';
import type { View } from '../../digest/view/view.js';
import { argument, cliSide, example } from '../cli/cli-side.js';
import { printJson, printText } from '../cli/print.js';
import { anyone } from './access.js';
import { shortId } from './chat/action-ids.js';
import { echo, privately, problem, select } from './chat/answers.js';
import { pageButtons, takePage } from './chat/command-button.js';
import { type Command, form } from './command.js';
import type { CommandContext } from './context.js';
import { text } from './option.js';
import { findFollowable } from './subsystems/find-followable.js';

/** Subsystems a page: as many as can be chosen from. */
const PAGE = 25;
const DOES = 'What can be followed, with how many series of it are here';

/** `/subsystems [WORDS]`, `covernote subsystems [WORDS]`. */
export const subsystems: Command = {
  name: 'subsystems',
  does: DOES,
  chat: {
    usage: '[WORDS]',
    otherNames: {},
    examples: [{ words: 'memory', does: 'subsystems with that word in their name' }],
    forms: [
      form({
        name: '',
        does: DOES,
        right: anyone,
        options: { words: text('Words of its name: memory', { suggests: 'followable' }) },
        parse: { words: takePage, options: ({ words }) => ({ words, page: 1 }) },
        run: listSubsystems,
      }),
    ],
  },
  cli: cliSide({
    arguments: [argument('words', 'a slug, words of a section, a list address', { many: true })],
    pages: true,
    examples: [
      example('subsystems', 'all of them, those with most series here first'),
      example('subsystems memory', 'those with that word in their name'),
    ],
    async run({ args }, context) {
      const words = args.join(' ').trim();
      const { subsystems: rows, near } = await context.withLibrary((library) =>
        findFollowable(library, words),
      );
      if (context.json) await printJson(context, rows);
      if (rows.length === 0)
        throw new UserError('no-subsystem', `There is no subsystem “${oneLine(words)}”.`, remedyOf(near));
      if (context.json) return;
      const { isTty, columns } = context.io;
      const slugColumns = Math.max(...rows.map(({ slug }) => slug.length));
      for (const { slug, name, series } of rows) {
        const row = `${slug.padEnd(slugColumns)}  ${String(series).padStart(6)}  ${oneLine(name)}`;
        await printText(context, `${isTty ? row.slice(0, columns) : row}\n`);
      }
    },
  }),
};

async function listSubsystems(
  { words, page }: { readonly words: string; readonly page: number },
  { library, pageCost }: CommandContext,
): Promise<Answer> {
  const { subsystems: rows, near } = await findFollowable(library, words);
  if (rows.length === 0) return problem(`There is no subsystem ${echo(words)}.`, remedyOf(near));
  const of = Math.ceil(rows.length / PAGE);
  const number = Math.min(page, of);
  const shown = rows.slice((number - 1) * PAGE, number * PAGE);
  const items = shown.map((one) => [
    { text: one.slug, style: 'bold' } as const,
    { text: ` · ${one.name} · ${one.series} series here` },
  ]);
  const pageNote = note(`Page ${number} of ${of}: add a word to find one, /subsystems memory.`);
  const view: View = {
    fallback: `${rows.length} subsystems.`,
    blocks: [list(items), ...(of > 1 ? [pageNote] : [])],
  };
  const options = shown
    .filter(({ slug }) => slug.length <= 75)
    .map(({ slug, name, series }) => ({
      value: slug,
      label: slug,
      describes: `${name} · ${series} series here`,
    }));
  return privately(pageOf(view, 1, pageCost).view, [
    ...pageButtons(`subsystems ${words}`.trim(), { number, of }),
    select(shortId({ kind: 'follow' }), 'Follow one of these here', options),
  ]);
}

function remedyOf(near: readonly string[]): string {
  return near.length > 0
    ? `Did you mean ${orList(near)}?`
    : 'The command subsystems without words lists all.';
}
