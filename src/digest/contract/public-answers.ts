import { z } from 'zod';

/** What only the API answers with: the other shapes are the command line's. */

/** `covernote subsystems --json`. */
export const subsystemsAnswerSchema = z.array(
  z.object({
    /** What is followed: `kvm`. */
    slug: z.string(),
    name: z.string(),
    lists: z.array(z.string()),
    aliases: z.array(z.string()),
    /** How many series of it are here. */
    series: z.number(),
  }),
);

export const errorAnswerSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** What to do now; may be empty. */
    remedy: z.string(),
  }),
});
