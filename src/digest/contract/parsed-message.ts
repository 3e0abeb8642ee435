import { z } from 'zod';
import { publicClaims } from '../claims/claim.js';
import { botSubjects } from '../mail/bots.js';

/** `parse --json`: one object a mail. Unknown is null or empty, never invented. */

export const personSchema = z.object({ name: z.string(), email: z.string() });

export const problemSchema = z.object({ code: z.string(), detail: z.string() });

export const changelogEntrySchema = z.object({
  version: z.number().nullable(),
  since: z.number().nullable(),
  text: z.string(),
});

const shortlogEntrySchema = z.object({ author: z.string(), title: z.string() });

export const diffstatSchema = z.object({
  files: z.number(),
  insertions: z.number(),
  deletions: z.number(),
  paths: z.array(z.string()),
});

const previousVersionSchema = z.object({
  version: z.number().nullable(),
  messageId: z.string().nullable(),
  url: z.string().nullable(),
});

const trailerSchema = z.object({
  kind: z.string(),
  name: z.string(),
  email: z.string(),
  value: z.string(),
});

/** What a reply says about a posting, by anyone: whether it counts is decided where the series is known. */
const claimSchema = z.object({
  says: z.enum(publicClaims),
  /** `part`: some of its patches; null if that cannot be known from the mail alone. */
  scope: z.enum(['all', 'part']).nullable(),
  /** As named: a tree, else a branch. */
  tree: z.string().nullable(),
  /** The words that say so. */
  span: z.string(),
});

/** The program that wrote the mail. */
const botSchema = z.object({ who: z.string(), says: z.enum(botSubjects) });

const baseSchema = z.object({ commit: z.string().nullable(), tree: z.string().nullable() });

export const parsedMessageSchema = z.object({
  kind: z.enum(['cover', 'patch', 'reply', 'pull', 'other']),
  messageId: z.string().nullable(),
  subject: z.string().nullable(),
  title: z.string(),
  version: z.number(),
  versionInferred: z.boolean(),
  rfc: z.boolean(),
  resend: z.boolean(),
  prefixes: z.array(z.string()),
  index: z.number().nullable(),
  total: z.number().nullable(),
  author: personSchema,
  date: z.string().nullable(),
  lists: z.array(z.string()),
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  summary: z.string().nullable(),
  changelog: z.array(changelogEntrySchema),
  patches: z.array(shortlogEntrySchema),
  diffstat: diffstatSchema.nullable(),
  previousVersions: z.array(previousVersionSchema),
  links: z.array(z.string()),
  trailers: z.array(trailerSchema),
  base: baseSchema.nullable(),
  claims: z.array(claimSchema),
  bot: botSchema.nullable(),
  problems: z.array(problemSchema),
});

export type ParsedMessage = z.infer<typeof parsedMessageSchema>;
