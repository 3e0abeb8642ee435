import { PermissionFlagsBits } from 'discord.js';

/** What the loopback Discord holds. */

const EPOCH_MS = 1_420_070_400_000;
let counter = 0;

/** An id of 18 or 19 digits, as Discord gives them: it tells when it was made. */
export function snowflake(atMs = Date.now()): string {
  counter = (counter + 1) % 4096;
  return String((BigInt(atMs - EPOCH_MS) << 22n) + BigInt(counter));
}

export type Json = Readonly<Record<string, unknown>>;

export interface FakeMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly atMs: number;
  readonly nonce: string | null;
  readonly reference: string | null;
  body: Json;
  edits: number;
  crossposted: boolean;
  deleted: boolean;
}

export interface FakeChannel {
  readonly id: string;
  /** Null for direct messages. */
  readonly guildId: string | null;
  readonly type: number;
  readonly name: string;
  /** Of a thread. */
  readonly parentId: string | null;
  /** Of direct messages. */
  readonly recipientId: string | null;
  /** What the bot may not do here. */
  denied: bigint;
  /** What else the bot may do here. */
  allowed: bigint;
  /** What people may do here, by their id. */
  readonly permits: Map<string, bigint>;
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  /** Of a forum. */
  tags: FakeTag[];
  /** A forum whose posts need a tag. */
  requiresTag: boolean;
  /** Of a post in a forum: tag ids. */
  applied: string[];
  /** Of a post in a forum that a person opened: who; null: the bot did. */
  readonly openedBy: string | null;
}

interface FakeTag {
  readonly id: string;
  readonly name: string;
  readonly moderated: boolean;
}

export interface FakeUser {
  readonly id: string;
  readonly username: string;
  readonly takesMessages: boolean;
  /** In none of the servers. */
  readonly isStranger: boolean;
}

export const BOT_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.ReadMessageHistory;

export interface World {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly botId: string;
  readonly applicationId: string;
  readonly guilds: Map<string, { readonly id: string; readonly name: string }>;
  readonly channels: Map<string, FakeChannel>;
  readonly users: Map<string, FakeUser>;
  /** The thread of a message, by the message's id. */
  readonly threads: Map<string, string>;
  /** Threads get ids of their own: Discord's have that of their message, which it does not promise. */
  ownThreadIds: boolean;
  /** Oldest first, over all channels. */
  readonly messages: FakeMessage[];
  /** By the route's key: the application, or the application in a server. */
  readonly commands: Map<string, readonly Json[]>;
  /** Who may use which command, by the server that set it. */
  readonly grants: Map<string, readonly Json[]>;
  addGuild(name: string): string;
  addChannel(guildId: string, name: string, type?: number): string;
  addUser(username: string, options?: { takesMessages?: boolean; isStranger?: boolean }): string;
  addMessage(message: Pick<FakeMessage, 'channelId' | 'body'> & Partial<FakeMessage>): FakeMessage;
  message(channelId: string, id: string): FakeMessage | null;
  standing(channelId: string): FakeMessage[];
  dmWith(userId: string): FakeChannel;
  /** What the bot may do in a channel or a thread. */
  permissions(channel: FakeChannel): bigint;
}

export function createWorld(now: () => number = Date.now): World {
  const [botId, applicationId] = [snowflake(), snowflake()];
  const world: World = {
    now,
    botId,
    applicationId,
    guilds: new Map(),
    channels: new Map(),
    users: new Map(),
    threads: new Map(),
    ownThreadIds: false,
    messages: [],
    commands: new Map(),
    grants: new Map(),
    addGuild(name) {
      const id = snowflake();
      world.guilds.set(id, { id, name });
      return id;
    },
    addChannel(guildId, name, type = 0) {
      const channel = aChannel({ guildId, name, type });
      world.channels.set(channel.id, channel);
      return channel.id;
    },
    addUser(username, { takesMessages = true, isStranger = false } = {}) {
      const id = snowflake();
      world.users.set(id, { id, username, takesMessages, isStranger });
      return id;
    },
    addMessage(fields) {
      const atMs = now();
      const message: FakeMessage = {
        id: snowflake(atMs),
        atMs,
        authorId: botId,
        nonce: null,
        reference: null,
        edits: 0,
        crossposted: false,
        deleted: false,
        ...fields,
      };
      world.messages.push(message);
      return message;
    },
    message: (channelId, id) =>
      world.messages.find((one) => one.id === id && one.channelId === channelId && !one.deleted) ?? null,
    standing: (channelId) => world.messages.filter((one) => one.channelId === channelId && !one.deleted),
    dmWith(userId) {
      const open = [...world.channels.values()].find((channel) => channel.recipientId === userId);
      if (open !== undefined) return open;
      const channel = aChannel({ guildId: null, name: '', type: 1, recipientId: userId });
      world.channels.set(channel.id, channel);
      return channel;
    },
    permissions(channel) {
      const parent = channel.parentId === null ? channel : (world.channels.get(channel.parentId) ?? channel);
      return (BOT_PERMISSIONS | parent.allowed) & ~parent.denied;
    },
  };
  return world;
}

export function aChannel(
  fields: Pick<FakeChannel, 'guildId' | 'name' | 'type'> & Partial<FakeChannel>,
): FakeChannel {
  return {
    id: snowflake(),
    parentId: null,
    recipientId: null,
    denied: 0n,
    allowed: 0n,
    permits: new Map(),
    archived: false,
    locked: false,
    autoArchiveMinutes: 1440,
    tags: [],
    requiresTag: false,
    applied: [],
    openedBy: null,
    ...fields,
  };
}
