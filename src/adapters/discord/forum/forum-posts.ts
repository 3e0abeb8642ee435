import type { REST } from 'discord.js';
import type { Post, RetryLater, Unclear } from '../../../digest/ports/chat-platform.js';
import type { Log } from '../../../digest/ports/log.js';
import type { Places } from '../places.js';
import { readError } from '../read-error.js';
import { toOutcome } from '../refusals.js';
import type { MessageBody } from '../render-message.js';
import type { Target } from '../targets.js';
import { openPost } from './open-post.js';
import { type LabelTag, labelPost, NO_TAG, tagFor } from './post-tags.js';
import { createTagRights } from './tag-rights.js';

/** Forums, for deliveries. */
export function createForumPosts({
  rest,
  places,
  log,
  elapsedMs,
}: {
  readonly rest: REST;
  readonly places: Pick<Places, 'known' | 'missing'>;
  readonly log: Log;
  /** A clock that only goes forward. */
  readonly elapsedMs: () => number;
}) {
  const rights = createTagRights(places, elapsedMs);
  const nameOf = (forumId: string) => places.known(forumId)?.name ?? 'the forum';
  return {
    /** The tag that a new post gets. Throws what a request throws that may succeed later. */
    async tagFor(forumId: string, topic: Post['topic'], signal: AbortSignal): Promise<LabelTag> {
      if (topic === undefined || topic.label === null) return NO_TAG;
      return tagFor(rest, { id: forumId, name: nameOf(forumId) }, topic.label, rights, signal);
    },
    /** Opens a post; returns its id. Throws what the request throws. */
    open: (
      forumId: string,
      { topic, tag, body }: Pick<Post, 'topic'> & { readonly tag: LabelTag; readonly body: MessageBody },
      signal: AbortSignal,
    ): Promise<string> =>
      openPost(
        rest,
        forumId,
        { title: topic?.title ?? '', tags: tag.id === null ? [] : [tag.id], message: body },
        signal,
      ),
    /**
     * Labels a post by what was said in it last; where that may succeed later, how. The message stays posted whatever happens to the label.
     */
    async label(
      { channelId, forumId }: Target,
      { topic }: Pick<Post, 'topic'>,
      signal: AbortSignal,
    ): Promise<RetryLater | Unclear | null> {
      if (forumId === null || topic === undefined || topic.label === null) return null;
      try {
        await labelPost(rest, { id: channelId, forumId }, topic.label, signal);
        return null;
      } catch (error) {
        const failure = readError(error);
        log.warn({ forum: forumId, post: channelId, failure }, 'discord.label_failed');
        const outcome = toOutcome(failure, { name: nameOf(forumId), missing: [] });
        return outcome.kind === 'refused' ? null : outcome;
      }
    },
  };
}
