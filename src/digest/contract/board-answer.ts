import { z } from 'zod';
import { type Waiting, waitingFor } from '../plan/waiting.js';
import { seriesSchema, toSeriesAnswer } from './series-answer.js';

/** `board --json`: what waits, what waits longest first. */
export const boardAnswerSchema = z.object({
  query: z.string(),
  waiting: z.array(
    z.object({
      /** A first answer, someone to apply what is reviewed, or its author's next version. */
      for: z.enum(waitingFor),
      /** When it began to wait, ISO UTC. */
      since: z.string(),
      days: z.number().int(),
      series: seriesSchema,
    }),
  ),
});
type BoardAnswer = z.infer<typeof boardAnswerSchema>;

export function toBoardAnswer(query: string, waiting: readonly Waiting[]): BoardAnswer {
  return {
    query,
    waiting: waiting.map((one) => ({
      for: one.for,
      since: one.since,
      days: one.days,
      series: toSeriesAnswer(one.series),
    })),
  };
}
