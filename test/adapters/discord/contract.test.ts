import { ChannelType } from 'discord.js';
import type { Address } from '../../../src/digest/ports/chat-platform.js';
import { type ChatWorld, chatPlatformContract, type PlatformFailure } from '../../contract/chat-platform.js';
import { ERRORS, type Fault } from '../../fakes/discord/faults.js';
import { readMessage } from '../../fakes/discord/reading.js';
import { connected } from './setting.js';

const OPERATIONS = {
  send: 'POST /channels/{channel_id}/messages',
  find: 'GET /channels/{channel_id}/messages',
  edit: 'PATCH /channels/{channel_id}/messages/{message_id}',
} as const;

function faultOf(failure: PlatformFailure): Fault {
  switch (failure.kind) {
    case 'before':
      return { kind: 'dropBefore' };
    case 'reply-lost':
      return { kind: 'dropAfter' };
    case 'slow':
      return { kind: 'slow', ms: 6_000 };
    case 'internal-error':
      return { kind: 'badGateway' };
    case 'rate-limited':
      return { kind: 'rateLimited', retryAfterMs: failure.delayMs };
    case 'forbidden':
      return ERRORS.missingPermissions;
    case 'gone':
      return ERRORS.unknownChannel;
    case 'closed':
      return ERRORS.closed;
    case 'invalid':
      return ERRORS.invalidBody;
    default:
      return failure satisfies never;
  }
}

const FORUM_OPERATIONS = {
  send: ['POST /channels/{channel_id}/threads', OPERATIONS.send],
  find: ['GET /guilds/{guild_id}/threads/active'],
  edit: [OPERATIONS.edit],
} as const;

/** Each top-level message is a post, which is a thread with its id. */
async function forumWorld(): Promise<ChatWorld> {
  const { fake, discord, guildId, userId, close } = await connected({ timeoutMs: 3_000 });
  const forumId = fake.world.addChannel(guildId, 'patches', ChannelType.GuildForum);
  return {
    platform: discord.platform,
    channel: { platform: 'discord', tenant: guildId, address: forumId, kind: 'channel' },
    person: { platform: 'discord', tenant: 'dm', address: userId, kind: 'person' },
    async standing(at: Address) {
      const posts = [...fake.world.channels.values()].filter((one) => one.parentId === at.address);
      const places = at.kind === 'person' ? [fake.world.dmWith(at.address)] : posts;
      return fake.world.messages
        .filter((one) => !one.deleted && places.some(({ id }) => id === one.channelId))
        .map((one) => {
          const { text, mentions, links, actions } = readMessage(one);
          const under = at.kind === 'person' || one.channelId === one.id ? null : one.channelId;
          return { messageId: one.id, key: one.nonce, under, text, mentions, links, actions };
        });
    },
    failNext: (what, failure) => {
      for (const operation of FORUM_OPERATIONS[what]) fake.faults.arm(operation, faultOf(failure));
    },
    close,
  };
}

async function discordWorld(ownThreadIds: boolean): Promise<ChatWorld> {
  const { fake, discord, guildId, channelId, userId, close } = await connected({ timeoutMs: 3_000 });
  fake.world.ownThreadIds = ownThreadIds;
  const messageOf = (thread: string) =>
    [...fake.world.threads].find(([, id]) => id === thread)?.[0] ?? thread;
  return {
    platform: discord.platform,
    channel: { platform: 'discord', tenant: guildId, address: channelId, kind: 'channel' },
    person: { platform: 'discord', tenant: 'dm', address: userId, kind: 'person' },
    async standing(at: Address) {
      const id = at.kind === 'person' ? fake.world.dmWith(at.address).id : at.address;
      const inThreads = [...fake.world.channels.values()]
        .filter((one) => one.parentId === id)
        .map((one) => one.id);
      return fake.world.messages
        .filter((one) => !one.deleted && (one.channelId === id || inThreads.includes(one.channelId)))
        .map((one) => {
          const { text, mentions, links, actions } = readMessage(one);
          const under = one.channelId === id ? null : messageOf(one.channelId);
          return { messageId: one.id, key: one.nonce, under, text, mentions, links, actions };
        });
    },
    failNext: (what, failure) => fake.faults.arm(OPERATIONS[what], faultOf(failure)),
    close,
  };
}

chatPlatformContract('Discord', () => discordWorld(false));
chatPlatformContract('Discord with threads that have ids of their own', () => discordWorld(true));
chatPlatformContract('Discord in a forum', forumWorld);
