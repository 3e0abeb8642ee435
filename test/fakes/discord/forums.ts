import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { ERRORS } from './faults.js';
import { channelObject, messageObject, withIds } from './objects.js';
import { type Carried, done, inChannel, type Request, type Site } from './operations.js';
import { aChannel, type FakeChannel, type Json, snowflake } from './world.js';

/** Forums: channels whose messages are posts, each a thread with the id of its first message. */

export function openPost(site: Site, request: Request): Carried {
  const { world, dispatch } = site;
  return inChannel(site, request, PermissionFlagsBits.SendMessages, (forum) => {
    if (forum.type !== ChannelType.GuildForum) return ERRORS.wrongChannelType;
    const applied = idsOf(request.body.applied_tags);
    const tags = applied.map((id) => forum.tags.find((tag) => tag.id === id));
    if (tags.includes(undefined)) return ERRORS.invalidBody;
    if (forum.requiresTag && applied.length === 0) return ERRORS.tagRequired;
    if (tags.some((tag) => tag?.moderated === true)) return ERRORS.missingPermissions;
    const body = asObject(request.body.message);
    const id = snowflake(world.now());
    const message = world.addMessage({
      id,
      channelId: id,
      body: { ...body, components: withIds(body.components) },
    });
    const post = aChannel({
      id,
      guildId: forum.guildId,
      name: String(request.body.name),
      type: ChannelType.PublicThread,
      parentId: forum.id,
      applied,
      autoArchiveMinutes: Number(request.body.auto_archive_duration ?? 1440),
    });
    world.channels.set(id, post);
    dispatch('THREAD_CREATE', { ...channelObject(world, post), newly_created: true });
    return done({ ...channelObject(world, post), message: messageObject(world, message) }, 201);
  });
}

/** What a post says of itself, changed: its tags, and whether it is closed. */
export function changeThread(site: Site, { body }: Request, thread: FakeChannel): Carried {
  const allowed = site.world.permissions(thread);
  if ((allowed & PermissionFlagsBits.ManageThreads) === 0n) {
    if (thread.locked) return ERRORS.missingPermissions;
    // The person who opened it may change its tags, while they may open posts at all: discord/discord-api-docs#5706.
    const isOwn = thread.openedBy === null && (allowed & PermissionFlagsBits.SendMessages) !== 0n;
    if (!isOwn && body.applied_tags !== undefined) return ERRORS.missingPermissions;
  }
  if (typeof body.archived === 'boolean') thread.archived = body.archived;
  if (body.applied_tags !== undefined) {
    if (thread.archived) return ERRORS.archived;
    const forum = site.world.channels.get(thread.parentId ?? '');
    const applied = idsOf(body.applied_tags);
    if (applied.some((id) => forum?.tags.some((tag) => tag.id === id) !== true)) return ERRORS.invalidBody;
    thread.applied = applied;
  }
  return done(channelObject(site.world, thread));
}

/** The tags that a forum offers: those without an id are new, those that are left out go. */
export function changeForum(site: Site, { body }: Request, forum: FakeChannel): Carried {
  const { world, dispatch } = site;
  if ((world.permissions(forum) & PermissionFlagsBits.ManageChannels) === 0n)
    return ERRORS.missingPermissions;
  if (forum.type !== ChannelType.GuildForum) return ERRORS.wrongChannelType;
  const given = Array.isArray(body.available_tags) ? body.available_tags.map(asObject) : [];
  forum.tags = given.map(({ id, name, moderated }) => ({
    id: typeof id === 'string' ? id : snowflake(world.now()),
    name: String(name),
    moderated: moderated === true,
  }));
  dispatch('CHANNEL_UPDATE', channelObject(world, forum));
  return done(channelObject(world, forum));
}

export function activeThreads({ world }: Site, { ids }: Request): Carried {
  const threads = [...world.channels.values()].filter(
    (one) => one.guildId === ids.guild_id && one.parentId !== null && !one.archived,
  );
  return done({ threads: threads.map((one) => channelObject(world, one)), members: [], has_more: false });
}

export function archivedThreads(site: Site, request: Request): Carried {
  return inChannel(site, request, PermissionFlagsBits.ReadMessageHistory, (forum) => {
    const threads = [...site.world.channels.values()].filter(
      (one) => one.parentId === forum.id && one.archived,
    );
    return done({
      threads: threads.map((one) => channelObject(site.world, one)),
      members: [],
      has_more: false,
    });
  });
}

function idsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
