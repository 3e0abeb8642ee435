import type { Command } from 'commander';
import { startChat } from '../../../adapters/terminal/chat.js';
import { renderView, type TerminalOptions } from '../../../adapters/terminal/render-view.js';
import { UserError } from '../../../digest/failure/failure.js';
import { count } from '../../../digest/text/count.js';
import { toIso } from '../../../digest/time/iso.js';
import { digestView } from '../../../digest/view/digest-view.js';
import { createLocalBot, localFollows } from '../../chat/local-bot.js';
import { moveLocalFollows } from '../../chat/move-local-follows.js';
import { createTypedChat } from '../../chat/typed-chat.js';
import { EXAMPLES_MAIL } from '../../demo.js';
import { firstReading, ingestSources } from '../../ingest-sources.js';
import { type Library, withLibrary } from '../../library.js';
import { isAnyConfigured } from '../../platforms.js';
import { answerDigest } from '../../questions/digest.js';
import { type CliContext, contextOf } from '../context.js';
import { type CliIo, write } from '../io.js';
import { createProgress } from '../progress.js';
import { warnOfRules } from './ingest.js';

const WEEK_MS = 7 * 86_400_000;
const BUDGET = 5;

/** `covernote run`: the bot. Without a token it is the same thing in the terminal. */
export function runCommand(program: Command, io: CliIo): void {
  program
    .command('run')
    .description(
      'the bot; without a token: read SOURCES (or examples/), print the digest, and chat in the terminal',
    )
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command, io);
      const { config } = context;
      if (context.json)
        throw new UserError(
          'usage',
          '`run` talks to people: it has no JSON form.',
          'Use `covernote digest --json`.',
        );
      if (isAnyConfigured(config)) {
        const { runBot } = await import('../../run-bot.js');
        await withLibrary(config, (library) => runBot({ library, stdin: io.stdin, now: io.nowMs }), 'fill');
        return;
      }
      const purpose = config.sources.length === 0 ? 'demo' : 'fill';
      await withLibrary(config, (library) => runInTerminal(library, context), purpose);
    });
}

async function runInTerminal(library: Library, context: CliContext): Promise<void> {
  const { io, config } = context;
  const options: TerminalOptions = {
    columns: io.columns,
    color: io.color,
    zone: config.timeZone,
    nowMs: io.nowMs(),
  };
  await warnOfRules(library.store, io);
  await moveLocalFollows(library, io.nowMs());
  await readMail(library, context);
  await printDigest(library, context, options);
  if (!(io.isTty && io.stdin.isTTY === true)) return;
  await write(io.stdout, '\nType /series foll_pin, /follow kvm, /digest 7, or /help.\n');
  const bot = createLocalBot(library, {
    nowMs: io.nowMs,
    onBug: (error, { reference }) => io.stderr.write(`${reference}: ${(error as Error).stack ?? error}\n`),
  });
  const chat = createTypedChat(bot, config.timeZone);
  await startChat({
    input: io.stdin,
    output: io.stdout,
    prompt: '\n> ',
    complete: chat.complete,
    answer: async (line) => {
      const view = await chat.answer(line);
      return view === null ? null : renderView(view, { ...options, nowMs: io.nowMs() });
    },
  });
}

/** Reads SOURCES; without any, the examples, unless the database holds somebody's own mail. */
async function readMail(library: Library, context: CliContext): Promise<void> {
  const { io, config } = context;
  if (config.sources.length === 0 && !library.isDemo) return;
  const sources = config.sources.length > 0 ? config.sources : [EXAMPLES_MAIL];
  const progress = createProgress(io, io.isTty);
  const counts = await ingestSources(
    library,
    sources,
    io.stdin,
    (done, total, read) => progress.show(done, total, count(read, 'mail')),
    firstReading(io.nowMs()),
  );
  progress.end();
  const from = config.sources.length > 0 ? config.sources.join(', ') : 'examples/mail';
  await write(io.stdout, `${count(counts.read, 'mail')} read from ${from}, ${counts.new} of them new.\n`);
  for (const [code, { count: n, example }] of Object.entries(counts.skipped))
    await write(io.stdout, `${n} skipped: ${code}, for example ${example}\n`);
  await write(io.stdout, '\n');
}

/** The digest of the week that ends with the newest mail, so that an old mailbox shows something too. */
async function printDigest(library: Library, context: CliContext, options: TerminalOptions): Promise<void> {
  const { received: newest } = await library.store.freshness();
  if (newest === null) {
    await write(
      context.io.stdout,
      'There is no mail here yet: set SOURCES in .env, or run `npx covernote ingest FILE`.\n',
    );
    return;
  }
  const untilMs = Date.parse(newest) + 1000;
  const window = { since: toIso(untilMs - WEEK_MS), until: toIso(untilMs) };
  const follows = await localFollows(library);
  const { digest, hint } = await answerDigest(library, { follows, window, budget: BUDGET });
  await write(context.io.stdout, renderView(digestView(digest), options));
  if (hint !== null) await write(context.io.stdout, `${hint}\n`);
}
