import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { type PostLabel, postLabels } from '../../../digest/plan/post-label.js';
import type { Lacking } from '../../../digest/ports/chat-platform.js';
import { count } from '../../../digest/text/count.js';
import { LIMITS } from '../limits.js';
import { readError } from '../read-error.js';
import { capital } from '../refusals.js';
import type { TagRights } from './tag-rights.js';

const tagSchema = z.object({
  id: z.string(),
  name: z.string(),
  moderated: z.boolean().nullish(),
  emoji_id: z.string().nullish(),
  emoji_name: z.string().nullish(),
});
type Tag = z.infer<typeof tagSchema>;

const forumSchema = z.object({ available_tags: z.array(tagSchema).nullish() });
const postSchema = z.object({
  applied_tags: z.array(z.string()).nullish(),
  thread_metadata: z.object({ archived: z.boolean().nullish() }).nullish(),
});

/** The tag of a label, and what keeps us from having all of them. */
export interface LabelTag {
  /** null: there is none that we may use. */
  readonly id: string | null;
  readonly lacking: Lacking | null;
}

export const NO_TAG: LabelTag = { id: null, lacking: null };

/**
 * The tag for a label in a forum. Missing tags are created, all of them together, if the server allows it; if not, posts have none. Throws
 * what a request throws that may succeed later.
 */
export async function tagFor(
  rest: REST,
  forum: { readonly id: string; readonly name: string },
  label: PostLabel,
  rights: TagRights,
  signal: AbortSignal,
): Promise<LabelTag> {
  const tags = await tagsOf(rest, forum.id, signal);
  const missing = postLabels.filter((name) => tagNamed(tags, name) === null);
  if (missing.length === 0) return usable(tags, label, forum.name);
  if (tags.length + missing.length > LIMITS.forumTags)
    return { ...usable(tags, label, forum.name), lacking: noRoom(forum.name, missing) };
  const without = { ...usable(tags, label, forum.name), lacking: mayNot(forum.name, missing) };
  if (!rights.mayMake(forum.id)) return without;
  try {
    const body = { available_tags: [...tags, ...missing.map((name) => ({ name }))] };
    const changed = await rest.patch(Routes.channel(forum.id), { body, signal });
    return usable(forumSchema.parse(changed).available_tags ?? [], label, forum.name);
  } catch (error) {
    const failure = readError(error);
    if (failure.kind !== 'api' || failure.status === 401) throw error;
    rights.refused(forum.id);
    return without;
  }
}

/**
 * Changes the label of a post of ours: the tag of its last label goes, whether or not there is one for the new label, and tags that people set stay.
 * Makes no tags. Who opened a post may change its tags without Manage Threads, as long as they may open posts there at all
 * (https://github.com/discord/discord-api-docs/issues/5706). Throws what the requests throw.
 */
export async function labelPost(
  rest: REST,
  post: { readonly id: string; readonly forumId: string },
  label: PostLabel,
  signal: AbortSignal,
): Promise<void> {
  const tags = await tagsOf(rest, post.forumId, signal);
  // Those that only moderators apply are theirs.
  const ours = new Map(
    postLabels.flatMap((name) => {
      const tag = tagNamed(tags, name);
      return tag === null || tag.moderated === true ? [] : [[name, tag.id]];
    }),
  );
  if (ours.size === 0) return;
  const { applied_tags: applied, thread_metadata: state } = postSchema.parse(
    await rest.get(Routes.channel(post.id), { signal }),
  );
  const before = applied ?? [];
  const tag = ours.get(label);
  if (tag !== undefined && before.includes(tag)) return;
  const last = new Set(ours.values());
  const others = before.filter((id) => !last.has(id));
  // A tag that someone chose counts for more than ours.
  const after = tag === undefined || others.length >= LIMITS.appliedTags ? others : [tag, ...others];
  if (after.join() === before.join()) return;
  const body = { ...(state?.archived === true ? { archived: false } : {}), applied_tags: after };
  await rest.patch(Routes.channel(post.id), { body, signal });
}

async function tagsOf(rest: REST, forumId: string, signal: AbortSignal): Promise<Tag[]> {
  const forum = forumSchema.parse(await rest.get(Routes.channel(forumId), { signal }));
  return forum.available_tags ?? [];
}

function tagNamed(tags: readonly Tag[], label: PostLabel): Tag | null {
  return tags.find(({ name }) => name.trim().toLowerCase() === label) ?? null;
}

function usable(tags: readonly Tag[], label: PostLabel, forum: string): LabelTag {
  const tag = tagNamed(tags, label);
  if (tag?.moderated !== true) return { id: tag?.id ?? null, lacking: null };
  return {
    id: null,
    lacking: {
      message: `New posts in ${forum} don’t get the tag “${label}”: only moderators can apply it.`,
      remedy: `Allow everyone to apply it in the settings of ${forum}, or ignore this.`,
    },
  };
}

function mayNot(forum: string, missing: readonly string[]): Lacking {
  return {
    message: `${capital(forum)} has no ${missing.length === 1 ? 'tag' : 'tags'} ${quoted(missing)}, and I may not create ${missing.length === 1 ? 'it' : 'them'}.`,
    remedy: `Allow “Manage Channels” for covernote's role in the permissions of ${forum}, or make ${missing.length === 1 ? 'a tag of this name' : 'tags of these names'} there.`,
  };
}

function noRoom(forum: string, missing: readonly string[]): Lacking {
  return {
    message: `${capital(forum)} already has too many tags to add ${quoted(missing)} (Discord allows ${LIMITS.forumTags}).`,
    remedy: `Delete ${count(missing.length, 'unused tag')} from ${forum}.`,
  };
}

function quoted(names: readonly string[]): string {
  const all = names.map((name) => `“${name}”`);
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : all.join('');
}
