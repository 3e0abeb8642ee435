import { z } from 'zod';

/** `places --json`: every place that gets digests. */
export const placesAnswerSchema = z.object({
  places: z.array(
    z.object({
      id: z.number().int(),
      platform: z.string(),
      tenant: z.string(),
      address: z.string(),
      kind: z.enum(['channel', 'person']),
      /** `#kvm`; '' if the platform does not say, and for a person. */
      name: z.string(),
      setBy: z.string(),
      /** In the words of the follow grammar. */
      follows: z.array(z.string()),
      /** In words: `daily at 09:00 (UTC)`; null if no digest is scheduled. */
      schedule: z.string().nullable(),
      state: z.enum(['active', 'paused', 'broken']),
      failures: z.number().int(),
      /** ISO UTC. */
      nextRun: z.string().nullable(),
      last: z.object({ due: z.string(), result: z.string() }).nullable(),
    }),
  ),
});

export type PlacesAnswer = z.infer<typeof placesAnswerSchema>;
