import { count } from '../../digest/text/count.js';
import { cliSide, example } from '../cli/cli-side.js';
import { printJson, printText } from '../cli/print.js';
import { createProgress } from '../cli/progress.js';
import { reindex as reindexStore } from '../ingest/reindex.js';
import { withLibrary } from '../library.js';
import type { Command } from './command.js';

/** `covernote reindex`: derives everything again from the raw mail, after the parser or MAINTAINERS changed. */
export const reindex: Command = {
  name: 'reindex',
  does: 'Derive everything again from the raw mail (after an update, or with another MAINTAINERS)',
  chat: null,
  cli: cliSide({
    examples: [example('reindex', 'every mail once more')],
    async run(_, context) {
      const progress = createProgress(context.io, context.io.isTty);
      const counts = await withLibrary(context.config, (library) =>
        reindexStore(library.store, {
          onProgress: ({ done, total }) => progress.show(done, total, count(done, 'mail')),
        }),
      );
      progress.end();
      if (context.json) return printJson(context, counts);
      await printText(
        context,
        `${count(counts.messages, 'mail')} read again, ${count(counts.series, 'series', 'series')} known now.\n`,
      );
    },
  }),
};
