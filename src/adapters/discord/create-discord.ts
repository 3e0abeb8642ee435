import { type Client, Events, REST, RESTEvents } from 'discord.js';
import { UserError } from '../../digest/failure/failure.js';
import type { ChatBot } from '../../digest/ports/chat-bot.js';
import type { ChatPlatform } from '../../digest/ports/chat-platform.js';
import type { Log } from '../../digest/ports/log.js';
import { createServerClock, type ServerClock } from '../../digest/time/server-clock.js';
import { createCommandGrants } from './answer/command-grants.js';
import { createInteractions } from './answer/interactions.js';
import { createClient } from './client.js';
import { closedFor, connect } from './connect.js';
import { inviteUrl } from './invite.js';
import { createLinkCards } from './link-cards.js';
import { createPlaces } from './places.js';
import { createPlatform } from './platform.js';
import { readError } from './read-error.js';
import { registerCommands } from './register-commands.js';
import { welcomeGuild } from './welcome.js';

export interface DiscordOptions {
  readonly token: string;
  /** `http://127.0.0.1:8080/api`; null: Discord itself. */
  readonly apiUrl: string | null;
  /** Register commands only in this server, where changes take effect immediately; null: everywhere. */
  readonly guildId?: string | null;
  /** Answer links to mails with a card; takes the Message Content intent. */
  readonly linkCards?: boolean;
  /** Publish what is in announcement channels to their followers. */
  readonly crosspost?: boolean;
  readonly bot: ChatBot;
  readonly log: Log;
  /** The connection ended permanently after it was established: the token was reset, an intent was taken away. */
  readonly onLost?: (error: UserError) => void;
  /** One request of a delivery ends within; 15 seconds. */
  readonly timeoutMs?: number;
  /** An answer that takes longer is announced first; 1.5 of Discord's 3 seconds. */
  readonly deferAfterMs?: number;
}

export interface Discord {
  readonly platform: ChatPlatform;
  /**
   * Connects once and registers commands. Throws UserError for what a person must fix, TransientFailure where Discord is away: then it may be
   * called again.
   */
  start(): Promise<void>;
  /** Ends soon: what is being answered gets a few seconds. It may be started again. */
  stop(): Promise<void>;
}

const TIMEOUT_MS = 15_000;
const DEFER_AFTER_MS = 1_500;
const STOP_WITHIN_MS = 5_000;
/** A wait that a rate limit asks for; a longer one goes back to the outbox. */
const LONGEST_WAIT_MS = 5_000;

export function createDiscord(options: DiscordOptions): Discord {
  const { token, bot, log } = options;
  const guildId = options.guildId ?? null;
  const readsMessages = options.linkCards ?? false;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const clock = createServerClock(() => performance.now());
  const rests = createRests(options, timeoutMs);
  for (const rest of [rests.deliveries, rests.answers]) trackServerTime(rest, clock);
  let stopping = new AbortController();
  const open = new Set<Promise<void>>();
  let client: Client | null = null;

  const grants = createCommandGrants(rests.answers, log, () => performance.now());
  const places = createPlaces(rests.deliveries, () => client);
  const interactions = createInteractions({
    bot,
    rest: rests.answers,
    log,
    grants,
    places,
    deferAfterMs: options.deferAfterMs ?? DEFER_AFTER_MS,
  });
  const cards = createLinkCards({ bot, rest: rests.deliveries, log });
  const platform = createPlatform({
    rest: rests.deliveries,
    // The client throws a token away that was refused once; one 401 of a proxy must not end all deliveries.
    renewToken: () => rests.deliveries.setToken(token),
    places,
    log,
    clock,
    elapsedMs: () => performance.now(),
    crosspost: options.crosspost ?? false,
    timeoutMs,
  });

  function watch(work: Promise<void>): void {
    const watched = work
      .catch((error: unknown) => log.error({ error: error }, 'discord.event_failed'))
      .finally(() => open.delete(watched));
    open.add(watched);
  }

  function listening(): Client {
    const made = createClient({ apiUrl: options.apiUrl, readsMessages, log });
    trackServerTime(made.rest, clock);
    made.on(Events.InteractionCreate, (interaction) => watch(interactions.handle(interaction)));
    made.on(Events.GuildCreate, (guild) => watch(welcomeGuild(rests.deliveries, guild)));
    made.on(Events.ApplicationCommandPermissionsUpdate, ({ guildId: changed }) => grants.forget(changed));
    made.on(Events.GuildDelete, ({ id }) => watch(bot.forget({ platform: 'discord', tenant: id })));
    made.on(Events.ChannelDelete, (channel) => {
      if (!channel.isDMBased()) watch(forget(channel.guildId, channel.id));
    });
    made.on(Events.ThreadDelete, ({ guildId: tenant, id }) => watch(forget(tenant, id)));
    if (readsMessages) made.on(Events.MessageCreate, (message) => watch(cards.read(message)));
    return made;
  }

  function forget(tenant: string, address: string): Promise<void> {
    return bot.forget({ platform: 'discord', tenant, address });
  }

  async function register(ready: Client<true>): Promise<void> {
    const { id } = ready.application;
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(60_000)]);
    try {
      const result = await registerCommands({
        rest: ready.rest,
        applicationId: id,
        guildId,
        commands: bot.commands,
        signal,
      });
      log.info({ commands: bot.commands.length, result, guildId }, 'discord.commands_registered');
    } catch (error) {
      const failure = readError(error);
      if (failure.kind === 'api' && failure.code === 50001 && guildId !== null) throw notInGuild(guildId);
      // Those of the last start still work.
      log.error({ failure }, 'discord.commands_failed');
    }
  }

  return {
    platform,
    async start() {
      if (stopping.signal.aborted) stopping = new AbortController();
      const ready = await connect(listening(), token, stopping.signal);
      client = ready;
      ready.on(Events.ShardDisconnect, ({ code }) => options.onLost?.(closedFor(code)));
      await register(ready);
      if (ready.guilds.cache.size === 0)
        log.warn({ invite: inviteUrl(ready.application.id) }, 'discord.in_no_server');
    },
    async stop() {
      stopping.abort();
      const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref());
      await Promise.race([Promise.allSettled([...open]), late]);
      await client?.destroy();
      client = null;
    },
  };
}

/**
 * Two clients in addition to the gateway's own: deliveries carry a key and are tried again by the outbox, answers must come in seconds. Neither
 * tries again by itself.
 */
function createRests({ token, apiUrl }: DiscordOptions, timeoutMs: number) {
  const make = (timeout: number) =>
    new REST({
      ...(apiUrl === null ? {} : { api: apiUrl }),
      version: '10',
      timeout,
      retries: 0,
      rejectOnRateLimit: ({ retryAfter }) => retryAfter > LONGEST_WAIT_MS,
    }).setToken(token);
  return { deliveries: make(timeoutMs), answers: make(5_000) };
}

/** Each answer of Discord tells its time. */
function trackServerTime(rest: REST, clock: ServerClock): void {
  rest.on(RESTEvents.Response, (_, response) => clock.saw(response.headers.get('date')));
}

function notInGuild(guildId: string): UserError {
  return new UserError(
    'discord-guild',
    `covernote is not in the server that DISCORD_GUILD names (${guildId}).`,
    'Invite it there (covernote discord invite), or leave DISCORD_GUILD empty.',
  );
}
