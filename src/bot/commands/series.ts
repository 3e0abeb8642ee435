import type { Command } from 'commander';
import { renderView } from '../../adapters/terminal/render-view.js';
import { seriesAnswerSchema, seriesSchema } from '../../digest/contract/series-answer.js';
import { whyAnswerSchema } from '../../digest/contract/why-answer.js';
import { UserError } from '../../digest/failure.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { withStale } from '../../digest/state/with-stale.js';
import { oneLine } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import { whyView } from '../../digest/view/why-view.js';
import { versionName } from '../../digest/view/words.js';
import { type CliContext, contextOf } from '../cli/context.js';
import { type CliIo, write, writeJson } from '../cli/io.js';
import { type Library, withLibrary } from '../library.js';
import { answerSeries } from './series/find-series.js';
import { answerWhy } from './series/why.js';

const EXAMPLES = `
Examples:
  covernote series foll_pin                 words of a title, whole or in part
  covernote series "john example"           an author
  covernote series https://lore.kernel.org/kvm/20191209201932.1@example.org/
  covernote series foll_pin --why           why these mails are one series
  covernote series --all --json | jq -r .title`;

/** `covernote series QUERY`: the series that match, the newest of the best first. */
export function seriesCommand(program: Command, io: CliIo): void {
  program
    .command('series')
    .argument('[query...]', 'title words, author, Message-ID, lore link or patch title')
    .description('find series: what they do, their versions, reviews and state')
    .option('--all', 'every series, one a line')
    .option('--why', 'why its mails are one series, and what its state was read from')
    .addHelpText('after', EXAMPLES)
    .action(async (words: string[], options: { all?: boolean; why?: boolean }, command: Command) => {
      const context = contextOf(command, io);
      const query = words.join(' ').trim();
      if ((query === '') === (options.all !== true))
        throw new UserError(
          'usage',
          query === ''
            ? 'Which series? Give words to look for, or --all.'
            : 'Give words to look for or --all, not both.',
          'For example: covernote series foll_pin',
        );
      if (options.all === true && options.why === true)
        throw new UserError('usage', '--why is about the series of a query, not about --all.', '');
      await withLibrary(context.config, (library) =>
        options.all === true ? printAll(library, context) : printMatches(library, query, options, context),
      );
    });
}

async function printAll({ store }: Library, { io, json }: CliContext): Promise<void> {
  for await (const stored of store.allSeries()) {
    const series = withStale(stored, toIso(io.nowMs()));
    if (io.stdout.destroyed) return;
    if (json) await writeJson(io, seriesSchema.parse(series));
    else await write(io.stdout, `${series.id}  ${allVersion(series)}  ${oneLine(series.title)}\n`);
  }
}

function allVersion(series: SeriesRecord): string {
  const latest = series.revisions.at(-1);
  return latest === undefined ? 'v1' : versionName(latest);
}

async function printMatches(
  library: Library,
  query: string,
  options: { readonly why?: boolean },
  { io, json, config }: CliContext,
): Promise<void> {
  const { matches, view } = await answerSeries(library, query, io.nowMs());
  const asked = options.why === true ? matches : [];
  const whys = await Promise.all(asked.map((series) => answerWhy(library, series)));
  if (json) {
    const answer =
      options.why === true
        ? whyAnswerSchema.parse({ query, matches: whys })
        : seriesAnswerSchema.parse({ query, matches });
    return writeJson(io, answer);
  }
  const [only] = whys;
  const shown = only !== undefined && whys.length === 1 ? whyView(only) : view;
  const { columns, color } = io;
  await write(io.stdout, renderView(shown, { columns, color, zone: config.timeZone, nowMs: io.nowMs() }));
}
