import { toSeriesAnswer } from '../../digest/contract/series-answer.js';
import { UserError } from '../../digest/failure/failure.js';
import { versionName } from '../../digest/series/version-name.js';
import { withStale } from '../../digest/series/with-stale.js';
import { oneLine } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import { argument, cliSide, example, on } from '../cli/cli-side.js';
import type { CliContext } from '../cli/context.js';
import { printJson, printText } from '../cli/print.js';
import type { Library } from '../library.js';
import { anyone } from './access.js';
import { type Command, form } from './command.js';
import { choice, text } from './option.js';
import { answerSeries } from './series/answer.js';
import { cardViewOf } from './series/card.js';
import { printMatches } from './series/cli.js';

const DOES = 'One patch series: state, what it does, what changed, reviews, versions, where to read it';

/** `/series QUERY`, `covernote series QUERY`: the series that match, the newest of the best first. */
export const series: Command = {
  name: 'series',
  does: DOES,
  chat: {
    usage: '[WORDS] [v1 v3]',
    otherNames: { find: '', search: '', show: '', diff: '' },
    examples: [
      { words: 'foll_pin', does: 'the card of the series with that title' },
      { words: 'foll_pin v1', does: 'one version of it' },
      { words: 'foll_pin v1 v3', does: 'what changed between two of its versions' },
      { words: 'foll_pin view:reviews', does: 'who reviewed which of its patches' },
      { words: 'in:mm author:quill state:under-review', does: 'filters; list: and since: are others' },
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
          query: text('Words of its title, author:…, in:kvm, state:…, since:…, a Message-ID or a link', {
            suggests: 'series',
          }),
          view: choice(
            'Which part of it to open; the card by default',
            [
              ['card', 'card: the most important in a few lines'],
              ['details', 'details: all in short'],
              ['patches', 'patches: each with its reviews'],
              ['changes', 'changes: what each version changed'],
              ['history', 'history: all versions, with dates and links'],
              ['reviews', 'reviews: who said what'],
              ['apply', 'apply: what to type to apply it with b4'],
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
      all: on('every series, one per line'),
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
      example('series foll_pin v1', 'one version of it; v1 v2 compares two'),
      example('series in:mm author:quill state:under-review since:30d', 'filters'),
      example('series foll_pin --why', 'why these mails are one series'),
      example('series --all --json', 'every series, one object per line'),
    ],
    async run({ args, options: { all, why } }, context) {
      const query = args.join(' ').trim();
      if ((query === '') !== all)
        throw new UserError(
          'usage',
          all
            ? 'Give words to search for or --all, not both.'
            : 'Which series? Give words to search for, or --all.',
          'For example: covernote series foll_pin',
        );
      if (all && why)
        throw new UserError('usage', '--why needs a query: it can’t be combined with --all.', '');
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
