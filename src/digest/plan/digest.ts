import { z } from 'zod';
import { stateNames } from '../claims/claim.js';
import { type CountKey, type SinglesKey, sectionNames } from './sections.js';

/** What a digest holds. Zod, because digests are stored: slots and outbox parts are parsed when they are read back. */

const personSchema = z.object({ name: z.string(), email: z.string() });

export const digestItemSchema = z.object({
  /** The series' id, as `series` takes it. */
  id: z.string(),
  title: z.string(),
  kind: z.enum(['series', 'single', 'pull']),
  /** Tags that name a tree, a branch or a project: `net-next`, `6.1`. */
  prefixes: z.array(z.string()),
  /** Only if it is a backport: to which branches, and who sent it. */
  backport: z.object({ branches: z.array(z.string()), sender: personSchema }).optional(),
  version: z.number(),
  rfc: z.boolean(),
  resend: z.boolean(),
  author: personSchema,
  date: z.string().nullable(),
  messageId: z.string().nullable(),
  url: z.string().nullable(),
  total: z.number(),
  received: z.number(),
  size: z.object({ files: z.number(), insertions: z.number(), deletions: z.number() }).nullable(),
  summary: z.string().nullable(),
  /** What changed since the version before; null for a first version. */
  changed: z.string().nullable(),
  /** Set where a language model wrote `summary`, and `changed` where that is not the author's. */
  summaryBy: z.literal('model').optional(),
  /** What the author wrote in their place. */
  extract: z.object({ summary: z.string().nullable(), changed: z.string().nullable() }).optional(),
  state: z.enum(stateNames),
  /** Who applied it and where, in words: `applied to kvm.git (queue) by …`. */
  stateText: z.string().nullable(),
  /** `Reviewed by 2 people, 3 of 10 patches covered`; null if no one did. */
  reviews: z.string().nullable(),
  /** `CI 1✓ 2✗`; absent if no program reported. */
  verdicts: z.string().optional(),
  /** Within the window. */
  replies: z.number(),
  /** Distinct people who replied within the window. */
  repliers: z.number(),
  /** The other subsystems it concerns. */
  also: z.array(z.string()),
  /** Which follows it answers, in words. */
  because: z.array(z.string()),
});

const digestSectionSchema = z.object({
  name: z.enum(sectionNames),
  items: z.array(digestItemSchema),
  /** How many more there are than fit into the budget. */
  more: z.number(),
});

/** Single patches by section. A key that stored digests lack must be optional, as `waiting` is. */
const singlesShape = {
  singlePatches: z.number(),
  singlePatchesApplied: z.number(),
  singlePatchesDiscussed: z.number(),
} satisfies Record<SinglesKey, z.ZodType<number>>;

/** Series by section. A key that stored digests lack must be optional, as `waiting` is. */
const countsShape = {
  series: z.number(),
  versions: z.number(),
  discussed: z.number(),
  applied: z.number(),
  /** Changes, each to one branch or several; absent if the digest lists none. */
  backports: z.number().optional(),
  /** Absent if the digest lists nothing that waits. */
  waiting: z.number().optional(),
} satisfies Record<CountKey, z.ZodType<number | undefined>>;

export const digestGroupSchema = z.object({
  subsystem: z.object({ slug: z.string(), name: z.string() }),
  sections: z.array(digestSectionSchema),
  /** What is counted and not shown. */
  omitted: z.object({ items: z.number(), ...singlesShape }),
  /** The single patches that are counted, in short, where they are kept to be shown on request. */
  singles: z.array(digestItemSchema).optional(),
});

export const digestSchema = z.object({
  window: z.object({ since: z.string(), until: z.string() }),
  follows: z.array(z.string()),
  groups: z.array(digestGroupSchema),
  counts: z.object({ ...countsShape, singlePatches: z.number(), replies: z.number() }),
});

export type DigestItem = z.infer<typeof digestItemSchema>;
export type DigestSection = z.infer<typeof digestSectionSchema>;
export type DigestGroup = z.infer<typeof digestGroupSchema>;
export type Digest = z.infer<typeof digestSchema>;
