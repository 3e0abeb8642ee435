import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { startChat } from '../../adapters/terminal/chat.js';
import { renderView } from '../../adapters/terminal/render-view.js';
import { UserError } from '../../digest/failure/failure.js';
import { type Follow, followSchema } from '../../digest/follow/follow.js';
import { formatFollow } from '../../digest/follow/format-follow.js';
import type { ChatBot } from '../../digest/ports/chat-bot.js';
import { count } from '../../digest/text/count.js';
import { DAY_MS, toIso } from '../../digest/time/iso.js';
import { digestView } from '../../digest/view/digest-view.js';
import { cliSide, example } from '../cli/cli-side.js';
import type { CliContext } from '../cli/context.js';
import { createProgress, printText, printView, terminalOptions, warnOfRules } from '../cli/print.js';
import { DEMO_GUIDE, demoClock, EXAMPLES_MAIL } from '../demo.js';
import type { Library } from '../library.js';
import { isAnyConfigured } from '../platforms.js';
import { firstReading, ingestSources } from '../sources/ingest-sources.js';
import { createTypedChat, localPlace } from './chat/typed-chat.js';
import type { Command } from './command.js';
import type { BotOptions } from './context.js';
import { answerDigest } from './digest/build.js';

const WEEK_MS = 7 * DAY_MS;
const BUDGET = 5;
const CHAT_HINT = '\nType words of a title, /follow kvm, /digest 7, or /help.\n';

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
      const { config } = context;
      if (context.json)
        throw new UserError(
          'usage',
          '`run` is interactive: it has no JSON output.',
          'Use `covernote digest --json`.',
        );
      if (isAnyConfigured(config)) return context.withLibrary(context.runBot, 'fill');
      const purpose = config.sources.length === 0 ? 'demo' : 'fill';
      await context.withLibrary((library) => runInTerminal(library, context), purpose);
    },
  }),
};

async function runInTerminal(library: Library, context: CliContext): Promise<void> {
  const { io, config } = context;
  await warnOfRules(library, io);
  await moveLocalFollows(library, io.nowMs());
  await readMail(library, context);
  await library.readLists();
  await printDigest(library, context);
  // What comes through the pipe is mail then, and not commands.
  if (config.sources.includes('-')) return;
  const isTyped = io.stdin.isTTY === true;
  // Commands come from a person, whose terminal shows the answers, or from a pipe.
  if (isTyped && !io.isTty) return;
  if (isTyped) await printText(context, library.isDemo ? DEMO_GUIDE : CHAT_HINT);
  // What is shown is as old as what is counted: both follow one clock.
  const nowMs = library.isDemo ? await demoClock(library.store, io.nowMs) : io.nowMs;
  const bot = createLocalBot(context.createBot, library, {
    nowMs,
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
      return view === null
        ? null
        : renderView(view, { ...terminalOptions(context, config.timeZone), nowMs: nowMs() });
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

/** The bot for the terminal alone: nothing is scheduled and nothing fetched. */
export function createLocalBot(
  createBot: (options: BotOptions) => ChatBot,
  library: Library,
  { nowMs, onBug }: Pick<BotOptions, 'nowMs' | 'onBug'>,
): ChatBot {
  return createBot({
    library,
    nowMs,
    onBug,
    zone: library.config.timeZone,
    delivers: () => false,
    digests: {
      digestPreview: () => Promise.reject(new Error('a terminal has no next digest')),
      digestNow: () => Promise.reject(new Error('nothing is sent to a terminal')),
    },
    sources: async () => [],
    fetchThread: null,
    pageCost: Number.POSITIVE_INFINITY,
    newId: () => randomBytes(12).toString('base64url'),
  });
}

/** What is followed at this terminal. */
export async function localFollows({ store }: Library): Promise<readonly Follow[]> {
  const destination = await store.chat.destinations.byAddress(localPlace);
  const follows = destination === null ? [] : await store.chat.follows.of(destination.id);
  return follows.map(({ tree }) => tree);
}

/** Where the first version of the terminal chat stored what it followed: a list of trees. */
const MARK = 'local-follows';
const MOVED = '[]';

/** Moves what a terminal of the first version followed to where it is kept now, once; returns how many follows that were. */
export async function moveLocalFollows({ store, config }: Library, nowMs: number): Promise<number> {
  const mark = await store.markOf(MARK);
  if (mark === null || mark === MOVED) return 0;
  const follows = readFollows(mark);
  const now = toIso(nowMs);
  const by = { madeBy: localPlace.address, madeByName: 'you', madeAt: now };
  const made = { name: '', zone: config.timeZone, setBy: by.madeBy, setByName: by.madeByName, madeAt: now };
  const { chat } = store;
  if (follows.length > 0) {
    const { id } = await chat.destinations.ensure(localPlace, made);
    // Adding what is already there changes nothing: if it is interrupted before the mark is set, it is repeated.
    await chat.follows.add(
      id,
      follows.map((tree) => ({ tree, words: formatFollow(tree), ...by })),
    );
  }
  await store.mark(MARK, MOVED);
  return follows.length;
}

/** Only one that can no longer be read is left out. */
function readFollows(mark: string): Follow[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(mark);
  } catch {
    return [];
  }
  const list = z.array(z.unknown()).safeParse(parsed);
  return (list.success ? list.data : []).flatMap((one) => {
    const read = followSchema.safeParse(one);
    return read.success ? [read.data] : [];
  });
}
