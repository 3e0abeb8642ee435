import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { ERRORS, type Fault } from './faults.js';
import { activeThreads, archivedThreads, changeForum, changeThread, openPost } from './forums.js';
import { answerInteraction, editOriginal, followUp } from './interaction-routes.js';
import type { Interactions } from './interactions.js';
import { botObject, channelObject, memberObject, messageObject, userObject, withIds } from './objects.js';
import { aChannel, type FakeChannel, type FakeMessage, type Json, snowflake, type World } from './world.js';

/** What carrying out a request gave. */
export type Carried =
  | { readonly kind: 'done'; readonly status: number; readonly body: unknown }
  | Extract<Fault, { kind: 'error' }>;

export interface Request {
  readonly ids: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json;
}

export interface Site {
  readonly world: World;
  readonly interactions: Interactions;
  readonly dispatch: (event: string, data: Json) => void;
  readonly gatewayUrl: () => string;
  /** How long a nonce is remembered. */
  readonly nonceMs: number;
}

type Operation = (site: Site, request: Request) => Carried;

export function done(body: unknown, status = 200): Carried {
  return { kind: 'done', status, body };
}

/** Every request that the loopback Discord knows, by method and path template. */
export const operations: Readonly<Record<string, Operation>> = {
  'GET /gateway/bot': ({ gatewayUrl }) =>
    done({
      url: gatewayUrl(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 3_600_000, max_concurrency: 1 },
    }),
  'GET /users/@me': ({ world }) => done(botObject(world)),
  'GET /applications/@me': ({ world }) => done({ id: world.applicationId, name: 'covernote' }),
  'POST /users/@me/channels': ({ world }, { body }) => {
    const user = String(body.recipient_id);
    return world.users.has(user) ? done(channelObject(world, world.dmWith(user))) : ERRORS.unknownUser;
  },
  'GET /channels/{channel_id}': (site, request) =>
    inChannel(site, request, 0n, (channel) => done(channelObject(site.world, channel))),
  'PATCH /channels/{channel_id}': (site, request) =>
    inChannel(site, request, 0n, (channel) =>
      channel.parentId === null ? changeForum(site, request, channel) : changeThread(site, request, channel),
    ),
  'GET /channels/{channel_id}/messages': (site, request) =>
    inChannel(site, request, 0n, (channel) => history(site, request, channel)),
  'POST /channels/{channel_id}/messages': createMessage,
  'GET /channels/{channel_id}/messages/{message_id}': (site, request) =>
    inChannel(site, request, PermissionFlagsBits.ReadMessageHistory, (channel) => {
      const message = site.world.message(channel.id, request.ids.message_id ?? '');
      return message === null ? ERRORS.unknownMessage : done(messageObject(site.world, message));
    }),
  'PATCH /channels/{channel_id}/messages/{message_id}': editMessage,
  'POST /channels/{channel_id}/messages/{message_id}/threads': createThread,
  'POST /channels/{channel_id}/threads': openPost,
  'GET /guilds/{guild_id}/members/{user_id}': ({ world }, { ids }) => {
    const user = world.users.get(ids.user_id ?? '');
    const isMember = user !== undefined && world.guilds.has(ids.guild_id ?? '') && !user.isStranger;
    return isMember ? done(memberObject(userObject(user))) : ERRORS.unknownMember;
  },
  'GET /guilds/{guild_id}/threads/active': activeThreads,
  'GET /channels/{channel_id}/threads/archived/public': archivedThreads,
  'POST /channels/{channel_id}/messages/{message_id}/crosspost': (site, request) =>
    inChannel(site, request, PermissionFlagsBits.SendMessages, (channel) => {
      if (channel.type !== ChannelType.GuildAnnouncement) return ERRORS.wrongChannelType;
      const message = site.world.message(channel.id, request.ids.message_id ?? '');
      if (message === null) return ERRORS.unknownMessage;
      message.crossposted = true;
      return done(messageObject(site.world, message));
    }),
  'GET /applications/{application_id}/commands': ({ world }, { ids }) =>
    done(world.commands.get(ids.application_id ?? '') ?? []),
  'PUT /applications/{application_id}/commands': (site, { ids, body }) =>
    register(site, ids.application_id ?? '', body),
  'GET /applications/{application_id}/guilds/{guild_id}/commands': ({ world }, { ids }) =>
    world.guilds.has(ids.guild_id ?? '')
      ? done(world.commands.get(`${ids.application_id}/${ids.guild_id}`) ?? [])
      : ERRORS.missingAccess,
  'PUT /applications/{application_id}/guilds/{guild_id}/commands': (site, { ids, body }) =>
    register(site, `${ids.application_id}/${ids.guild_id}`, body),
  'GET /applications/{application_id}/guilds/{guild_id}/commands/permissions': ({ world }, { ids }) =>
    done(world.grants.get(ids.guild_id ?? '') ?? []),
  'POST /interactions/{interaction_id}/{interaction_token}/callback': answerInteraction,
  'POST /webhooks/{webhook_id}/{webhook_token}': followUp,
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original': editOriginal,
};

