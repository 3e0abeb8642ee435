import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events } from 'discord.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { type RequestFailure, readError } from './read-error.js';

/** The gateway's words for what only a person can fix: https://docs.discord.com/developers/topics/opcodes-and-status-codes */
const CLOSE_CODES = { badToken: 4004, disallowedIntents: 4014 } as const;

const READY_WITHIN_MS = 45_000;

/**
 * Logs in and waits until the servers are known. A client that failed cannot be used again: each try wants a new one. Throws UserError for a
 * token or an intent that Discord does not take, TransientFailure where it could not be reached.
 */
export async function connect(client: Client, token: string, signal: AbortSignal): Promise<Client<true>> {
  try {
    await logIn(client, token, signal);
    if (client.isReady()) return client;
    throw new TransientFailure('not-ready', 'Discord closed the connection again');
  } catch (error) {
    await client.destroy();
    if (error instanceof UserError || error instanceof TransientFailure) throw error;
    const failure = readError(error);
    const retryAfterMs = failure.kind === 'rateLimited' ? failure.delayMs : null;
    throw new TransientFailure('unreachable', `Discord cannot be reached (${describe(failure)})`, {
      cause: error,
      retryAfterMs,
    });
  }
}

function describe(failure: RequestFailure): string {
  switch (failure.kind) {
    case 'api':
    case 'server':
      return `it answered ${failure.status}`;
    case 'rateLimited':
      return 'it is limiting our requests';
    case 'broken':
    case 'unreachable':
      return failure.message;
    default:
      return failure satisfies never;
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
  // Whichever loses the race may still fail: no one listens to it then.
  for (const one of [fatal, timer, login]) one.catch(() => {});
  await Promise.race([Promise.all([login, ready]), fatal, timer]);
}

function isBadToken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'TokenInvalid';
}

function badToken(): UserError {
  return new UserError(
    'discord-token',
    'Discord does not accept DISCORD_TOKEN.',
    'Copy the token again: https://discord.com/developers/applications, your application, Bot, Reset Token.',
  );
}

/** What a close code that ends the connection permanently means for the operator. */
export function closedFor(code: number): UserError {
  if (code === CLOSE_CODES.badToken) return badToken();
  if (code === CLOSE_CODES.disallowedIntents)
    return new UserError(
      'discord-intents',
      'Discord does not let the bot read messages, which DISCORD_LINK_CARDS requires.',
      'Switch on Message Content Intent under Bot in the developer portal, or remove DISCORD_LINK_CARDS.',
    );
  return new UserError(
    'discord-closed',
    `Discord closed the connection for good (code ${code}).`,
    'Restart covernote; if this persists, see https://discordstatus.com.',
  );
}
