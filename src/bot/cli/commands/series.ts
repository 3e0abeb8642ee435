import type { Command } from 'commander';
import { renderView } from '../../../adapters/terminal/render-view.js';
import { seriesAnswerSchema, seriesSchema } from '../../../digest/contract/series-answer.js';
import { whyAnswerSchema } from '../../../digest/contract/why-answer.js';
import { UserError } from '../../../digest/failure.js';
import { whyView } from '../../../digest/view/why-view.js';
import { withLibrary } from '../../library.js';
import { answerSeries } from '../../questions/series.js';
import { answerWhy } from '../../questions/why.js';
import { contextOf } from '../context.js';
import { type CliIo, write, writeJson } from '../io.js';

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
          'Give words to look for, or --all.',
          'For example: covernote series foll_pin',
        );
      await withLibrary(context.config, async (library) => {
        if (options.all === true) {
          for await (const series of library.store.allSeries()) {
            if (io.stdout.destroyed) return;
            if (context.json) await writeJson(io, seriesSchema.parse(series));
            else
              await write(
                io.stdout,
                `${series.id}  v${series.revisions.at(-1)?.version ?? 1}  ${series.title}\n`,
              );
          }
          return;
        }
        const answer = await answerSeries(library, query);
        const whys =
          options.why === true
            ? await Promise.all(answer.matches.map((series) => answerWhy(library, series)))
            : null;
        if (context.json && whys !== null)
          return writeJson(io, whyAnswerSchema.parse({ query, matches: whys }));
        if (context.json) return writeJson(io, seriesAnswerSchema.parse({ query, matches: answer.matches }));
        const { config } = context;
        await write(
          io.stdout,
          renderView(whys?.length === 1 && whys[0] !== undefined ? whyView(whys[0]) : answer.view, {
            columns: io.columns,
            color: io.color,
            zone: config.timeZone,
            nowMs: io.nowMs(),
          }),
        );
      });
    });
}
