import { z } from 'zod';
import { instantMs } from '../../digest/text/bounded-number.js';

/** Angle brackets off: ids are kept without them. */
const messageId = z.string().transform((id) => id.trim().replace(/^</, '').replace(/>$/, ''));

/** Patchwork writes UTC without saying so. */
const moment = z
  .string()
  .transform((text) => (/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`))
  .refine((text) => instantMs(text) !== null, 'is not a time between 1970 and 2099');

const mail = z.object({ msgid: messageId, mbox: z.string() });

const frame = {
  id: z.int(),
  date: moment,
  actor: z.object({ username: z.string() }).nullish(),
};

/** What is read of an event of patchwork's REST API (1.2 and later); the other fields are not looked at. */
export const patchworkEventSchema = z.discriminatedUnion('category', [
  z.object({ ...frame, category: z.literal('cover-created'), payload: z.object({ cover: mail }) }),
  z.object({ ...frame, category: z.literal('patch-created'), payload: z.object({ patch: mail }) }),
  z.object({
    ...frame,
    category: z.literal('patch-state-changed'),
    payload: z.object({ patch: mail, current_state: z.string() }),
  }),
  z.object({
    ...frame,
    category: z.literal('check-created'),
    payload: z.object({
      patch: mail,
      check: z.object({
        state: z.enum(['pending', 'success', 'warning', 'fail']),
        context: z.string(),
        target_url: z.string().nullish(),
        description: z.string().nullish(),
      }),
    }),
  }),
]);

export type PatchworkEvent = z.infer<typeof patchworkEventSchema>;

/** Any event: enough to know that it was seen. */
export const anyEventSchema = z.object({ id: z.int(), category: z.string(), date: moment });

/** Events of which something is read. */
export const categories: ReadonlySet<string> = new Set([
  'cover-created',
  'patch-created',
  'patch-state-changed',
  'check-created',
]);
