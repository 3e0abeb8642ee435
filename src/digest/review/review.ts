/** A tag by which one person judges one patch. */
export interface Review {
  /** As git capitalizes it: `Reviewed-by`. */
  readonly kind: string;
  readonly name: string;
  readonly email: string;
  /** Id of the mail that gives it: the reply, or the patch itself where the author carried it over. */
  readonly id: string;
  /** The author put it on the patch: given to an earlier version. */
  readonly carried: boolean;
  /** Its comment names the part of the patch that it is about: `# xfs`. */
  readonly ofPart?: true;
}

/** A tag from someone other than the person it names: shown, not counted. */
export interface MismatchedReview extends Review {
  readonly sender: { readonly name: string; readonly email: string };
}

/** Numbers for one line: each person is counted once. */
export interface ReviewSummary {
  readonly reviewers: number;
  readonly acks: number;
  readonly testers: number;
  readonly nacks: number;
  /** Patches that someone reviewed or acked. */
  readonly coveredPatches: number;
  readonly totalPatches: number;
  /** `Reviewed by 2 people, 3 of 10 patches covered`; '' if no one has reviewed. */
  readonly sentence: string;
}

export interface RevisionReviews {
  /** In the order of `revision.slots`: the reviews of each patch, including tags for the whole series. */
  readonly patches: readonly { readonly id: string | null; readonly reviews: readonly Review[] }[];
  /** Tags that were given to the whole posting. */
  readonly cover: readonly Review[];
  readonly mismatches: readonly MismatchedReview[];
  /** Tags that were left out, as there are too many of them (`MOST_CREDITS`). */
  readonly uncounted: number;
  readonly summary: ReviewSummary;
}
