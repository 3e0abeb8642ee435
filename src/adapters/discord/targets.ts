import { ChannelType, type REST, Routes, ThreadAutoArchiveDuration } from 'discord.js';
import { z } from 'zod';
import type { Address, Post } from '../../digest/ports/chat-platform.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { LIMITS } from './limits.js';
import { hasThreads, isForum, type Places } from './places.js';
import { readError } from './read-error.js';

export interface Target {
  /** The channel or the thread. */
  readonly channelId: string;
  /** Its own channel is an announcement channel. */
  readonly announces: boolean;
  /** The forum that it is, or whose post it is; null: it has to do with none. */
  readonly forumId: string | null;
}

/** Finds the Discord channel behind an address and the thread below a message. */
export interface Targets {
  /** Opens the person's direct messages where the address is one. */
  channelOf(to: Address, signal: AbortSignal): Promise<string>;
  /** The thread is made if it is not there yet, unless `make` is false. */
  of(post: Pick<Post, 'to' | 'under'>, signal: AbortSignal, make: boolean): Promise<Target>;
  /** Forgets what was remembered of a thread that turned out to be gone. */
  forgetThread(messageId: string): void;
}

const dmSchema = z.object({ id: z.string() });
const threadSchema = z.object({ id: z.string() });
/** A message, with the thread that hangs on it. */
const messageSchema = z.object({ thread: threadSchema.nullish() });
const THREAD_EXISTS = 160004;
const MAX_REMEMBERED = 5000;

export function createTargets(rest: REST, places: Places): Targets {
  const dms = new Map<string, string>();
  /** The thread of a message, by the message's id. */
  const threads = new Map<string, string>();

  async function channelOf(to: Address, signal: AbortSignal): Promise<string> {
    if (to.kind === 'channel') return to.address;
    const here = dms.get(to.address);
    if (here !== undefined) return here;
    const body = { recipient_id: to.address };
    const { id } = dmSchema.parse(await rest.post(Routes.userChannels(), { body, signal }));
    if (dms.size >= MAX_REMEMBERED) dms.clear();
    dms.set(to.address, id);
    return id;
  }

  function remember(messageId: string, threadId: string): string {
    if (threads.size >= MAX_REMEMBERED) threads.clear();
    threads.set(messageId, threadId);
    return threadId;
  }

  /** Makes the thread of a message if it has none; returns its id. */
  async function makeThread(channelId: string, messageId: string, title: string, signal: AbortSignal) {
    const name = shorten(oneLine(title), LIMITS.threadName) || 'Digest';
    const body = { name, auto_archive_duration: ThreadAutoArchiveDuration.OneDay };
    try {
      const made = await rest.post(Routes.threads(channelId, messageId), { body, signal });
      return remember(messageId, threadSchema.parse(made).id);
    } catch (error) {
      const failure = readError(error);
      if (failure.kind !== 'api' || failure.code !== THREAD_EXISTS) throw error;
    }
    return findThread(channelId, messageId, signal);
  }

  /**
   * The thread that hangs on a message, by what Discord says of the message. Where it says nothing, a thread has the id of its message, which
   * holds on Discord and is not promised.
   */
  async function findThread(channelId: string, messageId: string, signal: AbortSignal): Promise<string> {
    const known = threads.get(messageId);
    if (known !== undefined) return known;
    if (places.known(messageId) !== null) return messageId;
    try {
      const found = await rest.get(Routes.channelMessage(channelId, messageId), { signal });
      const { thread } = messageSchema.parse(found);
      return thread == null ? messageId : remember(messageId, thread.id);
    } catch (error) {
      // Without the message, or the right to read it, its thread may still be there.
      if (readError(error).kind !== 'api') throw error;
      return messageId;
    }
  }

  async function threadOf(
    channelId: string,
    { messageId, title }: NonNullable<Post['under']>,
    signal: AbortSignal,
    make: boolean,
  ): Promise<string> {
    const known = threads.get(messageId);
    if (known !== undefined) return known;
    if (make && places.known(messageId) === null) return makeThread(channelId, messageId, title, signal);
    return findThread(channelId, messageId, signal);
  }

  return {
    channelOf,
    async of({ to, under }, signal, make) {
      const channelId = await channelOf(to, signal);
      if (to.kind === 'person') return { channelId, announces: false, forumId: null };
      const { type } = await places.channel(channelId, signal);
      // A post has the id of the message that it begins with, as Discord's documentation says.
      if (isForum(type))
        return { channelId: under?.messageId ?? channelId, announces: false, forumId: channelId };
      const announces = type === ChannelType.GuildAnnouncement;
      // A thread has no threads, nor have the texts of voice channels: there everything is in one place.
      if (under === null || !hasThreads(type)) return { channelId, announces, forumId: null };
      const threadId = await threadOf(channelId, under, signal, make);
      return { channelId: threadId, announces, forumId: null };
    },
    forgetThread: (messageId) => {
      threads.delete(messageId);
    },
  };
}
