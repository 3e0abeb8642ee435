import { z } from 'zod';
import { stateNames } from '../claims/claim.js';
import { verdictKinds, verdictResults } from '../claims/report.js';
import { comparisonSchema } from '../series/comparison.js';
import type { SeriesRecord } from '../series/record.js';
import { changelogEntrySchema, diffstatSchema, personSchema, problemSchema } from './parsed-message.js';

/** `series --json`: what a question about a series answers. */

const reviewSchema = z.object({
  kind: z.string(),
  name: z.string(),
  email: z.string(),
  messageId: z.string().nullable(),
});

const verdictSchema = z.object({
  /** The program. */
  by: z.string(),
  kind: z.enum(verdictKinds),
  result: z.enum(verdictResults),
  /** The messageId of the patch; null for the whole posting. */
  patch: z.string().nullable(),
  url: z.string().nullable(),
  messageId: z.string().nullable(),
  /** When its mail was received, ISO UTC. */
  date: z.string().nullable(),
});

const seriesPatchSchema = z.object({
  messageId: z.string().nullable(),
  index: z.number().nullable(),
  author: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  reviews: z.array(reviewSchema),
});

const seriesRevisionSchema = z.object({
  version: z.number(),
  rfc: z.boolean(),
  resend: z.boolean(),
  date: z.string().nullable(),
  messageId: z.string().nullable(),
  url: z.string().nullable(),
  total: z.number(),
  received: z.number(),
  diffstat: diffstatSchema.nullable(),
  summary: z.string().nullable(),
  /** Only where a language model wrote it. */
  summaryBy: z.literal('model').optional(),
  /** What the author wrote in its place. */
  extract: z.object({ summary: z.string().nullable(), changed: z.string().nullable() }).optional(),
  changelog: z.array(changelogEntrySchema),
  patches: z.array(seriesPatchSchema),
  reviews: z.array(reviewSchema),
  /** What programs found of it: builds, tests, reviews by machine; oldest first. */
  verdicts: z.array(verdictSchema).default([]),
});

const seriesSubsystemSchema = z.object({
  slug: z.string(),
  name: z.string(),
  primary: z.boolean(),
});

export const stateEvidenceSchema = z.object({
  messageId: z.string().nullable(),
  url: z.string().nullable(),
  by: personSchema,
  date: z.string().nullable(),
  source: z.string(),
  /** What the mail says of the posting; absent if that it is there is all. */
  says: z.string().optional(),
  tree: z.string().nullable(),
  branch: z.string().nullable(),
  confidence: z.number(),
  quote: z.string(),
});

/** How many of the patches are known to be in a tree; null if none is. */
const appliedSchema = z.object({ patches: z.number(), total: z.number() }).nullable();

/** A mail that says what became of a posting and is not believed: its sender may not decide it, or was found forged. */
export const stateDoubtSchema = z.object({
  messageId: z.string().nullable(),
  by: personSchema,
  says: z.string(),
  date: z.string().nullable().optional(),
  reason: z.enum(['not-entitled', 'not-authenticated']),
});

export const originSchema = z.object({
  messageId: z.string().nullable(),
  url: z.string().nullable(),
  /** `v1`, `RFC v2`. */
  name: z.string(),
  title: z.string(),
  /** What says so, in words. */
  text: z.string(),
});

/** Work that was posted before, sent again for stable branches. */
const backportSchema = z.object({
  /** `6.12.y`; empty if it does not name them. */
  branches: z.array(z.string()),
  /** Who sent it; `author` wrote it. */
  sender: personSchema,
  /** The commits that its patches say they are copies of. */
  commits: z.array(z.string()),
});

export const seriesSchema = z.object({
  id: z.string(),
  title: z.string(),
  author: personSchema,
  subsystems: z.array(seriesSubsystemSchema),
  lists: z.array(z.string()),
  state: z.object({
    name: z.enum(stateNames),
    applied: appliedSchema,
    evidence: z.array(stateEvidenceSchema),
  }),
  /** A messageId. */
  latest: z.string().nullable(),
  revisions: z.array(seriesRevisionSchema),
  replies: z.number(),
  updated: z.string().nullable(),
  why: z.array(z.string()),
  /** What was left out, as there is too much of it, and what does not add up; only where something is. */
  problems: z.array(problemSchema).optional(),
  /** Earlier postings of other series that the work was split from; only if there are any. */
  origins: z.array(originSchema).optional(),
  /** Only if it is a backport. */
  backport: backportSchema.optional(),
});

/** The public shape of a series: `applied` belongs to its state. */
export function toSeriesAnswer(series: SeriesRecord): z.infer<typeof seriesSchema> {
  return seriesSchema.parse({ ...series, state: { ...series.state, applied: series.applied } });
}

export const seriesAnswerSchema = z.object({ query: z.string(), matches: z.array(seriesSchema) });

/** `diff --json`: what became of a series between two of its postings. */
export const compareAnswerSchema = z.object({ query: z.string(), comparison: comparisonSchema });
