import { count } from './count.js';

/** When to try again, in whole seconds and never too early: `12 seconds`. */
export function retryWords(waitMs: number): string {
  return count(Math.max(1, Math.ceil(waitMs / 1000)), 'second');
}
