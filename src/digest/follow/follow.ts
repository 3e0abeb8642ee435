import { z } from 'zod';
import { stateNames } from '../claims/claim.js';

/** One condition of a follow. Every text is lower case but titles and paths, which are kept as typed. */
const conditionSchema = z.discriminatedUnion('kind', [
  /** Everything, to be rejected by the code that would have to send it. */
  z.object({ kind: z.literal('all') }),
  /** The series belongs to the subsystem (`matchSubsystems`). */
  z.object({ kind: z.literal('subsystem'), slug: z.string().min(1) }),
  /** Any path of the series is in the subsystem. */
  z.object({ kind: z.literal('touches'), slug: z.string().min(1) }),
  /** A list's address, or the part before its `@`. */
  z.object({ kind: z.literal('list'), list: z.string().min(1) }),
  /** An address, `@host` for everyone there, or a part of a name or address. */
  z.object({ kind: z.literal('author'), who: z.string().min(1) }),
  /** In To or Cc: an address, `@host`, or the part before the `@`. */
  z.object({ kind: z.literal('to'), who: z.string().min(1) }),
  /** Someone who maintains or reviews a path of the series. */
  z.object({ kind: z.literal('maintainer'), who: z.string().min(1) }),
  /** Someone who reviewed, acked, tested or rejected a patch of it: an address, `@host`, or a part of a name or address. */
  z.object({ kind: z.literal('reviewed'), who: z.string().min(1) }),
  /** `*` within a directory, `**` across them; a name without a slash is looked for anywhere. */
  z.object({ kind: z.literal('path'), glob: z.string().min(1) }),
  /** A Message-ID of any member, or words of its title. */
  z.object({ kind: z.literal('series'), query: z.string().min(1) }),
  z.object({ kind: z.literal('kind'), is: z.enum(['rfc', 'pull', 'single', 'series', 'resend']) }),
  z.object({
    kind: z.literal('version'),
    compare: z.enum(['=', '>=', '<=', '>', '<']),
    version: z.number().min(0).max(9_999),
  }),
  z.object({ kind: z.literal('state'), state: z.enum(stateNames) }),
  /** A tag of the subject: `net-next`. */
  z.object({ kind: z.literal('prefix'), tag: z.string().min(1) }),
  /** Whole words of the title, next to each other. */
  z.object({ kind: z.literal('title'), words: z.string().min(1) }),
]);

export type Condition = z.infer<typeof conditionSchema>;

/** What must hold: a condition, or conditions joined. `and` and `or` hold at least two terms, none of their own kind. */
export type Where =
  | Condition
  | { kind: 'and'; terms: Where[] }
  | { kind: 'or'; terms: Where[] }
  | { kind: 'not'; term: Where };

export const MAX_TERMS = 64;
export const MAX_DEPTH = 32;
export const MAX_LENGTH = 2_000;

/** Nesting and number of conditions of a tree; stops counting beyond the limits, so that no stored tree can hurt. */
function isSmall(where: unknown): boolean {
  let terms = 0;
  const visit = (node: unknown, depth: number): boolean => {
    terms += 1;
    if (depth > MAX_DEPTH + 2 || terms > 4 * MAX_TERMS) return false;
    if (typeof node !== 'object' || node === null) return true;
    if ('terms' in node && Array.isArray(node.terms))
      return node.terms.every((term) => visit(term, depth + 1));
    return 'term' in node ? visit(node.term, depth + 1) : true;
  };
  return visit(where, 0);
}

const whereSchema: z.ZodType<Where> = z.lazy(() =>
  z.union([
    conditionSchema,
    z.object({ kind: z.literal('and'), terms: z.array(whereSchema).min(2) }),
    z.object({ kind: z.literal('or'), terms: z.array(whereSchema).min(2) }),
    z.object({ kind: z.literal('not'), term: whereSchema }),
  ]),
);

/** A follow as it is stored: a tree with the version of its shape. Parses stored JSON; refuses trees beyond the limits. */
export const followSchema = z.object({
  version: z.literal(1),
  where: z.unknown().refine(isSmall, 'too many or too deeply nested conditions').pipe(whereSchema),
  /** Mail of bots counts too. */
  bots: z.boolean(),
  /** Posted as soon as it is whole; absent: with the digest. */
  when: z.literal('now').optional(),
});

export interface Follow {
  readonly version: 1;
  readonly where: Where;
  readonly bots: boolean;
  readonly when?: 'now' | undefined;
}

/** Why a text cannot be followed: what was wrong, and where (in UTF-16 units from its start). */
export interface FollowProblem {
  readonly message: string;
  readonly position: number;
  /** What to do if no other text helps: a sentence, only for people. */
  readonly advice?: string;
  /** What to type instead: text of the grammar, never a sentence, since each becomes a button. */
  readonly suggestions: readonly string[];
}

/** A word that was read as a title word although a subsystem has a similar name. */
export interface FollowHint {
  readonly word: string;
  readonly position: number;
  /** Slugs, nearest first. */
  readonly suggestions: readonly string[];
  /** If the word belongs to a value without quotes: a suggestion replaces everything from `position` to here. */
  readonly end?: number;
}
