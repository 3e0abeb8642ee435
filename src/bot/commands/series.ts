import type { SeriesHit } from '../../adapters/store/series-reader.js';
import { seriesAnswerSchema, toSeriesAnswer } from '../../digest/contract/series-answer.js';
import { whyAnswerSchema } from '../../digest/contract/why-answer.js';
import { UserError } from '../../digest/failure/failure.js';
import { describeWhy } from '../../digest/series/describe-why.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { versionName } from '../../digest/series/version-name.js';
import type { WhySeries } from '../../digest/series/why.js';
import { withStale } from '../../digest/series/with-stale.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import { note } from '../../digest/view/blocks.js';
import { pickListView, seriesView } from '../../digest/view/series-view.js';
import type { Block, View } from '../../digest/view/view.js';
import { whyView } from '../../digest/view/why-view.js';
import { argument, cliSide, example, on } from '../cli/cli-side.js';
import type { CliContext } from '../cli/context.js';
import { printJson, printText, printView } from '../cli/print.js';
import type { Library } from '../library.js';
import { anyone } from './access.js';
import { type Command, form } from './command.js';
import { choice, text } from './option.js';
import { answerSeries } from './series/answer.js';
import { cardViewOf, trackerWords } from './series/card.js';
import { findNamedVersion } from './series/named-version.js';
import {
  chooseSeries,
  guessText,
  MOST_MATCHES,
  nearSeries,
  nearText,
  othersText,
} from './series/one-series.js';

const DOES = 'One patch series: state, what it does, what changed, reviews, versions, where to read';

/** `/series QUERY`, `covernote series QUERY`: the series that match, the newest of the best first. */
export const series: Command = {
  name: 'series',
  does: DOES,
  chat: {
    usage: 'WORDS [v1 v3]',
    otherNames: { find: '', search: '', show: '' },
    examples: [
      { words: 'foll_pin', does: 'the card of the series that is called so' },
      { words: 'foll_pin v1 v3', does: 'what changed between two of its versions' },
      { words: 'foll_pin view:reviews', does: 'who has reviewed which of its patches' },
      {
        words: 'https://lore.kernel.org/linux-mm/20261012091400.101-0-ada.quill@example.org/',
        does: 'the series that a mail belongs to',
      },
    ],
    forms: [
      form({
        name: '',
        does: DOES,
        right: anyone,
        options: {
          query: text('Words of its title, an author, a Message-ID, or a lore or patchwork link', {
            required: true,
            suggests: 'series',
          }),
          view: choice(
            'Which part of it to open; the card by default',
            [
              ['card', 'card: all in short'],
              ['patches', 'patches: each with its reviews'],
              ['changes', 'changes: what each version changed'],
              ['history', 'history: all versions, with dates and links'],
              ['reviews', 'reviews: who has said what'],
            ],
            { typed: 'view:card' },
          ),
        },
        parse: { words: splitView, options: ({ query, view }) => ({ query, view: view ?? 'card' }) },
        run: answerSeries,
      }),
    ],
  },
  cli: cliSide({
    does: 'find series: what they do, their versions, reviews and state',
    arguments: [
      argument('query', 'title words, author, Message-ID, lore link or patch title', { many: true }),
    ],
    options: {
      all: on('every series, one a line'),
      why: on('why its mails are one series, and what its state was read from'),
    },
    pages: true,
    examples: [
      example('series foll_pin', 'words of a title, whole or in part'),
      example('series "ada quill"', 'an author'),
      example(
        'series https://lore.kernel.org/linux-mm/20261012091400.101-0-ada.quill@example.org/',
        'a link',
      ),
      example('series foll_pin --why', 'why these mails are one series'),
      example('series --all --json', 'every series, one object a line'),
    ],
    async run({ args, options: { all, why } }, context) {
      const query = args.join(' ').trim();
      if ((query === '') !== all)
        throw new UserError(
          'usage',
          all
            ? 'Give words to look for or --all, not both.'
            : 'Which series? Give words to look for, or --all.',
          'For example: covernote series foll_pin',
        );
      if (all && why)
        throw new UserError('usage', '--why is about the series of a query, not about --all.', '');
      await context.withLibrary((library) =>
        all ? printAll(library, context) : printMatches(library, query, why, context),
      );
    },
  }),
};

