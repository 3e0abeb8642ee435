import { shorten } from '../text/inert.js';
import type { LinkReason, RevisionLink, SeriesGroup, SeriesOrigin } from './group.js';

/** What each reason means, for people who ask `series --why`. */
const MEANINGS: Readonly<Record<LinkReason, string>> = {
  correction: 'a person said so',
  'change-id': 'same change-id',
  supersedes: 'Supersedes: line',
  thread: 'sent into the thread of the older one',
  'link-in-text': 'link in the letter',
  title: 'same title',
  'was-title': 'title changed, and the mail says from what',
  patches: 'same patches by title',
  'patch-ids': 'same patches by content',
  'partial-reroll': 'some patches sent again',
};

/**
 * Why the revisions of a series are one piece of work: a line for each join, in the order of the newer revision, and where the
 * work was split from.
 */
export function explainLinks(group: SeriesGroup): string[] {
  const place = new Map(group.revisions.map((revision, at) => [revision.id, at]));
  const joined = [...group.links]
    .sort((a, b) => (place.get(a.newer) ?? 0) - (place.get(b.newer) ?? 0) || (a.older < b.older ? -1 : 1))
    .map(explainLink);
  return [...joined, ...(group.origins ?? []).map(explainOrigin)];
}

/** `split from v1 of “mm and x86”: the letter of v2 names <id> as v1`. */
export function explainOrigin(origin: SeriesOrigin): string {
  return `split from ${nameOrigin(origin)}: ${origin.detail}`;
}

/** `v1 of “mm and x86”`. */
export function nameOrigin({ name, title }: Pick<SeriesOrigin, 'name' | 'title'>): string {
  return `${name} of “${shorten(title, 120)}”`;
}

/** One join in words: the kind of reason, and what confirms it. */
export function explainLink({ reason, detail }: RevisionLink): string {
  return `${MEANINGS[reason]}: ${detail}`;
}
