import { z } from 'zod';

/** What happened to a series between two of its postings; made by `describeComparison`. */

const comparedPatchSchema = z.object({
  /** n of n/N. */
  index: z.number().nullable(),
  /** Where it is among the known patches of its posting, from 1: named if there is no index. */
  place: z.number(),
  title: z.string(),
  author: z.string(),
  /** null for a patch that is known only from the cover's list. */
  messageId: z.string().nullable(),
  url: z.string().nullable(),
});

const comparedPairSchema = z.object({
  older: comparedPatchSchema,
  newer: comparedPatchSchema,
  /** By patch-id; `unknown` if one of the two is not here. */
  content: z.enum(['same', 'changed', 'unknown']),
  /** How the two differ; null if the content is the same, or the text of one is not kept. */
  difference: z
    .object({
      /** As `git range-diff` writes them: `@@ path: function`, then lines with two signs. */
      lines: z.array(z.string()),
      /** They differ in more lines than are compared: `lines` is empty. */
      rewritten: z.boolean(),
    })
    .nullable(),
});

const comparedRevisionSchema = z.object({
  version: z.number(),
  rfc: z.boolean(),
  resend: z.boolean(),
  title: z.string(),
  date: z.string().nullable(),
  messageId: z.string().nullable(),
  url: z.string().nullable(),
  /** N as stated. */
  total: z.number(),
  /** How many of the patches are here. */
  received: z.number(),
  /** How many are here or named in the cover: only these can be compared. */
  known: z.number(),
  size: z.object({ files: z.number(), insertions: z.number(), deletions: z.number() }).nullable(),
});

const comparedChangelogSchema = z.object({
  /** The version that the entry describes. */
  version: z.number(),
  rfc: z.boolean(),
  text: z.string(),
  /** The patch of `to` that it is about; null if it is about the whole. */
  patch: comparedPatchSchema.nullable(),
  /** The mail that says so. */
  messageId: z.string().nullable(),
});

export const comparisonSchema = z.object({
  series: z.object({
    id: z.string(),
    title: z.string(),
    author: z.object({ name: z.string(), email: z.string() }),
  }),
  from: comparedRevisionSchema,
  to: comparedRevisionSchema,
  added: z.array(comparedPatchSchema),
  dropped: z.array(comparedPatchSchema),
  retitled: z.array(comparedPairSchema),
  /** Same title, other content. */
  changed: z.array(comparedPairSchema),
  /** Same title, same content. */
  unchanged: z.array(comparedPairSchema),
  /** Same title; the content is not here on both sides. */
  unknown: z.array(comparedPairSchema),
  /** Those of the pairs above whose place among the kept patches moved. */
  reordered: z.array(comparedPairSchema),
  /** The author's words on the versions after `from` up to `to`, newest first; of one version, on the whole before single patches. */
  changelog: z.array(comparedChangelogSchema),
});

export type Comparison = z.infer<typeof comparisonSchema>;
export type ComparedPair = z.infer<typeof comparedPairSchema>;
export type ComparedPatch = z.infer<typeof comparedPatchSchema>;
export type ComparedRevision = z.infer<typeof comparedRevisionSchema>;
export type ComparedChangelog = z.infer<typeof comparedChangelogSchema>;
