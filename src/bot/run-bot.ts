import type { Readable } from 'node:stream';
import { UserError } from '../digest/failure/failure.js';
import type { Log } from '../digest/ports/log.js';
import { percentDecoded } from '../digest/text/percent-decoded.js';
import type { Config } from './config.js';
import { type MailWriter, openWriter, WRITER_BATCH_MAILS } from './ingest/open-writer.js';
import { otherRules, REINDEX_REMEDY } from './ingest/rules-mark.js';
import { createParser } from './ingest/worker-parser.js';
import type { Library } from './library.js';
import { keepMaintainersFresh } from './maintainers.js';
import { createLog } from './operation/log.js';
import { watchDatabase } from './operation/watch-database.js';
import { pause } from './pause.js';
import { chatSecrets, openChats } from './platforms.js';
import { createThreadFetch } from './sources/fetch-thread.js';
import { type FollowEvent, followSources } from './sources/follow-sources.js';
import { followedSources } from './sources/followed-sources.js';
import type { NamedSource } from './sources/read-source.js';
import { sourceSettings } from './sources/source-settings.js';
import { type BotSetting, type RunningBot, startBot } from './start-bot.js';

export interface RunSetting {
  readonly library: Library;
  readonly createBot: BotSetting['createBot'];
  readonly stdin: Readable;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Runs the bot until the process is signalled to end. */
export async function runBot({ library, createBot, stdin, now }: RunSetting): Promise<void> {
  const { config } = library;
  const log = createLog({ level: config.logLevel, secrets: secretsOf(config) });
  const rules = await otherRules(library.store);
  if (rules !== null)
    log.warn({ database: config.databaseUrl, reason: rules, remedy: REINDEX_REMEDY }, 'database.other_rules');
  const sources = followedSources(config.sources);
  const settings = sourceSettings(config, stdin);
  let endEarly: (error: unknown) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => {
    endEarly = reject;
  });
  // It may be rejected before it is awaited.
  lost.catch(() => undefined);
  const writer = openWriter(
    { databaseUrl: config.databaseUrl, maintainers: config.maintainers, archiveUrl: config.archiveUrl },
    library.store,
  );
  const bot = await startBot({
    library,
    createBot,
    log,
    now,
    openChats: (chatBot, http) =>
      openChats(config, { bot: chatBot, store: library.store, http, log, now, onLost: endEarly }),
    sourceNames: sources.map(({ name }) => name),
    fetchThread: createThreadFetch({ library, settings, now, writer }),
    async followSources(signal) {
      const setting = { library, sources, settings, log, now, signal, writer };
      const watched = { store: library.store, signal, sleep: pause, onLost: endEarly };
      await Promise.all([follow(setting), keepSubsystemsFresh(setting), watchDatabase(watched)]);
    },
  });
  try {
    await untilEnd(bot, lost);
  } finally {
    await writer.close();
  }
}

interface FollowSetting {
  readonly library: Library;
  readonly sources: readonly NamedSource[];
  readonly settings: ReturnType<typeof sourceSettings>;
  readonly log: Log;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly writer: MailWriter;
}

/** Follows SOURCES; mail is read in one thread and written in another, so that this one stays free to answer. */
async function follow({
  library,
  sources,
  settings,
  log,
  now,
  signal,
  writer,
}: FollowSetting): Promise<void> {
  if (sources.length === 0) return;
  const parser = createParser();
  try {
    await followSources({
      sources,
      store: { ...library.store, ingestBatch: writer.ingestBatch, resume: writer.resume },
      settings,
      signal,
      nowMs: now,
      random: Math.random,
      sleep: pause,
      parser,
      batchSize: WRITER_BATCH_MAILS,
      onEvent: (event) => tell(log, event),
    });
  } finally {
    await parser.close();
  }
}

/** Looks after a MAINTAINERS that a URL names; both threads sort by a new one from then on. */
function keepSubsystemsFresh({ library, log, now, signal }: FollowSetting): Promise<void> {
  return keepMaintainersFresh(library.config, {
    nowMs: now,
    signal,
    sleep: pause,
    onRefreshed(refreshed) {
      if (refreshed.kind === 'fetched') log.info({ entries: refreshed.entries }, 'maintainers.updated');
      if (refreshed.kind === 'kept' || refreshed.kind === 'missing')
        log.warn({ error: refreshed.reason }, 'maintainers.fetch_failed');
    },
  });
}

function tell(log: Log, event: FollowEvent): void {
  if (event.kind === 'read') {
    const { read, new: fresh, skipped } = event.counts;
    if (read > 0) log.info({ source: event.source, read, new: fresh, skipped }, 'source.read');
    return;
  }
  const { source, failure, failures, retryInMs } = event;
  if (failure instanceof UserError)
    log.error({ source, error: failure.message, remedy: failure.remedy, failures }, 'source.needs_action');
  else log.warn({ source, error: failure, failures, retryInMs }, 'source.read_failed');
}

/** Waits for the signal to end, or for a chat that rejected the credentials for good; then stops everything in order. */
async function untilEnd(bot: RunningBot, lost: Promise<never>): Promise<void> {
  let end: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    end = resolve;
  });
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, end);
  try {
    await Promise.race([asked, lost]);
  } finally {
    // A second signal ends it at once.
    for (const signal of signals) process.off(signal, end);
    await bot.stop();
  }
}

function secretsOf(config: Config): string[] {
  const passwords = config.sources.flatMap((source) => {
    const at = URL.canParse(source) ? new URL(source).password : '';
    return at === '' ? [] : [at, percentDecoded(at)];
  });
  const { summaryModel } = config;
  const modelKey = summaryModel?.key == null ? [] : [summaryModel.key];
  const inUrl = summaryModel === null ? '' : new URL(summaryModel.url).password;
  return [...chatSecrets(config), ...passwords, ...modelKey, ...(inUrl === '' ? [] : [inUrl])];
}
