import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type {
  ChatPlatform,
  EditOutcome,
  FindOutcome,
  Post,
  SendOutcome,
} from '../../digest/ports/chat-platform.js';
import type { Log } from '../../digest/ports/log.js';
import type { ServerClock } from '../../digest/time/server-clock.js';
import { findMessage } from './find-message.js';
import { findPost } from './forum/find-post.js';
import { createForumPosts } from './forum/forum-posts.js';
import { type LabelTag, NO_TAG } from './forum/post-tags.js';
import { isForum, type PermissionName, type Places } from './places.js';
import { readError } from './read-error.js';
import { type RefusedPlace, toOutcome } from './refusals.js';
import { keyIds } from './render/message-key.js';
import { fits, renderMessage } from './render-message.js';
import { createTargets, type Target } from './targets.js';

export interface PlatformOptions {
  /** For deliveries alone: its retries are off, and it rejects where a rate limit would keep it long. */
  readonly rest: REST;
  /** Before each call. */
  readonly renewToken: () => void;
  readonly places: Places;
  readonly log: Log;
  readonly clock: Pick<ServerClock, 'now'>;
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsedMs: () => number;
  /** Publish what is in an announcement channel to the servers that follow it. */
  readonly crosspost: boolean;
  /** One request ends within; a call takes a few of them. */
  readonly timeoutMs: number;
}

/** Discord speaks of “the past few minutes”. */
const NONCE_MS = 120_000;
/** How long a call may wait for its turn in addition: the client sends at most 50 requests a second. */
const QUEUE_MS = 15_000;
/** A step before the message itself failed in an unclear way: nothing was posted, and the step may be taken twice. */
const STEP_AGAIN_MS = 5_000;

const CODES = { unknownChannel: 10003, archived: 50083 } as const;
const messageSchema = z.object({ id: z.string() });

