/** Kinds of trailers by which somebody judges a patch, as git capitalises them, and what each counts as. */
const KINDS: Readonly<Record<string, 'review' | 'ack' | 'test' | 'nack' | 'both'>> = {
  'reviewed-by': 'review',
  'acked-by': 'ack',
  'tested-by': 'test',
  'nacked-by': 'nack',
  'nack-by': 'nack',
  'naked-by': 'nack',
  'rejected-by': 'nack',
  'reviewed-and-tested-by': 'both',
  'tested-and-reviewed-by': 'both',
  'reviewed-&-tested-by': 'both',
  'acked-and-tested-by': 'test',
  'tested-and-acked-by': 'test',
  'reviewed-and-acked-by': 'review',
  'acked-and-reviewed-by': 'review',
  'approved-by': 'ack',
  'looks-good-to': 'ack',
  'ack-by': 'ack',
};

/** Signed-off-by, Suggested-by, Reported-by and the like say who made or found it: no review. */
export function isReviewKind(kind: string): boolean {
  return KINDS[kind.toLowerCase()] !== undefined;
}

/** What a trailer counts as: `both` is a review and a test; null for what is no review. */
export function reviewClass(kind: string): 'review' | 'ack' | 'test' | 'nack' | 'both' | null {
  return KINDS[kind.toLowerCase()] ?? null;
}
