import type { Command } from 'commander';
import { renderView } from '../../adapters/terminal/render-view.js';
import { compareAnswerSchema } from '../../digest/contract/compare-answer.js';
import { compareView } from '../../digest/view/compare-view.js';
import { contextOf } from '../cli/context.js';
import { type CliIo, write, writeJson } from '../cli/io.js';
import { withLibrary } from '../library.js';
import { answerCompare } from './series/compare.js';
import { notOneSeries } from './series/one-series.js';

const EXAMPLES = `
Examples:
  covernote diff foll_pin                   the two newest versions
  covernote diff foll_pin v8                v8 and the newest
  covernote diff foll_pin v8 v10
  covernote diff virtio-mem RFC v4 v1 --json`;

/** `covernote diff QUERY [vA] [vB]`: what became of the patches of a series between two of its versions. */
export function diffCommand(program: Command, io: CliIo): void {
  program
    .command('diff')
    .argument(
      '<query...>',
      'a series as `covernote series` takes it, then up to two versions: v8, RFC v2, v5.1',
    )
    .description('what changed between two versions of a series: patches, size, and what the author says')
    .addHelpText('after', EXAMPLES)
    .action(async (words: string[], _options: unknown, command: Command) => {
      const context = contextOf(command, io);
      const query = words.join(' ').trim();
      const reply = await withLibrary(context.config, (library) => answerCompare(library, query));
      if (reply.kind !== 'one') throw notOneSeries(query, reply);
      const { comparison } = reply;
      if (context.json) return writeJson(io, compareAnswerSchema.parse({ query, comparison }));
      await write(
        io.stdout,
        renderView(compareView(comparison), {
          columns: io.columns,
          color: io.color,
          zone: context.config.timeZone,
          nowMs: io.nowMs(),
        }),
      );
    });
}
