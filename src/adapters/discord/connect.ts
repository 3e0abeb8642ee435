import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events } from 'discord.js';
import { TransientFailure, UserError } from '../../digest/failure.js';
import type { DiscordLog } from './log.js';
import { readError } from './read-error.js';

/** The gateway's words for what only a person can mend: https://docs.discord.com/developers/topics/opcodes-and-status-codes */
const CLOSE_CODES = { badToken: 4004, disallowedIntents: 4014 } as const;

const READY_WITHIN_MS = 90_000;
/** A quarter of an hour altogether: then whoever supervises the process should know. */
const WAITS_MS = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000, 300_000];

/**
 * Logs in and waits until the servers are known. A client that failed cannot be used again, so each try gets one of its own. Throws
 * UserError for a token or an intent that Discord does not take, TransientFailure when it could not be reached for a quarter of an hour.
 */
export async function connect(
  makeClient: () => Client,
  token: string,
  log: DiscordLog,
  signal: AbortSignal,
): Promise<Client> {
  for (let attempt = 0; ; attempt++) {
    const client = makeClient();
    try {
      await logIn(client, token, signal);
      return client;
    } catch (error) {
      await client.destroy();
      const wait = WAITS_MS[attempt];
      if (error instanceof UserError || signal.aborted || wait === undefined) throw error;
      const failure = readError(error);
      log.warn({ failure, waitMs: wait }, 'Discord cannot be reached; trying again');
      await sleep(wait, undefined, { signal });
    }
  }
}

async function logIn(client: Client, token: string, signal: AbortSignal): Promise<void> {
  const fatal = new Promise<never>((_, reject) => {
    client.once(Events.ShardDisconnect, ({ code }) => reject(closedFor(code)));
    signal.addEventListener('abort', () => reject(new TransientFailure('stopped', 'stopped')), {
      once: true,
    });
  });
  const ready = new Promise<void>((resolve) => {
    client.once(Events.ClientReady, () => resolve());
  });
  const timer = sleep(READY_WITHIN_MS, undefined, { ref: false }).then(() => {
    throw new TransientFailure('timeout', 'Discord did not say that the bot is ready');
  });
  const login = client.login(token).catch((error: unknown) => {
    throw isBadToken(error) ? badToken() : error;
  });
  // Whichever loses the race may still fail: nobody listens to it then.
  for (const one of [fatal, timer, login]) one.catch(() => {});
  await Promise.race([Promise.all([login, ready]), fatal, timer]);
}

function isBadToken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'TokenInvalid';
}

function badToken(): UserError {
  return new UserError(
    'discord-token',
    'Discord does not take DISCORD_TOKEN.',
    'Copy the token again: https://discord.com/developers/applications, your application, Bot, Reset Token.',
  );
}

/** What a close code that ends the connection for good means for whoever runs the bot. */
export function closedFor(code: number): UserError {
  if (code === CLOSE_CODES.badToken) return badToken();
  if (code === CLOSE_CODES.disallowedIntents)
    return new UserError(
      'discord-intents',
      'Discord does not let the bot read messages, which DISCORD_LINK_CARDS needs.',
      'Switch on Message Content Intent under Bot in the developer portal, or take DISCORD_LINK_CARDS out.',
    );
  return new UserError(
    'discord-closed',
    `Discord closed the connection for good (code ${code}).`,
    'Start covernote again; if it stays, look at https://discordstatus.com.',
  );
}
