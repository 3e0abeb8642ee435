const FIRST_MS = 2_000;
const LONGEST_MS = 15 * 60_000;
/** A chat that asks for more is asked again then: a moment to try again never lies further in the future. */
export const LONGEST_DELAY_MS = 60 * 60_000;

/**
 * How long to wait after a failed try: twice as long each time, from 2 seconds to 15 minutes, at least as long as the platform asked
 * for, an hour at most; up to half as much again by chance (`random`: 0 up to 1), so that those who failed together do not come back together.
 */
export function retryDelayMs(attempts: number, atLeastMs: number, random: number): number {
  const doubled = Math.min(FIRST_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 20), LONGEST_MS);
  return Math.max(doubled, Math.min(atLeastMs, LONGEST_DELAY_MS)) * (1 + random / 2);
}
