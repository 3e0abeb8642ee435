import { type REST, Routes, ThreadAutoArchiveDuration } from 'discord.js';
import { z } from 'zod';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { LIMITS } from '../limits.js';
import type { MessageBody } from '../render-message.js';

const postSchema = z.object({ id: z.string() });

/**
 * Opens a post in a forum; returns its id, which is that of the message it begins with. Such a message takes no nonce: sent twice, it
 * is posted twice. Throws what the request throws.
 */
export async function openPost(
  rest: REST,
  forumId: string,
  post: { readonly title: string; readonly tags: readonly string[]; readonly message: MessageBody },
  signal?: AbortSignal,
): Promise<string> {
  const body = {
    name: shorten(oneLine(post.title), LIMITS.threadName) || 'covernote',
    auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
    ...(post.tags.length === 0 ? {} : { applied_tags: post.tags }),
    message: post.message,
  };
  const made = await rest.post(Routes.threads(forumId), {
    body,
    ...(signal === undefined ? {} : { signal }),
  });
  return postSchema.parse(made).id;
}
