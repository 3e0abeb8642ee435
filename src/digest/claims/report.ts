/** What a program's report is about. */
export const verdictKinds = ['build', 'test', 'static-analysis', 'ai-review', 'syzbot', 'ci'] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** `warning`: nothing failed, but someone has to look: compiler warnings, remarks of a reviewing program. */
export const verdictResults = ['pass', 'warning', 'fail'] as const;
export type VerdictResult = (typeof verdictResults)[number];

/** What a program says in one mail about a patch or a posting that it tested: read only from that mail. */
export interface Report {
  /** The program, as the table of bots names it; the sender where the table has only a pattern. */
  readonly by: string;
  readonly kind: VerdictKind;
  readonly result: VerdictResult;
  /** Message-IDs that it links as what it tested, at most 8. */
  readonly about: readonly string[];
  /** Title of the patch or commit that it names; null if it names none. */
  readonly title: string | null;
}
