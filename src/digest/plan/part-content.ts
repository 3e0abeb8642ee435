import { z } from 'zod';
import { digestGroupSchema, digestItemSchema, digestSchema } from './digest.js';
import { digestForms } from './layout.js';
import { sectionNames } from './sections.js';

/** How much to say about each series; absent in what was posted before there was a choice. */
const form = z.enum(digestForms).optional();

/** It is about one of several subsystems of a digest that has a headline for each. */
const share = z.literal(true).optional();

/** How many series the digest counts in all, where this message leaves some to be shown on request. */
const all = z.number().int().optional();

/**
 * What one message of a digest holds, so that it can be rendered again: after a crash, on a retry, for an edit. Stored as
 * JSON in the outbox; the view is made from it when it is sent.
 */
export const partContentSchema = z.discriminatedUnion('kind', [
  /** Posted in the channel itself: what happened, in a few lines. `details`: how many messages follow in its thread. */
  z.object({
    kind: z.literal('headline'),
    version: z.literal(1),
    window: digestSchema.shape.window,
    follows: z.array(z.string()),
    form,
    counts: digestSchema.shape.counts,
    /** The first titles of each subsystem, as many as fit. */
    groups: z.array(digestGroupSchema),
    all,
    share,
    /** How many more subsystems there are; absent: none. */
    otherGroups: z.number().int().optional(),
    details: z.number().int(),
    /** How many of those were refused or too late; absent: none. They may still come with a later digest. */
    missing: z.number().int().optional(),
    /** The subsystem whose last weeks are shown as a picture, where pages are published; absent: none. */
    weeksOf: z.string().optional(),
    /** What else a reader should know: `2 slots were missed while covernote was down.` */
    notes: z.array(z.string()),
  }),
  /** Goes into the thread. */
  z.object({
    kind: z.literal('details'),
    version: z.literal(1),
    window: digestSchema.shape.window,
    form,
    all,
    share,
    groups: z.array(digestGroupSchema),
    /** Its subsystem is the only one, which the headline names. */
    alone: z.boolean().optional(),
    /** This is message `number` of `of`. */
    number: z.number().int(),
    of: z.number().int(),
  }),
  /** One series, posted immediately: outside a thread, it is the message under which all later news of the series goes. */
  z.object({
    kind: z.literal('news'),
    version: z.literal(1),
    window: digestSchema.shape.window,
    form,
    section: z.enum(sectionNames),
    /** The posting that it is about. */
    of: digestItemSchema
      .pick({ title: true, version: true, rfc: true, url: true })
      .extend({ state: digestItemSchema.shape.state.optional() }),
    /** Its item; none if the event is described in words alone. */
    groups: z.array(digestGroupSchema),
    lines: z.array(z.object({ text: z.string(), url: z.string().nullable() })),
    /** It reports what a program found, and nothing else. */
    verdict: z.literal(true).optional(),
  }),
  /** A word to a person, once: what happened and what to do. */
  z.object({ kind: z.literal('notice'), version: z.literal(1), text: z.string(), remedy: z.string() }),
]);

export type PartContent = z.infer<typeof partContentSchema>;

/** Whether a part, rendered, goes into one message of the platform. */
export type Fits = (content: PartContent) => boolean;
