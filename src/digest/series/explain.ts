import type { Revision } from '../revision/revision.js';
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

/** The same, and for each revision why its mails are one posting: what `covernote series --why` prints. */
export function explainSeries(group: SeriesGroup): string[] {
  const lines = group.revisions.map((revision) => {
    const why = revision.why.length === 0 ? 'a single mail' : revision.why.join('; ');
    return `${nameRevision(revision)}: ${countMembers(revision)} — ${why}`;
  });
  return [...lines, ...explainLinks(group)];
}

function countMembers({ slots, total, coverId }: Revision): string {
  const received = slots.filter((slot) => slot.id !== null).length;
  const patches = total === 1 ? `${received} of 1 patch` : `${received} of ${total} patches`;
  return coverId === null ? patches : `cover and ${patches}`;
}

/** A revision in words: `RFC v3`, `v1 (resent)`. */
export function nameRevision(revision: Revision): string {
  return `${revision.rfc ? 'RFC ' : ''}v${revision.version}${revision.resend ? ' (resent)' : ''}`;
}
