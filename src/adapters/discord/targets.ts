import { ChannelType, type REST, Routes, ThreadAutoArchiveDuration } from 'discord.js';
import { z } from 'zod';
import type { Address, Post } from '../../digest/ports/chat-platform.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { LIMITS } from './limits.js';
import { hasThreads, type Places } from './places.js';
import { readError } from './read-error.js';

/** Where a message goes on Discord. */
export interface Target {
  /** The channel or the thread. */
  readonly channelId: string;
  /** Its own channel is an announcement channel. */
  readonly announces: boolean;
}

/** Finds the Discord channel behind an address and the thread below a message. */
export interface Targets {
  /** Opens the person's direct messages where the address is one. */
  channelOf(to: Address, signal: AbortSignal): Promise<string>;
  /** The thread is made where it is not there yet, unless `make` is false. */
  of(post: Pick<Post, 'to' | 'under'>, signal: AbortSignal, make: boolean): Promise<Target>;
  /** Forgets what was remembered of a thread that turned out to be gone. */
  forgetThread(messageId: string): void;
}

const dmSchema = z.object({ id: z.string() });
const THREAD_EXISTS = 160004;
const MAX_REMEMBERED = 5000;

export function createTargets(rest: REST, places: Places): Targets {
  const dms = new Map<string, string>();
  const threads = new Set<string>();

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

  /** A thread's id is that of the message that it hangs on. */
  async function makeThread(channelId: string, messageId: string, title: string, signal: AbortSignal) {
    if (threads.has(messageId) || places.known(messageId) !== null) return;
    const name = shorten(oneLine(title), LIMITS.threadName) || 'Digest';
    const body = { name, auto_archive_duration: ThreadAutoArchiveDuration.OneDay };
    try {
      await rest.post(Routes.threads(channelId, messageId), { body, signal });
    } catch (error) {
      const failure = readError(error);
      if (failure.kind !== 'api' || failure.code !== THREAD_EXISTS) throw error;
    }
    if (threads.size >= MAX_REMEMBERED) threads.clear();
    threads.add(messageId);
  }

  return {
    channelOf,
    async of({ to, under }, signal, make) {
      const channelId = await channelOf(to, signal);
      if (to.kind === 'person') return { channelId, announces: false };
      const { type } = await places.channel(channelId, signal);
      const announces = type === ChannelType.GuildAnnouncement;
      // A thread has no threads, nor have the texts of voice channels: there everything stands in one place.
      if (under === null || !hasThreads(type)) return { channelId, announces };
      if (make) await makeThread(channelId, under.messageId, under.title, signal);
      return { channelId: under.messageId, announces };
    },
    forgetThread: (messageId) => {
      threads.delete(messageId);
    },
  };
}
