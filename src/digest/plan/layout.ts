import { z } from 'zod';
import { quietHoursSchema } from '../schedule/quiet-hours.js';
import { orderNames } from './item-order.js';
import { type CountKey, sectionKeys, usualSections } from './sections.js';

/** How much to say about each series. */
export const digestForms = ['compact', 'full'] as const;
export type DigestForm = (typeof digestForms)[number];

/** Where the details of a digest of several subsystems go: below one headline, or below one for each subsystem. */
export const threadChoices = ['single', 'subsystem'] as const;

/** What is below a link that someone posts. */
export const unfurlForms = ['off', 'thin', 'full'] as const;
export type UnfurlForm = (typeof unfurlForms)[number];

/** The most immediate messages an hour that a place may allow. */
export const MOST_AN_HOUR = 200;

/** How a place wants its digests and cards laid out. Stored: a key that stored layouts lack needs a default. */
export const layoutSchema = z.object({
  form: z.enum(digestForms).default('compact'),
  /** How many series a section shows before it says how many more there are. */
  items: z.number().int().min(1).max(25).default(10),
  /** The sections that a digest has; what only others would show is not counted either. */
  sections: z
    .array(z.enum(sectionKeys))
    .min(1)
    .default([...usualSections]),
  order: z.enum(orderNames).default('importance'),
  threads: z.enum(threadChoices).default('single'),
  unfurl: z.enum(unfurlForms).default('thin'),
  /** How many messages an hour are posted immediately (`when:now`); the next digest has the rest. */
  limit: z.number().int().min(1).max(MOST_AN_HOUR).default(30),
  /** When none are, by the clocks of the place. */
  quiet: quietHoursSchema.nullable().default(null),
});

export type Layout = z.infer<typeof layoutSchema>;

/** What shapes a digest. */
export type DigestLayout = Pick<Layout, 'form' | 'items'> &
  Partial<Pick<Layout, 'limit' | 'quiet' | 'threads'>>;

/** What decides what a digest holds. */
export type DigestChoice = { readonly sections: readonly CountKey[]; readonly order: Layout['order'] };

export const DEFAULT_LAYOUT: Layout = layoutSchema.parse({});
