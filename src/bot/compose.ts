import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { createChatCompletions } from '../adapters/llm/chat-completions.js';
import type { Destination } from '../adapters/store/chat/destination.js';
import { databasePlace } from '../adapters/store/database-url.js';
import { UserError } from '../digest/failure/failure.js';
import { archiveUrl } from '../digest/mail/archive-url.js';
import { readBots } from '../digest/mail/bots.js';
import type { ChatPlatform, PlatformName } from '../digest/ports/chat-platform.js';
import type { Log } from '../digest/ports/log.js';
import { readAuthority } from '../digest/state/authority.js';
import type { Catalog } from '../digest/subsystem/catalog.js';
import { type FitsView, partActions, partView } from '../digest/view/part-view.js';
import { createCatalogReader, createNameableCatalog, notFetched } from './catalog.js';
import type { Chat } from './chat.js';
import { createChatBot } from './commands/chat/chat-bot.js';
import type { Command } from './commands/command.js';
import type { Config } from './config.js';
import { createAtOnce } from './deliver/at-once.js';
import { createDelivery, type Delivery } from './deliver/delivery.js';
import { sendNow } from './deliver/send-now.js';
import { createTick } from './deliver/tick.js';
import { claimForDemo, EXAMPLES_MAINTAINERS, isDemo } from './demo.js';
import { markNewMaintainers } from './ingest/maintainers-mark.js';
import { openMailStore } from './ingest/open-mail-store.js';
import { openWriter, WRITER_BATCH_MAILS } from './ingest/open-writer.js';
import { markNewDatabase } from './ingest/rules-mark.js';
import { createParser } from './ingest/worker-parser.js';
import type { Library, Purpose } from './library.js';
import { keepMaintainersFresh, maintainersFile, type Refreshed, refreshMaintainers } from './maintainers.js';
import { createClockWatch } from './operation/clock-watch.js';
import { createMinuteWork, type MinuteWork } from './operation/every-minute.js';
import { checkHealth, sourceStatuses } from './operation/health.js';
import { type HttpServer, serveHttp } from './operation/http-server.js';
import { limitedBot } from './operation/limited-bot.js';
import { createMetrics } from './operation/metrics.js';
import { watchDatabase } from './operation/watch-database.js';
import { openChats } from './platforms.js';
import { createPages, proxied } from './public/create-pages.js';
import { createThreadFetch } from './sources/fetch-thread.js';
import { followSources } from './sources/follow-sources.js';
import { followedSources } from './sources/read-source.js';
import { retryOnceLater } from './sources/second-chances.js';
import { logRefreshed, logSourceEvent } from './sources/source-log.js';
import { sourceSettings } from './sources/source-settings.js';
import { createSummaryWriter, type SummaryWriter } from './summaries/summary-writer.js';
import { warmUp } from './warm-up.js';

/** Opens the database for as long as `use` runs, and closes it whatever happens. */
export async function withLibrary<T>(
  config: Config,
  nowMs: number,
  use: (library: Library) => Promise<T> | T,
  purpose: Purpose = 'ask',
): Promise<T> {
  const library = await openLibrary(config, nowMs, purpose);
  try {
    return await use(library);
  } finally {
    await library.store.close();
  }
}

async function openLibrary(config: Config, nowMs: number, purpose: Purpose): Promise<Library> {
  const links = archiveUrl(config.archiveUrl);
  const authority = readAuthority(config.trustedSenders);
  const bots = readBots(config.bots);
  let path = config.maintainers;
  const reader = createCatalogReader(config);
  const readOnce = (): Catalog => reader(path);
  // A question waits for the network only if there is no copy at all.
  if (purpose !== 'ask' || maintainersFile(config) === null) {
    const refreshed = await refreshMaintainers(config, { nowMs });
    // Series that are described without it would get the wrong subsystems.
    if (refreshed.kind === 'missing') throw notFetched(config.maintainers ?? '', refreshed.reason);
  }
  const open = () =>
    openMailStore(config.databaseUrl, { catalog: readOnce, archiveUrl: links, authority, bots });
  if (purpose === 'ask') refuseMissing(config);
  let store = await open();
  if (purpose === 'fill' && (await isDemo(store))) {
    // Invented mail must not be among the user's own.
    await store.erase();
    store = await open();
  }
  if (purpose !== 'ask') await markNewDatabase(store);
  const demo = purpose === 'demo' ? await claimForDemo(store) : await isDemo(store);
  // A first try needs no settings.
  if (demo) path ??= EXAMPLES_MAINTAINERS;
  if (purpose !== 'ask') await markNewMaintainers(store, readOnce);
  const nameable = createNameableCatalog(store, readOnce);
  await nameable.readLists();
  return {
    store,
    get catalog() {
      return nameable.catalog();
    },
    readLists: nameable.readLists,
    archiveUrl: links,
    config,
    isDemo: demo,
  };
}

