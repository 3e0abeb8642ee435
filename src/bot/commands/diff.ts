import { compareAnswerSchema } from '../../digest/contract/series-answer.js';
import { compareView } from '../../digest/view/compare-view.js';
import { argument, cliSide, example } from '../cli/cli-side.js';
import { printJson, printView } from '../cli/print.js';
import type { Command } from './command.js';
import { answerCompare } from './series/compare.js';
import { notOneSeries } from './series/one-series.js';

/** `covernote diff QUERY [vA] [vB]`; in chats, `/series QUERY vA vB`. */
export const diff: Command = {
  name: 'diff',
  does: 'What changed between two versions of a series: patches, size, and what the author says',
  chat: null,
  cli: cliSide({
    arguments: [
      argument(
        'query',
        'a series as `covernote series` takes it, then up to two versions: v8, RFC v2, v5.1',
        { required: true, many: true },
      ),
    ],
    pages: true,
    examples: [
      example('diff foll_pin v1 v3', 'two of its versions'),
      example('diff foll_pin v1', 'v1 and the newest'),
      example('diff foll_pin', 'the two newest versions'),
      example('diff foll_pin v1 v3 --json', 'the same for a program'),
    ],
    async run({ args }, context) {
      const query = args.join(' ').trim();
      const reply = await context.withLibrary((library) => answerCompare(library, query));
      if (reply.kind !== 'one') throw notOneSeries(query, reply);
      const { comparison } = reply;
      if (context.json) return printJson(context, compareAnswerSchema.parse({ query, comparison }));
      await printView(context, compareView(comparison, 'whole'));
    },
  }),
};