/** `view:patches` may be anywhere among the words. */
function splitView(typed: string) {
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const view = words.findLast((word) => /^view:\S/i.test(word));
  return {
    query: words.filter((word) => word !== view).join(' '),
    view: view === undefined ? ('card' as const) : cardViewOf(view.slice('view:'.length).replaceAll('"', '')),
  };
}

async function printAll({ store }: Library, context: CliContext): Promise<void> {
  const now = toIso(context.io.nowMs());
  for await (const stored of store.allSeries()) {
    if (context.out.destroyed) return;
    const one = withStale(stored, now);
    const latest = one.revisions.at(-1);
    const version = latest === undefined ? 'v1' : versionName(latest);
    if (context.json) await printJson(context, toSeriesAnswer(one));
    else await printText(context, `${one.id}  ${version}  ${oneLine(one.title)}\n`);
  }
}

async function printMatches(
  library: Library,
  query: string,
  why: boolean,
  context: CliContext,
): Promise<void> {
  const now = toIso(context.io.nowMs());
  const hits = await searchSeries(library, query);
  const matches = hits.slice(0, MOST_MATCHES).map((hit) => withStale(hit.series, now));
  const whys = why ? await Promise.all(matches.map((one) => answerWhy(library, one))) : [];
  if (context.json)
    await printJson(
      context,
      why
        ? whyAnswerSchema.parse({ query, matches: whys })
        : seriesAnswerSchema.parse({ query, matches: matches.map(toSeriesAnswer) }),
    );
  const chosen = chooseSeries(hits);
  if (chosen.kind === 'none') throw await noSeries(library, query);
  if (context.json) return;
  const [only] = whys;
  if (only !== undefined && whys.length === 1) return printView(context, whyView(only));
  const view =
    chosen.kind === 'many'
      ? pickListView(query, matches, chosen.hasMore)
      : await cardView(library, query, chosen, withStale(chosen.series, now));
  await printView(context, view);
}

/** Where no title holds all the words, the last of them may be a version: `foll_pin v2`. */
async function searchSeries(library: Library, query: string): Promise<readonly SeriesHit[]> {
  const hits = await library.store.search(query, MOST_MATCHES + 1);
  if (hits.length > 0) return hits;
  const named = await findNamedVersion(library, query);
  return named?.kind === 'here' ? [{ series: named.series, by: 'title' }] : [];
}

async function cardView(
  library: Library,
  query: string,
  { isGuess, others }: { readonly isGuess: boolean; readonly others: number },
  found: SeriesRecord,
): Promise<View> {
  const view = seriesView(found, undefined, await trackerWords(library, found));
  const blocks: Block[] = [...view.blocks];
  if (isGuess) blocks.unshift(note(guessText(query)));
  if (others > 0) blocks.push(note(othersText(others)));
  return { ...view, blocks };
}

/** The versions that are here instead; else titles that come close, and how fresh the mail is: the series may not have arrived yet. */
async function noSeries(library: Library, query: string): Promise<UserError> {
  const named = await findNamedVersion(library, query);
  if (named?.kind === 'missing') return new UserError('no-version', named.message, named.remedy);
  const near = await nearSeries(library, query);
  const { received } = await library.store.freshness();
  const titles = near.map(({ title }) => `\n    ${shorten(oneLine(title), 120)}`);
  const fresh =
    received === null
      ? 'There is no mail here yet: run `covernote ingest SOURCE`.'
      : `The newest mail here was received ${received}.`;
  return new UserError(
    'no-series',
    `No series matches “${shorten(oneLine(query), 100)}”.`,
    near.length === 0 ? fresh : `${nearText(near)}${titles.join('')}\n  ${fresh}`,
  );
}

/** Answers why the mails of a series are one piece of work, and what its state was read from. */
async function answerWhy(library: Library, series: SeriesRecord): Promise<WhySeries> {
  const group = await library.store.groupOf(series.id);
  if (group === null) throw new Error(`series ${series.id} is not stored`);
  return describeWhy({ series, group, corrections: await library.store.corrections() });
}
