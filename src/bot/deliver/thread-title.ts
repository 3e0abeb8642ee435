import type { StateName } from '../../digest/claims/claim.js';
import type { PartContent } from '../../digest/plan/part-content.js';
import type { PostLabel } from '../../digest/plan/post-label.js';
import type { Topic } from '../../digest/ports/chat-platform.js';
import { oneLine, shorten } from '../../digest/text/inert.js';

/** Discord accepts no more. */
const MOST_CHARACTERS = 100;

/** The name of a digest's thread: `Digest of 16 November: kvm, mm`, by the date where it is read; that of a series its title. */
export function threadTitle(content: PartContent, zone: string): string {
  if (content.kind === 'notice') return 'covernote';
  if (content.kind === 'news') return shorten(oneLine(content.of.title), MOST_CHARACTERS);
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'long' });
  const slugs = content.groups.map((group) => group.subsystem.slug);
  const more = slugs.length > 4 ? ` +${slugs.length - 4}` : '';
  const where = slugs.length === 0 ? '' : `: ${slugs.slice(0, 4).join(', ')}${more}`;
  return `Digest of ${day.format(Date.parse(content.window.until))}${where}`;
}

/** The title and label of a message that is a forum post, or is in one. */
export function topicOf(content: PartContent, zone: string): Topic {
  return { title: threadTitle(content, zone), label: postLabel(content) };
}

/**
 * The same for a message that is edited. An outcome remains true whatever is posted after it; that a series is new or under review, only if
 * nothing was: `isLast`.
 */
export async function topicOfEdit(content: PartContent, isLast: () => Promise<boolean>): Promise<Topic> {
  const topic = topicOf(content, 'UTC');
  const isOpen = topic.label === 'new' || topic.label === 'under review';
  const isShown = content.kind === 'news' && content.groups.length > 0;
  const holds = (isShown && !isOpen) || topic.label === null || topic.label === 'digest';
  return holds || (await isLast()) ? topic : { ...topic, label: null };
}

const LABELS: Readonly<Record<StateName, PostLabel | null>> = {
  new: 'new',
  'under-review': 'under review',
  'changes-requested': 'changes requested',
  applied: 'applied',
  merged: 'applied',
  rejected: 'rejected',
  // The version that took its place labels the post.
  superseded: null,
  stale: null,
};

/** The label that a message gives the post that it opens or is part of; null if it says nothing of that. */
function postLabel(content: PartContent): PostLabel | null {
  if (content.kind === 'headline') return 'digest';
  if (content.kind !== 'news') return null;
  const state = content.groups[0]?.sections[0]?.items[0]?.state ?? content.of.state;
  return state === undefined ? null : LABELS[state];
}