/** The channel, if the bot sees it and may do what is requested. */
export function inChannel(
  { world }: Site,
  { ids }: Request,
  required: bigint,
  then: (channel: FakeChannel) => Carried,
): Carried {
  const channel = world.channels.get(ids.channel_id ?? '');
  if (channel === undefined) return ERRORS.unknownChannel;
  if (channel.guildId === null) return then(channel);
  const allowed = world.permissions(channel);
  if ((allowed & PermissionFlagsBits.ViewChannel) === 0n) return ERRORS.missingAccess;
  return (allowed & required) === required ? then(channel) : ERRORS.missingPermissions;
}

const MAX_PAGE = 100;

function history({ world }: Site, { query }: Request, channel: FakeChannel): Carried {
  if (
    channel.guildId !== null &&
    (world.permissions(channel) & PermissionFlagsBits.ReadMessageHistory) === 0n
  )
    return done([]);
  const limit = Math.min(MAX_PAGE, Number(query.get('limit') ?? 50));
  const after = query.get('after');
  const all = world.standing(channel.id);
  const page =
    after === null ? all.slice(-limit) : all.filter((one) => BigInt(one.id) > BigInt(after)).slice(0, limit);
  return done(page.reverse().map((message) => messageObject(world, message)));
}

function createMessage(site: Site, request: Request): Carried {
  const { world, nonceMs } = site;
  const target = world.channels.get(request.ids.channel_id ?? '');
  const isThread = target !== undefined && target.parentId !== null;
  const required = isThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return inChannel(site, request, required, (channel) => {
    const { nonce, enforce_nonce: enforced } = request.body;
    if (channel.recipientId !== null && world.users.get(channel.recipientId)?.takesMessages === false)
      return ERRORS.closed;
    if (channel.locked) return ERRORS.threadLocked;
    if (enforced === true) {
      const same = world.messages.find((one) => one.nonce === nonce && world.now() - one.atMs < nonceMs);
      // Discord's own word on it: a message that was deleted since is not made again.
      if (same?.deleted === true) return ERRORS.unknownMessage;
      if (same !== undefined) return done({ ...messageObject(world, same), nonce });
    }
    channel.archived = false;
    const message = world.addMessage({
      channelId: channel.id,
      nonce: nonce === undefined ? null : String(nonce),
      body: { ...request.body, components: withIds(request.body.components) },
      reference: referenceOf(request.body),
    });
    return done({ ...messageObject(world, message), nonce });
  });
}

function referenceOf({ message_reference: reference }: Json): string | null {
  return typeof reference === 'object' && reference !== null && 'message_id' in reference
    ? String(reference.message_id)
    : null;
}

function editMessage(site: Site, request: Request): Carried {
  return inChannel(site, request, 0n, (channel) => {
    const message = site.world.message(channel.id, request.ids.message_id ?? '');
    if (message === null) return ERRORS.unknownMessage;
    if (message.authorId !== site.world.botId) return ERRORS.foreignMessage;
    if (channel.archived) return ERRORS.archived;
    applyEdit(message, request.body);
    return done(messageObject(site.world, message));
  });
}

/** What an edit says replaces; the rest stays. */
export function applyEdit(message: FakeMessage, body: Json): void {
  message.body = {
    ...message.body,
    ...body,
    components: withIds(body.components ?? message.body.components),
  };
  message.edits++;
}

function createThread(site: Site, request: Request): Carried {
  const { world, dispatch } = site;
  return inChannel(site, request, PermissionFlagsBits.CreatePublicThreads, (channel) => {
    if (channel.type !== ChannelType.GuildText && channel.type !== ChannelType.GuildAnnouncement)
      return ERRORS.wrongChannelType;
    const message = world.message(channel.id, request.ids.message_id ?? '');
    if (message === null) return ERRORS.unknownMessage;
    if (world.channels.has(world.threads.get(message.id) ?? message.id)) return ERRORS.threadExists;
    const thread = aChannel({
      ...(world.ownThreadIds ? {} : { id: message.id }),
      guildId: channel.guildId,
      name: String(request.body.name),
      type:
        channel.type === ChannelType.GuildText ? ChannelType.PublicThread : ChannelType.AnnouncementThread,
      parentId: channel.id,
      autoArchiveMinutes: Number(request.body.auto_archive_duration ?? 1440),
    });
    world.channels.set(thread.id, thread);
    world.threads.set(message.id, thread.id);
    dispatch('THREAD_CREATE', { ...channelObject(world, thread), newly_created: true });
    return done(channelObject(world, thread), 201);
  });
}

function register({ world }: Site, key: string, body: unknown): Carried {
  const commands = Array.isArray(body) ? body : [];
  world.commands.set(
    key,
    commands.map((command: Json) => ({
      id: snowflake(),
      application_id: world.applicationId,
      version: snowflake(),
      nsfw: false,
      dm_permission: true,
      name_localizations: null,
      description_localizations: null,
      ...command,
      options: stripped(command.options),
    })),
  );
  return done(world.commands.get(key));
}

/** Discord leaves out what is false or empty. */
function stripped(options: unknown): unknown {
  if (!Array.isArray(options)) return [];
  return options.map((option: Json) => {
    const { required, autocomplete, options: inner, choices, ...rest } = option;
    return {
      ...rest,
      ...(required === true ? { required } : {}),
      ...(autocomplete === true ? { autocomplete } : {}),
      ...(Array.isArray(choices) && choices.length > 0 ? { choices } : {}),
      ...(Array.isArray(inner) && inner.length > 0 ? { options: stripped(inner) } : {}),
    };
  });
}
