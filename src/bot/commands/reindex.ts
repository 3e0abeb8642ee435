import type { Command } from 'commander';
import { count } from '../../digest/text/count.js';
import { contextOf } from '../cli/context.js';
import { type CliIo, write, writeJson } from '../cli/io.js';
import { createProgress } from '../cli/progress.js';
import { reindex } from '../ingest/reindex.js';
import { withLibrary } from '../library.js';

/** `covernote reindex`: derives everything again from the raw mail, after the parser or MAINTAINERS changed. */
export function reindexCommand(program: Command, io: CliIo): void {
  program
    .command('reindex')
    .description('derive everything again from the raw mail (after an update, or with another MAINTAINERS)')
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command, io);
      const progress = createProgress(io, io.isTty);
      const counts = await withLibrary(context.config, (library) =>
        reindex(library.store, {
          onProgress: ({ done, total }) => progress.show(done, total, count(done, 'mail')),
        }),
      );
      progress.end();
      if (context.json) return writeJson(io, counts);
      await write(
        io.stdout,
        `${count(counts.messages, 'mail')} read again, ${count(counts.series, 'series', 'series')} known now.\n`,
      );
    });
}
