import { z } from 'zod';
import { comparisonSchema } from '../series/comparison.js';

/** `diff --json`: what became of a series between two of its postings. */
export const compareAnswerSchema = z.object({ query: z.string(), comparison: comparisonSchema });