/** Discord as a chat that digests are delivered to. */
export function createPlatform(options: PlatformOptions): ChatPlatform {
  const { rest, places, log, crosspost, timeoutMs, elapsedMs } = options;
  const targets = createTargets(rest, places);
  const forum = createForumPosts({ rest, places, log, elapsedMs });
  const limit = () => {
    options.renewToken();
    return AbortSignal.timeout(timeoutMs + QUEUE_MS);
  };

  function refusedPlace(
    post: Pick<Post, 'to' | 'under'>,
    permissions: readonly PermissionName[],
  ): RefusedPlace {
    if (post.to.kind === 'person') return { name: 'your direct messages', missing: [] };
    const channel = places.known(post.to.address);
    const name = channel?.name ?? 'the channel';
    const thread =
      channel !== null && isForum(channel.type)
        ? `the post in ${name}`
        : `the thread below the digest in ${name}`;
    return {
      name: post.under === null ? name : thread,
      channel: name,
      missing: places.missing(post.to.address, permissions) ?? [],
    };
  }

  /** What happens before the message is posted: failing there posts nothing. */
  function beforehand(error: unknown, post: Pick<Post, 'to' | 'under'>) {
    const outcome = toOutcome(readError(error), refusedPlace(post, permissionsFor(post)));
    return outcome.kind === 'unclear'
      ? ({ kind: 'retryAfter', delayMs: STEP_AGAIN_MS, message: outcome.message } as const)
      : outcome;
  }

  async function publish(target: Target, messageId: string, signal: AbortSignal): Promise<void> {
    if (!crosspost || !target.announces) return;
    try {
      await rest.post(Routes.channelMessageCrosspost(target.channelId, messageId), { signal });
    } catch (error) {
      log.warn({ channel: target.channelId, failure: readError(error) }, 'digest.crosspost_failed');
    }
  }

  function bodyOf({ view, actions, silent, key }: Post) {
    return renderMessage(view, actions, { silent, ids: keyIds(key) });
  }

  async function post(target: Target, message: Post, signal: AbortSignal): Promise<string> {
    const body = { ...bodyOf(message), nonce: message.key, enforce_nonce: true };
    return messageSchema.parse(await rest.post(Routes.channelMessages(target.channelId), { body, signal }))
      .id;
  }

  async function send(message: Post, isSecond = false): Promise<SendOutcome> {
    const signal = limit();
    let target: Target;
    let tag: LabelTag = NO_TAG;
    try {
      target = await targets.of(message, signal, true);
      if (isNewPost(target, message)) tag = await forum.tagFor(target.channelId, message.topic, signal);
    } catch (error) {
      return beforehand(error, message);
    }
    try {
      if (isNewPost(target, message)) {
        const messageId = await forum.open(
          target.channelId,
          { ...message, tag, body: bodyOf(message) },
          signal,
        );
        return { kind: 'sent', messageId, ...(tag.lacking === null ? {} : { lacking: tag.lacking }) };
      }
      const messageId = await post(target, message, signal);
      if (message.under === null) await publish(target, messageId, signal);
      const unset = await forum.label(target, message, signal);
      return { kind: 'sent', messageId, ...(unset === null ? {} : UNLABELLED) };
    } catch (error) {
      // The thread was deleted since: its message may still exist, and accepts a new one.
      if (
        message.under !== null &&
        target.forumId === null &&
        isApi(error, CODES.unknownChannel) &&
        !isSecond
      ) {
        targets.forgetThread(message.under.messageId);
        return send(message, true);
      }
      return logRefusal(toOutcome(readError(error), refusedPlace(message, permissionsFor(message))), message);
    }
  }

  /** A message that Discord will never take is a bug of ours: the log must hold what was wrong with it. */
  function logRefusal(outcome: SendOutcome, { key, to }: Post): SendOutcome {
    if (outcome.kind === 'refused' && outcome.reason === 'invalid')
      log.error({ key, channel: to.address, error: outcome.message }, 'discord.message_refused');
    return outcome;
  }

  async function find(query: Parameters<ChatPlatform['find']>[0]): Promise<FindOutcome> {
    const signal = limit();
    try {
      const target = await targets.of(query, signal, false);
      const { channelId } = target;
      const [ids, sinceMs] = [keyIds(query.key), Date.parse(query.since)];
      const found = isNewPost(target, query)
        ? await findPost(rest, { guildId: query.to.tenant, id: channelId }, ids, sinceMs, signal)
        : await findMessage(rest, channelId, ids, sinceMs, signal);
      // A post is opened with its label; what goes into one sets it afterwards.
      if (found.kind === 'found')
        return { ...found, ...(target.forumId === null || query.under === null ? {} : UNLABELLED) };
      if (found.kind === 'tooMany')
        return { kind: 'unknown', message: 'too much was posted there since to look through' };
      return found.seen === 0 && mayBeBlind(query) ? BLIND : { kind: 'absent' };
    } catch (error) {
      // Without its thread, the message is not there either.
      if (query.under !== null && isApi(error, CODES.unknownChannel)) return { kind: 'absent' };
      return { kind: 'unknown', message: toOutcome(readError(error), refusedPlace(query, HISTORY)).message };
    }
  }

  /** Without Read Message History Discord gives an empty list, not an error. */
  function mayBeBlind({ to }: Pick<Post, 'to'>): boolean {
    if (to.kind === 'person') return false;
    const missing = places.missing(to.address, HISTORY);
    return missing === null || missing.length > 0;
  }

  async function edit(change: Parameters<ChatPlatform['edit']>[0]): Promise<EditOutcome> {
    const signal = limit();
    try {
      const found = await targets.of(change, signal, false);
      // In a forum a top-level message is in its own post.
      const target = isNewPost(found, change) ? { ...found, channelId: change.messageId } : found;
      const { channelId } = target;
      const body = renderMessage(change.view, change.actions);
      const patch = () => rest.patch(Routes.channelMessage(channelId, change.messageId), { body, signal });
      await patch().catch(async (error: unknown) => {
        if (!isApi(error, CODES.archived)) throw error;
        // What is in an archived thread cannot be edited; it closes again by itself.
        await rest.patch(Routes.channel(channelId), { body: { archived: false }, signal });
        await patch();
      });
      return (await forum.label(target, change, signal)) ?? { kind: 'edited' };
    } catch (error) {
      return toOutcome(readError(error), refusedPlace(change, permissionsFor(change)));
    }
  }

  return {
    name: 'discord',
    capabilities: { idempotentMs: NONCE_MS, find: true, edit: true, threads: true },
    time: options.clock.now,
    send: (message) => send(message),
    // A post in a forum accepts no nonce.
    async detectsRepeats({ to, under }) {
      if (to.kind === 'person' || under !== null) return true;
      try {
        return !isForum((await places.channel(to.address, limit())).type);
      } catch {
        return false;
      }
    },
    find,
    edit,
    fits,
  };
}

/** In a forum a top-level message is a post. */
function isNewPost({ forumId }: Target, { under }: Pick<Post, 'under'>): boolean {
  return forumId !== null && under === null;
}

const UNLABELLED = { unlabelled: true } as const;
const HISTORY: readonly PermissionName[] = ['ViewChannel', 'ReadMessageHistory'];
const BLIND: FindOutcome = {
  kind: 'unknown',
  message: 'I can’t read back what I posted: I need “Read Message History” there',
};

function permissionsFor({ under }: Pick<Post, 'under'>): readonly PermissionName[] {
  return under === null
    ? ['ViewChannel', 'SendMessages']
    : ['ViewChannel', 'CreatePublicThreads', 'SendMessagesInThreads'];
}

function isApi(error: unknown, code: number): boolean {
  return error instanceof DiscordAPIError && error.code === code;
}
