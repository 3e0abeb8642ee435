/** `Reviewed-by: Name <address>`, `Fixes: …`, `Link: …`: one line of a letter or a reply. */
export interface Trailer {
  /** As git would capitalize it: `Reviewed-by`. */
  readonly kind: string;
  /** '' if the value holds no person. */
  readonly name: string;
  readonly email: string;
  /** All after the colon, rejoined. */
  readonly value: string;
  /** Which patches a reply gives the tag to, where its words say so (`For patches 1-3:`); set by `withReviewScopes`. */
  readonly scope?: ReviewScope;
}

/** Patch numbers; both lists are empty if only `whole` is given. */
export interface ReviewScope {
  readonly indexes: readonly number[];
  /** `for the series`, `all patches`. */
  readonly whole: boolean;
  /** `the series, except patch 3`. */
  readonly except: readonly number[];
}
