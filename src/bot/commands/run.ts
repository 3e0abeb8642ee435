import { startChat } from '../../adapters/terminal/chat.js';
import { renderView } from '../../adapters/terminal/render-view.js';
import { UserError } from '../../digest/failure/failure.js';
import { count } from '../../digest/text/count.js';
import { toIso } from '../../digest/time/iso.js';
import { digestView } from '../../digest/view/digest-view.js';
import { cliSide, example } from '../cli/cli-side.js';
import type { CliContext } from '../cli/context.js';
import { printText, printView, terminalOptions } from '../cli/print.js';
import { createProgress } from '../cli/progress.js';
import { EXAMPLES_MAIL } from '../demo.js';
import { firstReading, ingestSources } from '../ingest-sources.js';
import { type Library, withLibrary } from '../library.js';
import { isAnyConfigured } from '../platforms.js';
import { createLocalBot, localFollows } from './chat/local-bot.js';
import { moveLocalFollows } from './chat/move-local-follows.js';
import { createTypedChat } from './chat/typed-chat.js';
import type { Command } from './command.js';
import { answerDigest } from './digest/build.js';
import { warnOfRules } from './ingest.js';

const WEEK_MS = 7 * 86_400_000;
const BUDGET = 5;

/** `covernote run`: the bot. Without a token it is the same thing in the terminal. */
export const run: Command = {
  name: 'run',
  does: 'Run the bot; without a token: read SOURCES (or examples/), print the digest, and chat here',
  chat: null,
  cli: cliSide({
    notes: 'Without a token, lines on standard input are answered like lines typed in the chat.',
    examples: [
      example('run', 'what `npm start` runs'),
      { line: 'echo "/series foll_pin" | covernote run', does: 'one answer', needs: null },
    ],
    async run(_, context) {
      const { config, io, createBot } = context;
      if (context.json)
        throw new UserError(
          'usage',
          '`run` talks to people: it has no JSON form.',
          'Use `covernote digest --json`.',
        );
      if (isAnyConfigured(config)) {
        const { runBot } = await import('../run-bot.js');
        const setting = { createBot, stdin: io.stdin, now: io.nowMs };
        await withLibrary(config, (library) => runBot({ library, ...setting }), 'fill');
        return;
      }
      const purpose = config.sources.length === 0 ? 'demo' : 'fill';
      await withLibrary(config, (library) => runInTerminal(library, context), purpose);
    },
  }),
};

async function runInTerminal(library: Library, context: CliContext): Promise<void> {
  const { io, config } = context;
  await warnOfRules(library.store, io);
  await moveLocalFollows(library, io.nowMs());
  await readMail(library, context);
  await printDigest(library, context);
  // What comes through the pipe is mail then, and not commands.
  if (config.sources.includes('-')) return;
  const isTyped = io.stdin.isTTY === true;
  // Commands come from a person, whose terminal shows the answers, or from a pipe.
  if (isTyped && !io.isTty) return;
  if (isTyped) await printText(context, '\nType words of a title, /follow kvm, /digest 7, or /help.\n');
  const bot = createLocalBot(context.createBot, library, {
    nowMs: io.nowMs,
    onBug: (error, { reference }) => io.stderr.write(`${reference}: ${(error as Error).stack ?? error}\n`),
  });
  const chat = createTypedChat(bot, config.timeZone);
  await startChat({
    input: io.stdin,
    output: io.stdout,
    prompt: '\n> ',
    interactive: isTyped,
    complete: chat.complete,
    answer: async (line) => {
      const view = await chat.answer(line);
      return view === null ? null : renderView(view, terminalOptions(context, config.timeZone));
    },
  });
}

/** Reads SOURCES; without any, the examples, unless the database holds the user's own mail. */
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
  await printText(context, `${count(counts.read, 'mail')} read from ${from}, ${counts.new} of them new.\n`);
  for (const [code, { count: n, example: one }] of Object.entries(counts.skipped))
    await printText(context, `${n} skipped: ${code}, for example ${one}\n`);
  await printText(context, '\n');
}

/** The digest of the week that ends with the newest mail, so that an old mailbox shows something too. */
async function printDigest(library: Library, context: CliContext): Promise<void> {
  const { received: newest } = await library.store.freshness();
  if (newest === null)
    return printText(
      context,
      'There is no mail here yet: set SOURCES in .env, or run `npx covernote ingest FILE`.\n',
    );
  const untilMs = Date.parse(newest) + 1000;
  const window = { since: toIso(untilMs - WEEK_MS), until: toIso(untilMs) };
  const follows = await localFollows(library);
  const { digest, hint } = await answerDigest(library, { follows, window, budget: BUDGET });
  await printView(context, digestView(digest));
  if (hint !== null) await printText(context, `${hint}\n`);
}
