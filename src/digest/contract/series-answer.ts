import { z } from 'zod';
import { stateNames } from '../claims/claim.js';
import { changelogEntrySchema, diffstatSchema, personSchema, problemSchema } from './parsed-message.js';

/** `series --json`: what a question about a series answers. */

const reviewSchema = z.object({
  kind: z.string(),
  name: z.string(),
  email: z.string(),
  messageId: z.string().nullable(),
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
  changelog: z.array(changelogEntrySchema),
  patches: z.array(seriesPatchSchema),
  reviews: z.array(reviewSchema),
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
  tree: z.string().nullable(),
  branch: z.string().nullable(),
  confidence: z.number(),
  quote: z.string(),
});

export const seriesSchema = z.object({
  id: z.string(),
  title: z.string(),
  author: personSchema,
  subsystems: z.array(seriesSubsystemSchema),
  lists: z.array(z.string()),
  state: z.object({ name: z.enum(stateNames), evidence: z.array(stateEvidenceSchema) }),
  /** A messageId. */
  latest: z.string().nullable(),
  revisions: z.array(seriesRevisionSchema),
  replies: z.number(),
  updated: z.string().nullable(),
  why: z.array(z.string()),
  /** What was left out, as there is too much of it; only where something was. */
  problems: z.array(problemSchema).optional(),
});

export const seriesAnswerSchema = z.object({ query: z.string(), matches: z.array(seriesSchema) });
