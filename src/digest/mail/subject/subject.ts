/** A subject line, parsed by `parseSubject`. */
export interface Subject {
  /** Decoded and unfolded, white space collapsed. */
  readonly raw: string;
  /** Without reply markers, tags, counters and a version at its end. */
  readonly title: string;
  /** `Re:`, `Aw:`, `SV:`, `答复:` … was before the tags. */
  readonly reply: boolean;
  readonly forwarded: boolean;
  /** PATCH, RFC or a counter made it a patch mail's subject. */
  readonly patch: boolean;
  /** GIT PULL, PULL. */
  readonly pull: boolean;
  /** v5 is 5, v5.1 is 5.1 (one patch of v5 replaced). 1 by default. */
  readonly version: number;
  readonly versionInferred: boolean;
  /** n of n/m; null if there is no counter. */
  readonly index: number | null;
  readonly total: number | null;
  /** The counter was outside the tags (`[PATCH] 1/2: x`) or was glued to a word, so explicit ones override it. */
  readonly countersInferred: boolean;
  readonly rfc: boolean;
  readonly resend: boolean;
  /** WIP, DO NOT MERGE, DO NOT APPLY. */
  readonly wip: boolean;
  /** `[pushed]`, `[committed]`: the author says that it is in the tree already. */
  readonly pushed: boolean;
  /** `[git commit branch/x]`: a program's notice of what was pushed. */
  readonly commitNotice: boolean;
  /** Tags that name a tree, a branch or a list, in order: `net-next`, `6.1`, `bpf`. */
  readonly prefixes: readonly string[];
  /** The older title in `(was: …)`. */
  readonly was: string | null;
}
