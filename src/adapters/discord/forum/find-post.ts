import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { FoundMessage } from '../find-message.js';
import { readError } from '../read-error.js';
import { type KeyIds, keyIdsOf } from '../render/message-key.js';
import { snowflakeAt } from '../snowflake.js';
import { within } from '../within.js';

/** Those that were opened first since the moment are looked at: each is a request, and one time limit holds for all of them. */
const MAX_POSTS = 50;
const PAGE = 100;
const MAX_PAGES = 5;
const UNKNOWN_MESSAGE = 10008;

const threadSchema = z.object({
  id: z.string().regex(/^\d+$/),
  parent_id: z.string().nullish(),
  thread_metadata: z.object({ archive_timestamp: z.string().nullish() }).nullish(),
});
const threadsSchema = z.object({ threads: z.array(threadSchema), has_more: z.boolean().nullish() });
const messageSchema = z.object({ components: z.unknown() });

/**
 * Searches the posts that were opened in a forum since a moment for the one that begins with the message of these ids. Throws what the
 * requests throw.
 */
export async function findPost(
  rest: REST,
  forum: { readonly guildId: string; readonly id: string },
  ids: KeyIds,
  sinceMs: number,
  signal: AbortSignal,
): Promise<FoundMessage> {
  const first = snowflakeAt(sinceMs);
  const active = threadsSchema.parse(
    await within(signal, (own) => rest.get(Routes.guildActiveThreads(forum.guildId), { signal: own })),
  );
  const archived = await archivedSince(rest, forum.id, sinceMs, signal);
  if (archived === null) return { kind: 'tooMany' };
  const opened = new Set(
    [...active.threads.filter((thread) => thread.parent_id === forum.id), ...archived]
      .map(({ id }) => id)
      .filter((id) => BigInt(id) >= first),
  );
  const posts = [...opened].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  for (const id of posts.slice(0, MAX_POSTS)) {
    const begins = await firstMessage(rest, id, signal);
    if (begins?.container === ids.container && begins.text === ids.text)
      return { kind: 'found', messageId: id };
  }
  return posts.length > MAX_POSTS ? { kind: 'tooMany' } : { kind: 'absent', seen: posts.length };
}

/** Those that were closed since: the last one first. null if there are too many. */
async function archivedSince(
  rest: REST,
  forumId: string,
  sinceMs: number,
  signal: AbortSignal,
): Promise<z.infer<typeof threadSchema>[] | null> {
  const found: z.infer<typeof threadSchema>[] = [];
  let before: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = new URLSearchParams({
      limit: String(PAGE),
      ...(before === null ? {} : { before }),
    });
    const { threads, has_more: hasMore } = threadsSchema.parse(
      await within(signal, (own) =>
        rest.get(Routes.channelThreads(forumId, 'public'), { query, signal: own }),
      ),
    );
    found.push(...threads);
    before = threads.at(-1)?.thread_metadata?.archive_timestamp ?? null;
    // Closed before then, opened before then.
    if (hasMore !== true || before === null || Date.parse(before) < sinceMs) return found;
  }
  return null;
}

/** The ids in the message that a post begins with; null if it was deleted or carries none of ours. */
async function firstMessage(rest: REST, postId: string, signal: AbortSignal): Promise<KeyIds | null> {
  try {
    const message = messageSchema.parse(
      await within(signal, (own) => rest.get(Routes.channelMessage(postId, postId), { signal: own })),
    );
    return keyIdsOf(message.components);
  } catch (error) {
    const failure = readError(error);
    if (failure.kind === 'api' && failure.code === UNKNOWN_MESSAGE) return null;
    throw error;
  }
}
