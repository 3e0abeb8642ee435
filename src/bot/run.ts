import type { Readable } from 'node:stream';
import { databasePasswords } from '../adapters/store/database-url.js';
import { TransientFailure, UserError } from '../digest/failure/failure.js';
import type { Log } from '../digest/ports/log.js';
import { percentDecoded } from '../digest/text/percent-decoded.js';
import { MINUTE_MS, SECOND_MS } from '../digest/time/iso.js';
import { type RetryPolicy, retryDelayMs } from '../digest/time/retry-delay.js';
import type { Chat } from './chat.js';
import type { Command } from './commands/command.js';
import { type BotParts, composeBot, type Edge } from './compose.js';
import type { Config } from './config.js';
import { otherRules, REINDEX_REMEDY } from './ingest/rules-mark.js';
import type { Library } from './library.js';
import { createLog } from './operation/log.js';
import { minutely } from './operation/minutely.js';
import { pause } from './pause.js';
import { chatSecrets } from './platforms.js';
import { untilEnd } from './until-end.js';
import { warmUp } from './warm-up.js';

export interface RunSetting {
  readonly library: Library;
  readonly commands: readonly Command[];
  readonly stdin: Readable;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Runs the bot until the process gets a signal to end, or cannot continue. Throws UserError for what the operator must fix. */
export async function runBot({ library, commands, stdin, now }: RunSetting): Promise<void> {
  const { config } = library;
  const log = createLog({ level: config.logLevel, secrets: secretsOf(config) });
  const rules = await otherRules(library.store);
  if (rules !== null)
    log.warn({ database: library.store.name, reason: rules, remedy: REINDEX_REMEDY }, 'database.other_rules');
  // Before any chat can ask.
  await warmUp(library, log);
  let endEarly: (error: UserError) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => {
    endEarly = reject;
  });
  // It may be rejected before it is awaited.
  lost.catch(() => undefined);
  const edge: Edge = { now, monotonicMs: () => performance.now(), random: Math.random, sleep: pause };
  const parts = await composeBot({ library, commands, stdin, log, edge, onLost: endEarly });
  try {
    const stop = await start(parts, log, edge);
    await untilEnd(lost).finally(stop);
  } finally {
    await parts.close();
  }
}

/** Starts the parts in order; returns how to stop them: messages under way are finished, the others wait for the next start. */
async function start(parts: BotParts, log: Log, edge: Edge): Promise<() => Promise<void>> {
  const { chats, delivery, minute, http, sourceNames } = parts;
  const stopping = new AbortController();
  const leaveChats = () => Promise.allSettled(chats.map((chat) => chat.stop()));
  try {
    // A wrong token is reported immediately; an unreachable chat does not hold up the others.
    await Promise.all(chats.map((chat) => startChat(chat, log, edge, stopping.signal)));
  } catch (error) {
    stopping.abort();
    await leaveChats();
    await http?.close();
    throw error;
  }
  await parts.checkClock();
  delivery.start();
  const summaries = await parts.startSummaries();
  const following = parts.follow(stopping.signal);
  const beat = minutely('tick', minute.run, log);
  const names = chats.map(({ platform }) => platform.name);
  log.info({ chats: names, sources: sourceNames, url: http?.url ?? null }, 'bot.started');
  return async () => {
    stopping.abort();
    await beat.stop();
    await summaries?.stop();
    // First what is being sent is finished, then the chats are disconnected.
    await delivery.stop();
    await leaveChats();
    await following;
    await http?.close();
    log.info({}, 'bot.stopped');
  };
}

/** Starts a chat; an unreachable one is retried in the background until it is connected. */
async function startChat(chat: Chat, log: Log, edge: Edge, signal: AbortSignal): Promise<void> {
  try {
    await chat.start();
  } catch (error) {
    if (!(error instanceof TransientFailure)) throw error;
    log.warn({ chat: chat.platform.name, code: error.code, error: error.message }, 'chat.unreachable');
    void keepStarting(chat, log, edge, signal);
  }
}

const CHAT_RETRIES: RetryPolicy = {
  firstMs: 5 * SECOND_MS,
  longestMs: 5 * MINUTE_MS,
  longestRequestedMs: 5 * MINUTE_MS,
  spread: [0.5, 1],
};

async function keepStarting(chat: Chat, log: Log, edge: Edge, signal: AbortSignal): Promise<void> {
  const names = { chat: chat.platform.name };
  for (let failures = 1; !signal.aborted; failures++) {
    await edge.sleep(retryDelayMs(CHAT_RETRIES, { failures, random: edge.random() }), signal);
    if (signal.aborted) return;
    try {
      await chat.start();
      log.info(names, 'chat.connected');
      return;
    } catch (error) {
      if (error instanceof UserError)
        log.error({ ...names, error: error.message, remedy: error.remedy }, 'chat.rejected');
      else if (error instanceof TransientFailure)
        log.warn({ ...names, code: error.code, error: error.message }, 'chat.unreachable');
      else log.error({ ...names, error }, 'chat.start_failed');
    }
  }
}

/** What no log line may show. */
function secretsOf(config: Config): string[] {
  const passwords = config.sources.flatMap((source) => {
    const password = URL.canParse(source) ? new URL(source).password : '';
    return password === '' ? [] : [password, percentDecoded(password)];
  });
  const { summaryModel } = config;
  const modelKey = summaryModel?.key == null ? [] : [summaryModel.key];
  const inUrl = summaryModel === null ? '' : new URL(summaryModel.url).password;
  return [
    ...chatSecrets(config),
    ...databasePasswords(config.databaseUrl),
    ...passwords,
    ...modelKey,
    ...(inUrl === '' ? [] : [inUrl]),
  ];
}
