import { z } from 'zod';
import { personSchema } from './parsed-message.js';
import { originSchema, seriesSchema, stateDoubtSchema, stateEvidenceSchema } from './series-answer.js';

/** `series --why --json`: why the mails of a series are one piece of work. */

const whyMailSchema = z.object({
  role: z.enum(['cover', 'patch']),
  /** n of n/N; null for a cover and for a patch without a counter. */
  index: z.number().nullable(),
  title: z.string(),
  messageId: z.string().nullable(),
  url: z.string().nullable(),
});

const whyPostingSchema = z.object({
  version: z.number(),
  /** The subject names no version: it is the first, or what the text says. */
  versionInferred: z.boolean(),
  rfc: z.boolean(),
  resend: z.boolean(),
  title: z.string(),
  author: personSchema,
  date: z.string().nullable(),
  messageId: z.string().nullable(),
  total: z.number(),
  received: z.number(),
  /** Why these mails are one posting, in words; empty for a single mail. */
  why: z.array(z.string()),
  /** The mails that are here, the cover first. */
  mails: z.array(whyMailSchema),
  /** Patches of an older posting that are still valid: this one sends only some again. */
  carried: z.number(),
  /** Further mails of the posting, of a place that another of its mails holds already. */
  doubles: z.array(z.string().nullable()),
  /** Patches that the cover names and that are not here. */
  missing: z.array(z.string()),
});

const whyLinkSchema = z.object({
  older: z.string().nullable(),
  newer: z.string().nullable(),
  reason: z.string(),
  /** The reason and what bears it out, in words. */
  text: z.string(),
});

export const correctionSchema = z.object({
  kind: z.enum(['link', 'unlink']),
  /** A mail of each of the two postings. */
  a: z.string().nullable(),
  b: z.string().nullable(),
  by: z.string(),
  madeAt: z.string(),
});

const whySeriesSchema = z.object({
  id: z.string(),
  title: z.string(),
  postings: z.array(whyPostingSchema),
  links: z.array(whyLinkSchema),
  /** Earlier postings of other series that the work was split from. */
  origins: z.array(originSchema),
  state: z.object({
    name: seriesSchema.shape.state.shape.name,
    evidence: z.array(stateEvidenceSchema),
    disbelieved: z.array(stateDoubtSchema).optional(),
  }),
  corrections: z.array(correctionSchema),
});

export const whyAnswerSchema = z.object({ query: z.string(), matches: z.array(whySeriesSchema) });
