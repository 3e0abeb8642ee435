/** How the posts of a forum are labeled: with the state of the series, or as a digest. */
export const postLabels = [
  'new',
  'under review',
  'changes requested',
  'applied',
  'rejected',
  'digest',
] as const;
export type PostLabel = (typeof postLabels)[number];
