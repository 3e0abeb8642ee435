import type { Command } from 'commander';
import { count } from '../../../digest/text/count.js';
import { reindex } from '../../ingest/reindex.js';
import { unlessAsked } from '../../ingest/unless-asked.js';
import { withLibrary } from '../../library.js';
import { contextOf } from '../context.js';
import { type CliIo, write, writeJson } from '../io.js';
import { createProgress } from '../progress.js';

/** `covernote reindex`: derives everything again from the raw mail, after the parser or MAINTAINERS changed. */
export function reindexCommand(program: Command, io: CliIo): void {
  program
    .command('reindex')
    .description('derive everything again from the raw mail (after an update, or with another MAINTAINERS)')
    .option('--quarantined', 'only the mails in quarantine: those that ended or stalled reading twice')
    .action(async (options: { quarantined?: boolean }, command: Command) => {
      const context = contextOf(command, io);
      const progress = createProgress(io, io.isTty);
      const counts = await withLibrary(context.config, (library) =>
        unlessAsked(library.store, () =>
          reindex(library.store, {
            quarantinedOnly: options.quarantined === true,
            onProgress: ({ done, total }) => progress.show(done, total, count(done, 'mail')),
          }),
        ),
      );
      progress.end();
      if (context.json) return writeJson(io, counts);
      const { tried, read, left } = counts.quarantine;
      if (tried + left > 0 || options.quarantined === true)
        await write(
          io.stdout,
          `${count(tried, 'mail')} in quarantine tried again: ${read} read now, ${left} still in quarantine.\n`,
        );
      if (options.quarantined === true) return;
      await write(
        io.stdout,
        `${count(counts.messages, 'mail')} read again, ${count(counts.series, 'series', 'series')} known now.\n`,
      );
    });
}
