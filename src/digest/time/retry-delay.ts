import { SECOND_MS } from './iso.js';

/** How long to wait between tries. */
export interface RetryPolicy {
  /** After the first failure; doubled with each further one. */
  readonly firstMs: number;
  /** The longest wait of our own. */
  readonly longestMs: number;
  /** The longest wait that the other side may request. */
  readonly longestRequestedMs: number;
  /** By chance a wait is this many times as long, from and to, so that those who failed together do not come back together. */
  readonly spread: readonly [number, number];
}

/**
 * How long to wait after so many failures in a row (1, 2 …): at least a second, and at least `requestedMs` (0 if nothing was
 * requested). Where the other side named that time itself (`isNamed`) it knows when it has room again, and the wait is not longer: doubling it as well leaves messages
 * waiting long after a storm is over. `random`: 0 up to 1.
 */
export function retryDelayMs(
  { firstMs, longestMs, longestRequestedMs, spread: [from, to] }: RetryPolicy,
  {
    failures,
    requestedMs = 0,
    isNamed = false,
    random,
  }: {
    readonly failures: number;
    readonly requestedMs?: number;
    readonly isNamed?: boolean;
    readonly random: number;
  },
): number {
  const requested =
    requestedMs <= 0 ? 0 : Math.min(requestedMs, longestRequestedMs) + Math.round(random * firstMs);
  if (isNamed && requestedMs > 0) return Math.max(SECOND_MS, firstMs, requested);
  const doubled = Math.min(firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 20), longestMs);
  return Math.max(SECOND_MS, Math.round(doubled * (from + random * (to - from))), requested);
}