/** A question creates no database: a typo in its name would look like an empty one. */
function refuseMissing(config: Config): void {
  const place = databasePlace(config.databaseUrl);
  // A server says itself that it has no such database.
  if (place.engine === 'postgres' || place.path === ':memory:' || existsSync(place.path)) return;
  throw new UserError(
    'no-database',
    `There is no database at ${place.path}.`,
    config.isDatabaseSet
      ? 'Check the path, or create it with `covernote ingest SOURCE`.'
      : 'Create it with `covernote ingest SOURCE`, or run `npm start` to try the examples.',
  );
}

/** The clock and chance, which the process alone reads. */
export interface Edge {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds, unaffected by changes of the clock. */
  readonly monotonicMs: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Resolves after this time, or as soon as the signal is given; never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface BotSetting {
  readonly library: Library;
  readonly commands: readonly Command[];
  readonly stdin: Readable;
  readonly log: Log;
  readonly edge: Edge;
  /** The bot can't continue: rejected credentials, a database that was replaced. */
  readonly onLost: (error: UserError) => void;
}

/** The parts of the bot; run.ts starts and stops them. */
export interface BotParts {
  readonly chats: readonly Chat[];
  readonly delivery: Delivery;
  readonly minute: MinuteWork;
  /** It listens already, since chats mount on it; null if HTTP_PORT is empty. */
  readonly http: HttpServer | null;
  readonly sourceNames: readonly string[];
  /** Reads the sources, keeps MAINTAINERS fresh and watches the database until the signal ends. */
  readonly follow: (signal: AbortSignal) => Promise<void>;
  /** Stores what was read and ends the thread that writes. */
  readonly close: () => Promise<void>;
  /** Where a language model is configured, it writes summaries in the background from now on; null if none is. */
  readonly startSummaries: () => Promise<SummaryWriter | null>;
  /** To be awaited before anything is sent: corrects what a wrong clock left in the database. */
  readonly checkClock: () => Promise<void>;
}

/** A signal that never ends. */
const NEVER = new AbortController().signal;

/** Builds the whole bot: commands, planning, delivery, sources, health and metrics. Everything that must survive is in the store. */
export async function composeBot({
  library,
  commands,
  stdin,
  log,
  edge,
  onLost,
}: BotSetting): Promise<BotParts> {
  const { config, store } = library;
  const { now, monotonicMs, random, sleep } = edge;
  const sources = followedSources(config.sources);
  const { host, port, publicUrl: pagesAt } = config.http;
  const sourceNames = sources.map(({ name }) => name);
  const settings = sourceSettings(config, { stdin, now });
  const { databaseUrl, dataDir, maintainers, archiveUrl: links, trustedSenders, bots } = config;
  const writer = openWriter(
    { databaseUrl, dataDir, maintainers, archiveUrl: links, trustedSenders, bots },
    store,
  );
  const metrics = createMetrics({ processToo: true });
  const platforms = new Map<PlatformName, ChatPlatform>();
  const clock = createClockWatch({ store, chats: () => platforms.values(), now, log });
  const fitsOn = (name: PlatformName): FitsView | null => {
    const platform = platforms.get(name);
    return platform === undefined ? null : platform.fits;
  };
  const planning = {
    chat: store.chat,
    catalog: () => library.catalog,
    fitsOn,
    pagesAt,
    now,
    yieldToEventLoop: () => yieldToEventLoop(),
    onError: (destination: Destination, error: unknown) =>
      log.error({ error, destination: destination.id }, 'digest.plan_failed'),
  };
  const tick = createTick(planning);
  const { locks, wakeups } = store;
  const wake = () => {
    delivery.wake();
    wakeups.wake().catch((error: unknown) => log.warn({ error }, 'database.wake_failed'));
  };
  const minute = createMinuteWork({
    library,
    sourceNames,
    tick,
    atOnce: createAtOnce(planning),
    clock,
    metrics,
    wake,
    log,
    now,
    monotonicMs,
  });
  const health = () =>
    checkHealth({ store, sources: sourceNames, lastTick: minute.lastTick, now, clock: clock.health });
  const http = port === null ? null : await serveHttp({ host, port, health, metrics, ...proxied(config) });
  http?.mount('/', await createPages({ library, log, now, monotonicMs }));
  const bot = createChatBot({
    library,
    commands,
    nowMs: now,
    zone: config.timeZone,
    newId: () => randomBytes(12).toString('base64url'),
    onBug: (error, { reference, operation: asked }) =>
      log.error({ error, reference, asked }, 'command.failed'),
    digests: {
      digestPreview: tick.digestPreview,
      async digestNow(destination) {
        const planned = await tick.digestNow(destination);
        wake();
        const { slots } = store.chat;
        return sendNow(planned, { slots, destinationId: destination.id, sleep: (ms) => sleep(ms, NEVER) });
      },
    },
    sources: () => sourceStatuses(store, sourceNames),
    fetchThread: createThreadFetch({ config, settings, now, monotonicMs, writer }),
    delivers: ({ platform }) => platforms.has(platform),
    onAnswer(name) {
      const began = monotonicMs();
      return (outcome) => metrics.command(name, outcome, (monotonicMs() - began) / 1000);
    },
  });
  const chats = await openChats(config, {
    bot: limitedBot(bot, monotonicMs),
    store,
    catalog: () => library.catalog,
    http,
    log,
    now,
    onLost,
  });
  for (const { platform } of chats) platforms.set(platform.name, platform);
  const delivery = createDelivery({
    outbox: store.chat.outbox,
    platforms: [...platforms.values()],
    show: (content) => ({ view: partView(content, pagesAt), actions: partActions(content) }),
    now,
    sleep,
    random,
    log,
    metrics,
    locks,
  });
  wakeups.onWake(() => delivery.wake());

  /** Mail is parsed in one thread and written in another, so that this one stays free to answer. */
  const readSources = async (signal: AbortSignal): Promise<void> => {
    if (sources.length === 0) return;
    const parser = createParser({ bots: config.bots });
    const reading = {
      store: { ...store, ingestBatch: writer.ingestBatch, resume: writer.resume },
      parser,
      signal,
      nowMs: now,
      sleep,
    };
    await Promise.all([
      followSources({
        ...reading,
        sources,
        settings,
        random,
        batchSize: WRITER_BATCH_MAILS,
        onEvent: (event) => logSourceEvent(log, event),
      }),
      retryOnceLater({ ...reading, log }),
    ]).finally(() => parser.close());
  };
  return {
    chats,
    delivery,
    minute,
    http,
    sourceNames,
    async follow(signal) {
      const onRefreshed = (refreshed: Refreshed) => {
        logRefreshed(log, refreshed);
        if (refreshed.kind !== 'fetched') return;
        // Read now, not while someone waits for an answer.
        warmUp(library, log).catch((error: unknown) => log.error({ error }, 'maintainers.reading_failed'));
      };
      await Promise.all([
        readSources(signal),
        keepMaintainersFresh(config, { nowMs: now, signal, sleep, onRefreshed }),
        watchDatabase({ store, signal, sleep, onLost }),
      ]);
    },
    close: () => writer.close(),
    checkClock: clock.check,
    async startSummaries() {
      const { summaryModel } = config;
      if (summaryModel === null) {
        await store.written.forgetAll();
        return null;
      }
      const summaries = createSummaryWriter({
        store,
        config: summaryModel,
        ask: createChatCompletions(summaryModel),
        metrics: metrics.summaries,
        fitsOn,
        pagesAt,
        onEdits: wake,
        now,
        sleep,
        random,
        log,
      });
      summaries.start();
      return summaries;
    },
  };
}
