import { UserError } from '../../digest/failure/failure.js';
import type { Answer } from '../../digest/ports/chat-bot.js';
import { findSubsystems } from '../../digest/subsystem/find-subsystems.js';
import type { Subsystem } from '../../digest/subsystem/subsystem.js';
import { oneLine } from '../../digest/text/inert.js';
import { list, note } from '../../digest/view/blocks.js';
import { pageOf } from '../../digest/view/pages.js';
import type { View } from '../../digest/view/view.js';
import { argument, cliSide, example } from '../cli/cli-side.js';
import { printJson, printText } from '../cli/print.js';
import type { Library } from '../library.js';
import { anyone } from './access.js';
import { shortId } from './chat/action-ids.js';
import { echo, privately, problem, select } from './chat/answers.js';
import { nextPageButton, takePage } from './chat/command-button.js';
import { type Command, form } from './command.js';
import type { CommandContext } from './context.js';
import { text } from './option.js';

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
      const { subsystems: rows, remedy } = await context.withLibrary((library) =>
        findFollowable(library, words),
      );
      if (context.json) await printJson(context, rows);
      if (rows.length === 0)
        throw new UserError('no-subsystem', `There is no subsystem “${oneLine(words)}”.`, remedy);
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
  const { subsystems: rows, remedy } = await findFollowable(library, words);
  if (rows.length === 0) return problem(`There is no subsystem ${echo(words)}.`, remedy);
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
    ...nextPageButton(`subsystems ${words}`.trim(), { number, of }),
    select(shortId({ kind: 'follow' }), 'Follow one of these here', options),
  ]);
}

interface SubsystemRow {
  readonly slug: string;
  readonly name: string;
  readonly lists: readonly string[];
  readonly aliases: readonly string[];
  readonly series: number;
}

interface SubsystemsReply {
  readonly subsystems: readonly SubsystemRow[];
  readonly remedy: string;
}

/** A list with one MAINTAINERS entry is a subsystem and its only part, under the same name: one line says it. */
function repeatsParent({ catalog }: Library, { name, parent }: Subsystem): boolean {
  return parent !== null && catalog.bySlug.get(parent)?.name === name;
}

/** What can be followed: those that match the words, those with most series here first. */
async function findFollowable(library: Library, words: string): Promise<SubsystemsReply> {
  const here = new Map((await library.store.subsystemCounts()).map((row) => [row.slug, row]));
  const answer = findSubsystems(library.catalog, words);
  const rows = answer.found
    .filter((one) => !repeatsParent(library, one))
    .map(
      ({ slug, name, lists, aliases }): SubsystemRow => ({
        slug,
        name,
        lists,
        aliases,
        series: here.get(slug)?.series ?? 0,
      }),
    );
  // A list that MAINTAINERS does not know can be followed too, once mail of it is here.
  const known = new Set(answer.found.map((one) => one.slug));
  for (const { slug, name, series } of here.values()) {
    if (known.has(slug) || !`${slug} ${name}`.toLowerCase().includes(words.toLowerCase())) continue;
    rows.push({ slug, name, lists: [], aliases: [], series });
  }
  rows.sort((a, b) => b.series - a.series || (a.slug < b.slug ? -1 : 1));
  const near = answer.near?.map((one) => one.slug) ?? [];
  const remedy =
    near.length > 0
      ? `Did you mean ${near.join(', ')}?`
      : 'Without words, subsystems lists all that can be followed.';
  return { subsystems: rows, remedy };
}
