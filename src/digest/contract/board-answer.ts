import { z } from 'zod';
import { type MyRow, mineKinds } from '../plan/my-board.js';
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

/** `board --for ADDRESS --json`: what waits for a person and what is theirs, what waits longest first. */
export const myBoardAnswerSchema = z.object({
  for: z.array(z.string()),
  rows: z.array(
    z.object({
      /** Waits for their review, is a new version of what they looked at, or is their own. */
      kind: z.enum(mineKinds),
      /** Why it is here, in words. */
      why: z.string(),
      /** ISO UTC. */
      since: z.string(),
      days: z.number().int(),
      /** Of one's own that is discussed: who wrote last about it, and when (ISO UTC); absent if not known. */
      last: z.object({ name: z.string(), email: z.string(), date: z.string() }).optional(),
      series: seriesSchema,
    }),
  ),
});

export function toMyBoardAnswer(
  emails: readonly string[],
  rows: readonly MyRow[],
): z.infer<typeof myBoardAnswerSchema> {
  return {
    for: [...emails],
    rows: rows.map(({ kind, why, since, days, last, series }) => ({
      kind,
      why,
      since,
      days,
      ...(last === undefined ? {} : { last: { name: last.by.name, email: last.by.email, date: last.at } }),
      series: toSeriesAnswer(series),
    })),
  };
}
