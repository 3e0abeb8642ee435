import type { StateName } from '../claims/claim.js';
import type { PartContent } from './part-content.js';

/** How the posts of a forum are told apart: what became of the series that one is about, or that it is a digest. */
export const postLabels = [
  'new',
  'under review',
  'changes requested',
  'applied',
  'rejected',
  'digest',
] as const;
export type PostLabel = (typeof postLabels)[number];

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

/** The label that a message gives the post it opens, or in which it stands; null where it says nothing of that. */
export function postLabel(content: PartContent): PostLabel | null {
  if (content.kind === 'headline') return 'digest';
  if (content.kind !== 'news') return null;
  const state = content.groups[0]?.sections[0]?.items[0]?.state ?? content.of.state;
  return state === undefined ? null : LABELS[state];
}
