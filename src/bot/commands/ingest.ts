import { availableParallelism } from 'node:os';
import { UserError } from '../../digest/failure/failure.js';
import { count } from '../../digest/text/count.js';
import { argument, cliSide, example, sinceOf, valueOr, wholeNumber } from '../cli/cli-side.js';
import type { CliContext } from '../cli/context.js';
import { createProgress, printJson, printText, warnOfRules } from '../cli/print.js';
import { isExample } from '../demo.js';
import {
  ingestSources,
  isSourceFailure,
  lacksSource,
  readNothing,
  unreadSources,
} from '../sources/ingest-sources.js';
import { readSource, readSources } from '../sources/read-source.js';
import type { Command } from './command.js';

/** One processor splits and stores, the others read; more threads than this would wait for it. */
const JOBS = { usual: Math.max(1, availableParallelism() - 1), most: 16 };

/** `covernote ingest SOURCE…`: reads mail into the database, once each however often it is run. */
export const ingest: Command = {
  name: 'ingest',
  does: 'Read mail into the database; the same mail again changes nothing',
  chat: null,
  cli: cliSide({
    arguments: [
      argument(
        'source',
        'files and folders of mail, lists such as lore:kvm, - for stdin (default: SOURCES)',
        {
          many: true,
          completes: 'files',
        },
      ),
    ],
    options: {
      since: valueOr(
        '<when>',
        'how far back to read a live list that is new here: 90d, 2026-01-01, all',
        '30d',
      ),
      jobs: wholeNumber('how many threads read mail (about 50 MB each)', JOBS.usual),
    },
    examples: [
      example('ingest examples/mail', 'the mail that ships with covernote'),
      example('ingest examples/mail/kvm.mbox examples/mail/netdev.mbox', 'some files of it'),
      example('ingest - < examples/mail/kvm.mbox', 'standard input'),
      example('ingest lore:kvm --since 90d', 'three months of a list', 'network'),
    ],
    run: ({ args, options }, context) => run(args, options, context),
  }),
};

async function run(
  args: readonly string[],
  options: { readonly since: string; readonly jobs: number },
  context: CliContext,
): Promise<void> {
  const { io, config } = context;
  const progress = createProgress(io, io.isTty);
  const named = args.length > 0 ? args : config.sources;
  const since = sinceOf(options.since, io.nowMs(), config.timeZone);
  const counts = await context.withLibrary(
    async (library) => {
      await warnOfRules(library, io);
      return ingestSources(
        library,
        named,
        io.stdin,
        (done, total, read) => progress.show(done, total, count(read, 'mail')),
        { since, nowMs: io.nowMs, jobs: Math.min(options.jobs, JOBS.most) },
      );
    },
    named.every(isExample) ? 'add' : 'fill',
  );
  progress.end();
  if (context.json) await printJson(context, counts);
  else await printText(context, countsText(counts));
  if (lacksSource(counts))
    throw new UserError('source-unread', 'Not every source could be read.', unreadSources(counts));
  // A list may well have nothing new.
  if (readNothing(counts) && !named.some((source) => readSource(source).isLive))
    throw new UserError(
      'nothing-read',
      `There is no mail in ${readSources(named)
        .map(({ name }) => name)
        .join(', ')}.`,
      'Name mbox, .eml or Maildir files, or folders of them.',
    );
}

type Tally = Readonly<Record<string, { readonly count: number; readonly example: string }>>;

/** The counts as people read them: what was new, what was left out and why, with an example of each. */
function countsText(counts: {
  readonly read: number;
  readonly new: number;
  readonly known: number;
  readonly skipped: Tally;
  readonly problems: Tally;
}): string {
  const lines = [
    `${count(counts.read, 'mail')} read: ${counts.new.toLocaleString('en-US')} new, ${counts.known.toLocaleString('en-US')} known already.`,
  ];
  // A source that could not be read is named by the failure that ends the command.
  const list = (title: string, tally: Tally) => {
    const rows = Object.entries(tally)
      .filter(([code]) => !isSourceFailure(code))
      .sort(([, a], [, b]) => b.count - a.count);
    if (rows.length > 0) lines.push(title);
    for (const [code, { count: n, example }] of rows)
      lines.push(`  ${String(n).padStart(6)}  ${code}, for example ${example}`);
  };
  list('Skipped:', counts.skipped);
  list('Read, with problems:', counts.problems);
  return `${lines.join('\n')}\n`;
}
