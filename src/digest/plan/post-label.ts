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
