import { SECOND_MS } from './units.js';

/** How long to wait between tries. */
export interface RetryPolicy {
  /** After the first failure; doubled with each further one. */
  readonly firstMs: number;
  /** The longest wait of our own. */
  readonly longestMs: number;
  /** The longest wait that the other side may ask for. */
  readonly longestAskedMs: number;
  /** By chance a wait is this many times as long, from and to, so that those who failed together do not come back together. */
  readonly spread: readonly [number, number];
}

/**
 * How long to wait after so many failures in a row (1, 2 …): at least a second, and at least as long as the other side asked for
 * (`askedMs`, 0 where it did not). `random`: 0 up to 1.
 */
export function retryDelayMs(
  { firstMs, longestMs, longestAskedMs, spread: [from, to] }: RetryPolicy,
  {
    failures,
    askedMs = 0,
    random,
  }: { readonly failures: number; readonly askedMs?: number; readonly random: number },
): number {
  const doubled = Math.min(firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 20), longestMs);
  const own = Math.max(SECOND_MS, Math.round(doubled * (from + random * (to - from))));
  if (askedMs <= 0) return own;
  return Math.max(own, Math.min(askedMs, longestAskedMs) + Math.round(random * firstMs));
}
