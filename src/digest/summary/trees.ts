/**
 * Boosted regression trees of one depth.
 *
 * A tree of depth d is 2^d - 1 splits in breadth-first order and 2^d leaves. A row goes right where its feature exceeds the threshold.
 */
export interface Trees {
  readonly depth: number;
  readonly base: number;
  /** One for each split of each tree: index of the feature. */
  readonly features: readonly number[];
  readonly thresholds: readonly number[];
  readonly leaves: readonly number[];
}

/** The sum of the trees' values for a row. */
export function evaluate(
  { depth, base, features, thresholds, leaves }: Trees,
  row: readonly number[],
): number {
  const splits = (1 << depth) - 1;
  let sum = base;
  for (let tree = 0, offset = 0; offset < features.length; tree += 1, offset += splits) {
    let node = 0;
    for (let level = 0; level < depth; level += 1) {
      const at = offset + node;
      node = 2 * node + ((row[features[at] as number] as number) > (thresholds[at] as number) ? 2 : 1);
    }
    sum += leaves[tree * (splits + 1) + node - splits] as number;
  }
  return sum;
}
