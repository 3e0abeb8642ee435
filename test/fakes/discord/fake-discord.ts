import { type PermissionFlagsBits as Bits, PermissionFlagsBits } from 'discord.js';
import { createFaults, type Faults } from './faults.js';
import { createGateway, type Gateway } from './gateway.js';
import { createInteractions, type Interactions } from './interactions.js';
import { channelObject, messageObject } from './objects.js';
import type { Site } from './operations.js';
import { type Bucket, createRest, type RequestEntry } from './rest.js';
import { createWorld, type World } from './world.js';

/** A Discord on loopback: its API and its gateway, with a memory, a log, and faults on demand. */
export interface FakeDiscord {
  /** For DISCORD_API_URL: `http://127.0.0.1:PORT/api`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly world: World;
  readonly faults: Faults;
  readonly gateway: Gateway;
  readonly interactions: Interactions;
  readonly log: readonly RequestEntry[];
  /** Requests that the description or the documented limits forbid. */
  problems(): readonly RequestEntry[];
  /** The bot may no longer do this in a channel; the gateway tells it. */
  deny(channelId: string, permission: keyof typeof Bits): void;
  allow(channelId: string, permission: keyof typeof Bits): void;
  /** A person may do this in a channel; the gateway tells it. */
  permit(channelId: string, userId: string, permissions: bigint): void;
  deleteChannel(channelId: string): void;
  deleteMessage(channelId: string, messageId: string): void;
  /** Takes the bot out of a server. */
  removeGuild(guildId: string): void;
  /** Someone writes in a channel. */
  say(channelId: string, userId: string, content: string): void;
  setBucket(bucket: Bucket | null): void;
  /** How long each answer takes. */
  setDelay(ms: number): void;
  stop(): Promise<void>;
}

export interface FakeDiscordSetting {
  readonly token?: string;
  readonly port?: number;
  readonly heartbeatMs?: number;
  readonly allowsMessageContent?: boolean;
  readonly nonceMs?: number;
}

/** Starts it on 127.0.0.1. */
export async function startFakeDiscord(setting: FakeDiscordSetting = {}): Promise<FakeDiscord> {
  const token = setting.token ?? 'MTAwMDAwMDAwMDAwMDAwMDAw.Gfake0.not-a-token-of-anybody';
  const world = createWorld();
  const faults = createFaults();
  const log: RequestEntry[] = [];
  let bucket: Bucket | null = null;
  let delayMs = 0;
  let site: Site | null = null;
  const server = createRest({
    token,
    faults,
    log,
    bucket: () => bucket,
    delayMs: () => delayMs,
    site: () => {
      if (site === null) throw new Error('not started');
      return site;
    },
  });
  const gateway = createGateway(server, world, {
    token,
    heartbeatMs: setting.heartbeatMs ?? 41_250,
    allowsMessageContent: setting.allowsMessageContent ?? false,
  });
  const interactions = createInteractions(world, gateway.dispatch);
  await new Promise<void>((resolve) => server.listen(setting.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  site = {
    world,
    interactions,
    dispatch: gateway.dispatch,
    gatewayUrl: () => `ws://127.0.0.1:${port}`,
    nonceMs: setting.nonceMs ?? 300_000,
  };
  function change(channelId: string, denied: (before: bigint) => bigint): void {
    const channel = world.channels.get(channelId);
    if (channel === undefined) return;
    channel.denied = denied(channel.denied);
    gateway.dispatch('CHANNEL_UPDATE', channelObject(world, channel));
  }
  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    token,
    world,
    faults,
    gateway,
    interactions,
    log,
    problems: () => log.filter((entry) => entry.problems.length > 0),
    deny(channelId, permission) {
      change(channelId, (denied) => denied | PermissionFlagsBits[permission]);
    },
    allow(channelId, permission) {
      const channel = world.channels.get(channelId);
      if (channel !== undefined) channel.allowed |= PermissionFlagsBits[permission];
      change(channelId, (denied) => denied & ~PermissionFlagsBits[permission]);
    },
    permit(channelId, userId, permissions) {
      const channel = world.channels.get(channelId);
      if (channel === undefined) return;
      channel.permits.set(userId, permissions);
      gateway.dispatch('CHANNEL_UPDATE', channelObject(world, channel));
    },
    deleteChannel(channelId) {
      const channel = world.channels.get(channelId);
      if (channel === undefined) return;
      const event = channel.parentId === null ? 'CHANNEL_DELETE' : 'THREAD_DELETE';
      const deleted = channelObject(world, channel);
      world.channels.delete(channelId);
      gateway.dispatch(event, deleted);
    },
    deleteMessage(channelId, messageId) {
      const message = world.message(channelId, messageId);
      if (message !== null) message.deleted = true;
    },
    removeGuild(guildId) {
      world.guilds.delete(guildId);
      for (const channel of [...world.channels.values()])
        if (channel.guildId === guildId) world.channels.delete(channel.id);
      gateway.dispatch('GUILD_DELETE', { id: guildId });
    },
    say(channelId, userId, content) {
      const message = world.addMessage({ channelId, authorId: userId, body: { content } });
      const channel = world.channels.get(channelId);
      gateway.dispatch('MESSAGE_CREATE', {
        ...messageObject(world, message),
        guild_id: channel?.guildId,
        member: { roles: [], joined_at: new Date(0).toISOString(), deaf: false, mute: false, flags: 0 },
      });
    },
    setBucket(next) {
      bucket = next;
    },
    setDelay(ms) {
      delayMs = ms;
    },
    async stop() {
      gateway.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
