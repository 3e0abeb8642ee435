import { TransientFailure, UserError } from '../../digest/failure/failure.js';

const FIRST_MS = 30_000;
const MAX_MS = 15 * 60_000;
/** The least that is waited, however the dice fall. */
const LEAST_MS = 1_000;
/** A day: whoever asks for more is asked again tomorrow. */
const LONGEST_ASKED_MS = 24 * 60 * 60_000;

/**
 * How long to wait after so many failures in a row (1, 2 …): full jitter up to 15 minutes, never less than the other side
 * asked for. What only a person can mend is tried every 15 minutes or so: lists appear, and networks are plugged in.
 * `random`: from 0 to 1.
 */
export function retryDelayMs(failure: unknown, failures: number, random: number): number {
  if (failure instanceof UserError) return Math.round(MAX_MS * (0.8 + random * 0.4));
  const ceiling = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  const jittered = Math.max(LEAST_MS, Math.round(ceiling * random));
  const asked = failure instanceof TransientFailure ? (failure.retryAfterMs ?? 0) : 0;
  // All who were told the same time are not to come back at once.
  return asked === 0 ? jittered : Math.min(LONGEST_ASKED_MS, asked) + Math.round(random * FIRST_MS);
}
