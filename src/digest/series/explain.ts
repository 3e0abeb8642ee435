import type { LinkReason, RevisionLink, SeriesGroup } from './group.js';

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

/** Why the revisions of a series are one piece of work: a line a join, in the order of the newer revision. */
export function explainLinks(group: SeriesGroup): string[] {
  const place = new Map(group.revisions.map((revision, at) => [revision.id, at]));
  return [...group.links]
    .sort((a, b) => (place.get(a.newer) ?? 0) - (place.get(b.newer) ?? 0) || (a.older < b.older ? -1 : 1))
    .map(explainLink);
}

/** One join in words: what kind of reason, and what bears it out. */
export function explainLink({ reason, detail }: RevisionLink): string {
  return `${MEANINGS[reason]}: ${detail}`;
}
