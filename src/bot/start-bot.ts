import { randomBytes } from 'node:crypto';
import { setTimeout, setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { createChatCompletions } from '../adapters/llm/chat-completions.js';
import type { ChatBot } from '../digest/ports/chat-bot.js';
import type { ChatPlatform, PlatformName } from '../digest/ports/chat-platform.js';
import type { Log } from '../digest/ports/log.js';
import { toIso } from '../digest/time/iso.js';
import { DAY_MS } from '../digest/time/units.js';
import { type FitsView, partView } from '../digest/view/part-view.js';
import type { BotOptions, FetchThread } from './commands/context.js';
import { createDelivery, type Delivery } from './deliver/delivery.js';
import { markStaleMessages } from './deliver/mark-stale-messages.js';
import { sendNow } from './deliver/send-now.js';
import { createTick, type Tick } from './deliver/tick.js';
import type { Library } from './library.js';
import { type ClockWatch, createClockWatch } from './operation/clock-watch.js';
import { checkHealth, sourceStatuses } from './operation/health.js';
import { type HttpServer, serveHttp } from './operation/http-server.js';
import { limitedBot } from './operation/limited-bot.js';
import { createMetrics, type Metrics } from './operation/metrics.js';
import { minutely } from './operation/minutely.js';
import { retain } from './operation/retention.js';
import { pause } from './pause.js';
import type { Chat } from './platforms.js';
import { startChats } from './start-chats.js';
import { createSummaryWriter, type SummaryWriter } from './summaries/summary-writer.js';

export interface BotSetting {
  readonly library: Library;
  readonly createBot: (options: BotOptions) => ChatBot;
  /** Makes each chat for the bot; the HTTP server where one listens. */
  readonly openChats: (bot: ChatBot, http: HttpServer | null) => Promise<readonly Chat[]>;
  /** Follows the sources until the signal ends; resolves when all has stopped. */
  readonly followSources: (signal: AbortSignal) => Promise<void>;
  readonly fetchThread: FetchThread | null;
  /** Names of SOURCES, without passwords: what health and status speak of. */
  readonly sourceNames: readonly string[];
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface RunningBot {
  /** Where health and metrics are served; null where nothing listens. */
  readonly url: string | null;
  /** Ends it gracefully: messages under way are finished, what was not begun is left for the next start. */
  stop(): Promise<void>;
}

const CHORES_EVERY_MS = DAY_MS;
/** Slack repeats an event for some minutes at most. */
const KEEP_EVENTS_MS = DAY_MS;

type Platforms = ReadonlyMap<PlatformName, ChatPlatform>;

/**
 * Starts the whole bot: commands, the tick that plans what is due, the delivery that sends it, the sources, health and metrics. Throws UserError
 * for what the operator must fix; an unreachable chat is retried in the background. Everything that must survive is in the store.
 */
export async function startBot(setting: BotSetting): Promise<RunningBot> {
  const { library, log, now } = setting;
  const metrics = createMetrics({ processToo: true });
  const platforms = new Map<PlatformName, ChatPlatform>();
  const stopping = new AbortController();
  const tick = planner(setting, platforms);
  const bot = answerer(setting, { platforms, tick, metrics, wake: () => delivery.wake() });
  let lastTickMs = now();
  const clock = createClockWatch({ store: library.store, chats: () => platforms.values(), now, log });
  const http = await listen(setting, metrics, () => lastTickMs, clock);
  const chats = await setting.openChats(
    limitedBot(bot, () => performance.now()),
    http,
  );
  for (const { platform } of chats) platforms.set(platform.name, platform);
  const delivery = createDelivery({
    outbox: library.store.chat.outbox,
    platforms: [...platforms.values()],
    show: (content) => ({ view: partView(content), actions: [] }),
    now,
    sleep: pause,
    random: Math.random,
    log,
    metrics,
  });
  try {
    // A wrong token is reported at once; an unreachable chat does not hold up the others.
    await startChats(chats, log, stopping.signal);
  } catch (error) {
    stopping.abort();
    await Promise.allSettled(chats.map((chat) => chat.stop()));
    await http?.close();
    throw error;
  }
  await clock.check();
  delivery.start();
  const summaries = await startSummaries(setting, { platforms, metrics, wake: delivery.wake });
  const following = setting.followSources(stopping.signal);
  lastTickMs = now();
  const onTick = () => {
    lastTickMs = now();
  };
  const beat = minutely('tick', everyMinute(setting, { tick, delivery, metrics, clock, onTick }), log);
  const url = http?.url ?? null;
  log.info({ chats: [...platforms.keys()], sources: setting.sourceNames, url }, 'bot.started');
  return {
    url,
    async stop() {
      stopping.abort();
      await beat.stop();
      await summaries?.stop();
      // First what is under way goes out, then the chats are left.
      await delivery.stop();
      await Promise.allSettled(chats.map((chat) => chat.stop()));
      await following;
      await http?.close();
      log.info({}, 'bot.stopped');
    },
  };
}

/** Where a language model is configured, it writes summaries in the background. */
async function startSummaries(
  { library, log, now }: BotSetting,
  { platforms, metrics, wake }: Pick<Answering, 'platforms' | 'metrics' | 'wake'>,
): Promise<SummaryWriter | null> {
  const { summaryModel } = library.config;
  if (summaryModel === null) {
    await library.store.written.forgetAll();
    return null;
  }
  const writer = createSummaryWriter({
    store: library.store,
    config: summaryModel,
    ask: createChatCompletions(summaryModel),
    metrics: metrics.summaries,
    fitsOn: (name) => fitsOn(platforms, name),
    onEdits: wake,
    now,
    sleep: pause,
    random: Math.random,
    log,
  });
  writer.start();
  return writer;
}

function fitsOn(platforms: Platforms, name: PlatformName): FitsView | null {
  const platform = platforms.get(name);
  return platform === undefined ? null : (view) => platform.fits(view, []);
}

function planner({ library, log, now }: BotSetting, platforms: Platforms): Tick {
  return createTick({
    chat: library.store.chat,
    catalog: () => library.catalog,
    fitsOn: (name) => fitsOn(platforms, name),
    now,
    yieldToEventLoop: () => yieldToEventLoop(),
    onError: (destination, error) => log.error({ error, destination: destination.id }, 'digest.plan_failed'),
  });
}

interface Answering {
  readonly platforms: Platforms;
  readonly tick: Tick;
  readonly metrics: Metrics;
  /** A digest was requested, and waits in the outbox. */
  readonly wake: () => void;
}

/** The bot that the chats talk to. */
function answerer(setting: BotSetting, { platforms, tick, metrics, wake }: Answering): ChatBot {
  const { library, log, now } = setting;
  return setting.createBot({
    library,
    nowMs: now,
    zone: library.config.timeZone,
    digests: {
      digestPreview: tick.digestPreview,
      async digestNow(destination) {
        const planned = await tick.digestNow(destination);
        wake();
        const { slots } = library.store.chat;
        return sendNow(planned, { slots, destinationId: destination.id, sleep: setTimeout });
      },
    },
    sources: () => sourceStatuses(library.store, setting.sourceNames),
    fetchThread: setting.fetchThread,
    delivers: ({ platform }) => platforms.has(platform),
    newId: () => randomBytes(12).toString('base64url'),
    onBug: (error, { reference, asked }) => log.error({ error, reference, asked }, 'command.failed'),
    onAnswer: metrics.command,
  });
}

async function listen(
  { library, sourceNames, now }: BotSetting,
  metrics: Metrics,
  lastTick: () => number,
  clock: ClockWatch,
): Promise<HttpServer | null> {
  const { host, port } = library.config.http;
  if (port === null) return null;
  const health = () =>
    checkHealth({ store: library.store, sources: sourceNames, lastTick, now, clock: clock.health });
  return serveHttp({ host, port, health, metrics });
}

/** Every minute: plans what is due and marks posted messages whose series changed; once a day the chores. */
function everyMinute(
  { library, sourceNames, log, now }: BotSetting,
  {
    tick,
    delivery,
    metrics,
    clock,
    onTick,
  }: {
    readonly tick: Tick;
    readonly delivery: Delivery;
    readonly metrics: Metrics;
    readonly clock: ClockWatch;
    /** What is due was planned. */
    readonly onTick: () => void;
  },
): () => Promise<void> {
  const { store, config } = library;
  let choresAt = Number.NEGATIVE_INFINITY;
  return async () => {
    await clock.check().catch((error: unknown) => log.error({ error }, 'clock.correction_failed'));
    // Before the next digest names a series again: of those that did, only the last is known by then.
    await markStaleMessages({ store, now }).catch((error: unknown) =>
      log.error({ error }, 'edits.detection_failed'),
    );
    const began = performance.now();
    const { planned, due } = await tick.run();
    onTick();
    metrics.tick(planned, (performance.now() - began) / 1000);
    if (due > 0) log.info({ due, planned }, 'digest.planned');
    delivery.wake();
    for (const { name, caughtUpAt } of await sourceStatuses(store, sourceNames))
      metrics.sourceLag(name, caughtUpAt === null ? null : (now() - Date.parse(caughtUpAt)) / 1000);
    metrics.quarantined(await store.readings.quarantine.count());
    // A moment in the future is from before the clock was set back.
    if (Math.abs(now() - choresAt) < CHORES_EVERY_MS) return;
    choresAt = now();
    await store.chat.seenEvents.sweep(toIso(now() - KEEP_EVENTS_MS));
    // By the newest mail as well: a clock that is far ahead must not make all mail old.
    const newestMs = Date.parse((await store.freshness()).received ?? toIso(now()));
    await retain(
      { days: config.retentionDays, dropBodies: store.dropBodies, log },
      Math.min(now(), newestMs),
    );
  };
}
