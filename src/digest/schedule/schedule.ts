import { z } from 'zod';
import { isZone } from '../time/zone.js';

/** When a destination gets its digests. Stored as JSON. */
export const scheduleSchema = z.object({
  version: z.literal(1),
  /** IANA. */
  zone: z.string().refine(isZone),
  /** `HH:MM`, ascending, at least one, at most 24. */
  times: z
    .array(z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/))
    .min(1)
    .max(24),
  /** ISO weekdays, 1 Monday to 7 Sunday, ascending, at least one. */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
});

export type Schedule = z.infer<typeof scheduleSchema>;

/** One due moment. */
export interface Slot {
  /** What clocks there show, and the zone: `2026-03-29T02:30 Europe/Berlin`. Two moments with the same name are one slot. */
  readonly name: string;
  /** The moment, ISO UTC: after the gap for a time that clocks skip, the first for one that occurs twice. */
  readonly due: string;
}
