import { ChannelType } from 'discord.js';
import {
  BOT_PERMISSIONS,
  type FakeChannel,
  type FakeMessage,
  type FakeUser,
  type Json,
  type World,
} from './world.js';

/** Discord's objects as its API and its gateway show them. */

export function userObject(user: Pick<FakeUser, 'id' | 'username'>, isBot = false): Json {
  return {
    id: user.id,
    username: user.username,
    global_name: null,
    discriminator: '0',
    avatar: null,
    bot: isBot,
    public_flags: 0,
  };
}

export function botObject(world: World): Json {
  return userObject({ id: world.botId, username: 'covernote' }, true);
}

/** `permissions`: those that an interaction tells. */
export function memberObject(user: Json, permissions?: bigint): Json {
  return {
    user,
    nick: null,
    roles: [],
    joined_at: new Date(0).toISOString(),
    ...(permissions === undefined ? {} : { permissions: String(permissions) }),
    deaf: false,
    mute: false,
    flags: 0,
    avatar: null,
  };
}

/** A message as it is read later: without its nonce, which Discord returns only to the poster. */
export function messageObject(world: World, message: FakeMessage): Json {
  const { content = '', components = [], embeds = [], flags = 0 } = message.body;
  return {
    id: message.id,
    channel_id: message.channelId,
    author:
      message.authorId === world.botId
        ? botObject(world)
        : userObject(world.users.get(message.authorId) ?? { id: message.authorId, username: 'somebody' }),
    content,
    timestamp: new Date(message.atMs).toISOString(),
    edited_timestamp: message.edits > 0 ? new Date(world.now()).toISOString() : null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds,
    components: withIds(components),
    pinned: false,
    type: 0,
    flags: Number(flags) & ~4096,
    ...threadOf(world, message),
  };
}

/** The thread that hangs on a message. */
function threadOf(world: World, { id }: FakeMessage): Json {
  const thread = world.channels.get(world.threads.get(id) ?? id);
  return thread === undefined ? {} : { thread: channelObject(world, thread) };
}

/** Components that were sent without an id get one, counted from 1 around those that are taken. */
export function withIds(components: unknown): unknown {
  let next = 1;
  const number = (one: unknown): unknown => {
    if (typeof one !== 'object' || one === null) return one;
    const given = one as Record<string, unknown>;
    const id = typeof given.id === 'number' && given.id > 0 ? given.id : next++;
    const inner = Array.isArray(given.components) ? { components: given.components.map(number) } : {};
    return { ...given, id, ...inner };
  };
  return Array.isArray(components) ? components.map(number) : [];
}

export function channelObject(world: World, channel: FakeChannel): Json {
  const { id, type, name, guildId, parentId } = channel;
  if (guildId === null)
    return {
      id,
      type,
      last_message_id: null,
      recipients: [userObject(world.users.get(channel.recipientId ?? '') ?? { id: '0', username: 'nobody' })],
    };
  const common = {
    id,
    type,
    name,
    guild_id: guildId,
    parent_id: parentId,
    last_message_id: null,
    rate_limit_per_user: 0,
  };
  if (parentId !== null)
    return {
      ...common,
      owner_id: channel.openedBy ?? world.botId,
      applied_tags: channel.applied,
      member_count: 1,
      message_count: 1,
      thread_metadata: {
        archived: channel.archived,
        locked: channel.locked,
        auto_archive_duration: channel.autoArchiveMinutes,
        archive_timestamp: new Date(world.now()).toISOString(),
      },
    };
  return {
    ...common,
    position: 0,
    nsfw: false,
    topic: null,
    ...(channel.type === ChannelType.GuildForum ? forumFields(channel) : {}),
    permission_overwrites: [
      { id: world.botId, type: 1, allow: String(channel.allowed), deny: String(channel.denied) },
      ...[...channel.permits].map(([id, allow]) => ({ id, type: 1, allow: String(allow), deny: '0' })),
    ],
  };
}

function forumFields({ tags, requiresTag }: FakeChannel): Json {
  return {
    flags: requiresTag ? REQUIRE_TAG : 0,
    available_tags: tags.map((tag) => ({ ...tag, emoji_id: null, emoji_name: null })),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
  };
}

const REQUIRE_TAG = 1 << 4;

export function guildObject(world: World, guildId: string): Json {
  const channels = [...world.channels.values()].filter((channel) => channel.guildId === guildId);
  return {
    id: guildId,
    name: world.guilds.get(guildId)?.name ?? '',
    owner_id: '100000000000000001',
    roles: [role(guildId, '@everyone', 0n), role(world.applicationId, 'covernote', BOT_PERMISSIONS)],
    members: [
      {
        user: botObject(world),
        roles: [world.applicationId],
        joined_at: new Date(0).toISOString(),
        deaf: false,
        mute: false,
        flags: 0,
      },
    ],
    channels: channels.filter(({ parentId }) => parentId === null).map((one) => channelObject(world, one)),
    threads: channels
      .filter((one) => one.parentId !== null && !one.archived)
      .map((one) => channelObject(world, one)),
    member_count: 2,
    large: false,
    unavailable: false,
    emojis: [],
    stickers: [],
    features: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    joined_at: new Date(0).toISOString(),
    preferred_locale: 'en-US',
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    afk_timeout: 300,
    system_channel_flags: 0,
  };
}

function role(id: string, name: string, permissions: bigint): Json {
  return {
    id,
    name,
    permissions: String(permissions),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}
