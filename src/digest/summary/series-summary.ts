/** What `seriesSummary` needs of a revision. */
export interface SummarisedRevision {
  readonly version: number;
  /** What `summarise` found in its letter, else null. */
  readonly summary: string | null;
}

/**
 * The description of a series: that of its newest revision whose letter holds one, for the letter of a later version
 * is often a changelog alone. `null` where no letter describes it.
 *
 * `revisions`: oldest first, as a series keeps them; of two with the same version the later one counts as newer.
 * For the summary to show beside one revision, pass the revisions up to it.
 */
export function seriesSummary<R extends SummarisedRevision>(
  revisions: readonly R[],
): { readonly summary: string; readonly from: R } | null {
  let best: { summary: string; from: R } | null = null;
  for (const revision of revisions) {
    if (revision.summary === null) continue;
    if (best === null || revision.version >= best.from.version)
      best = { summary: revision.summary, from: revision };
  }
  return best;
}
