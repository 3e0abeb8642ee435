import { count } from '../../digest/text/count.js';
import { cliSide, example, on } from '../cli/cli-side.js';
import { createProgress, printJson, printText } from '../cli/print.js';
import { closeJournalOnSignal } from '../ingest/close-journal-on-signal.js';
import { markMaintainers } from '../ingest/maintainers-mark.js';
import { reindex as reindexStore } from '../ingest/reindex.js';
import type { Command } from './command.js';

/** `covernote reindex`: derives everything again from the raw mail, after the parser or MAINTAINERS changed. */
export const reindex: Command = {
  name: 'reindex',
  does: 'Derive everything again from the raw mail (after an update, or with another MAINTAINERS)',
  chat: null,
  cli: cliSide({
    options: {
      quarantined: on('only the mails in quarantine: those that crashed or stalled the reader twice'),
    },
    examples: [
      example('reindex', 'every mail once more'),
      example('reindex --quarantined', 'those in quarantine alone'),
    ],
    async run({ options: { quarantined } }, context) {
      const progress = createProgress(context.io, context.io.isTty);
      const counts = await context.withLibrary(async (library) => {
        // As it is when the reading begins: what comes meanwhile is for the next one.
        const { catalog } = library;
        const read = await closeJournalOnSignal(library.store, () =>
          reindexStore(library.store, {
            bots: library.config.bots,
            quarantinedOnly: quarantined,
            onProgress: ({ done, total }) => progress.show(done, total, count(done, 'mail')),
          }),
        );
        if (!quarantined) await markMaintainers(library.store, catalog);
        return read;
      });
      progress.end();
      if (context.json) return printJson(context, counts);
      const { tried, read, left } = counts.quarantine;
      if (tried + left > 0 || quarantined)
        await printText(
          context,
          `${count(tried, 'mail')} in quarantine tried again: ${read} read now, ${left} still in quarantine.\n`,
        );
      if (quarantined) return;
      await printText(
        context,
        `${count(counts.messages, 'mail')} read again, ${count(counts.series, 'series', 'series')} known now.\n`,
      );
    },
  }),
};
