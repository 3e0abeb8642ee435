import { z } from 'zod';
import { correctionSchema } from './why-answer.js';

/** `link --json`, `unlink --json` and `corrections --json`: people's corrections of what belongs together, and what came of them. */

const correctedSeriesSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** `v1`, `RFC v2`, oldest first. */
  versions: z.array(z.string()),
});

export const correctionAnswerSchema = z.object({
  correction: correctionSchema,
  /** The series that held the two before: two that were joined, or one that was parted. */
  before: z.array(correctedSeriesSchema),
  /** The series that hold the two now. */
  now: z.array(correctedSeriesSchema),
  /** The command that takes it back. */
  undo: z.string(),
});

const listedCorrectionSchema = correctionSchema.extend({
  /** The postings as people name them: `v2 of “mm: pin pages”`; null for mail that is not here. */
  aName: z.string().nullable(),
  bName: z.string().nullable(),
  /** `waits`: a mail of it is not here. `overruled`: a later correction says otherwise. */
  effect: z.enum(['holds', 'waits', 'overruled']),
  undo: z.string(),
});

export const correctionsAnswerSchema = z.object({ corrections: z.array(listedCorrectionSchema) });
