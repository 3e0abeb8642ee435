import { Client, Events, GatewayIntentBits, Options } from 'discord.js';
import type { Log } from '../../digest/ports/log.js';

export interface ClientOptions {
  /** `http://127.0.0.1:8080/api`; null: Discord itself. */
  readonly apiUrl: string | null;
  /** Messages are read for links: takes the privileged Message Content intent. */
  readonly readsMessages: boolean;
  readonly log: Log;
}

/**
 * The connection to Discord's gateway: servers and their channels alone are heard of, and nothing of messages and members is kept. It shards
 * within this one process when Discord asks for it.
 */
export function createClient({ apiUrl, readsMessages, log }: ClientOptions): Client {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      ...(readsMessages ? [GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent] : []),
    ],
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest: { ...(apiUrl === null ? {} : { api: apiUrl }), timeout: 15_000, retries: 3 },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildScheduledEventManager: 0,
      StageInstanceManager: 0,
      VoiceStateManager: 0,
    }),
  });
  logLifecycle(client, log);
  return client;
}

function logLifecycle(client: Client, log: Log): void {
  client.on(Events.ClientReady, ({ guilds, user }) =>
    log.info({ servers: guilds.cache.size, bot: user.id }, 'discord.connected'),
  );
  client.on(Events.ShardReady, (shard) => log.info({ shard }, 'discord.session_started'));
  client.on(Events.ShardResume, (shard, replayed) =>
    log.info({ shard, replayed }, 'discord.session_resumed'),
  );
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'discord.reconnecting'));
  client.on(Events.ShardDisconnect, ({ code }, shard) =>
    log.error({ shard, code }, 'discord.connection_closed'),
  );
  client.on(Events.ShardError, ({ message }, shard) =>
    log.warn({ shard, error: message }, 'discord.connection_failed'),
  );
  client.on(Events.Error, ({ message }) => log.error({ error: message }, 'discord.client_failed'));
  client.on(Events.Warn, (message) => log.warn({ error: message }, 'discord.client_warning'));
}
