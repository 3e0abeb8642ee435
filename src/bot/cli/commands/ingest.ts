import type { Command } from 'commander';
import type { Store } from '../../../adapters/store/store.js';
import { UserError } from '../../../digest/failure/failure.js';
import { count } from '../../../digest/text/count.js';
import { isExample } from '../../demo.js';
import { otherRules, REINDEX_REMEDY } from '../../ingest/rules-mark.js';
import { ingestSources, lacksSource, readNothing, unreadSources } from '../../ingest-sources.js';
import { withLibrary } from '../../library.js';
import { readSource, readSources } from '../../sources/read-source.js';
import { contextOf } from '../context.js';
import { type CliIo, write, writeJson } from '../io.js';
import { createProgress } from '../progress.js';
import { sinceOf } from './since.js';

const EXAMPLES = `
Examples:
  covernote ingest examples/mail
  covernote ingest io-uring.mbox.gz ~/Maildir
  covernote ingest lore:kvm --since 90d
  zcat kvm.mbox.gz | covernote ingest -`;

/** `covernote ingest SOURCE…`: reads mail into the database, once each however often it is run. */
export function ingestCommand(program: Command, io: CliIo): void {
  program
    .command('ingest')
    .argument(
      '[source...]',
      'files and folders of mail, lists such as lore:kvm, - for stdin (default: SOURCES)',
    )
    .description('read mail into the database; the same mail again changes nothing')
    .option(
      '--since <when>',
      'how far back to read a live list that is new here: 90d, 2026-01-01, all',
      '30d',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (sources: string[], options: { since: string }, command: Command) => {
      const context = contextOf(command, io);
      const progress = createProgress(io, io.isTty);
      const named = sources.length > 0 ? sources : context.config.sources;
      const since = sinceOf(options.since, io.nowMs(), context.config.timeZone);
      const reading = { since, nowMs: io.nowMs };
      const counts = await withLibrary(
        context.config,
        async (library) => {
          await warnOfRules(library.store, io);
          return ingestSources(
            library,
            named,
            io.stdin,
            (done, total, read) => progress.show(done, total, count(read, 'mail')),
            reading,
          );
        },
        named.every(isExample) ? 'add' : 'fill',
      );
      progress.end();
      if (context.json) await writeJson(io, counts);
      else await write(io.stdout, countsText(counts));
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
    });
}

/** To stderr: stdout may hold JSON alone. */
export async function warnOfRules(store: Store, io: CliIo): Promise<void> {
  const rules = await otherRules(store);
  if (rules !== null) await write(io.stderr, `${store.path}: ${rules}. ${REINDEX_REMEDY}\n`);
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
  const list = (title: string, tally: Tally) => {
    const rows = Object.entries(tally).sort(([, a], [, b]) => b.count - a.count);
    if (rows.length > 0) lines.push(title);
    for (const [code, { count: n, example }] of rows)
      lines.push(`  ${String(n).padStart(6)}  ${code}, for example ${example}`);
  };
  list('Skipped:', counts.skipped);
  list('Read, but something did not add up:', counts.problems);
  return `${lines.join('\n')}\n`;
}
