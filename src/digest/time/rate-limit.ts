import { MINUTE_MS } from './iso.js';
/** So many in a minute for each of many. */
export interface RateLimit {
  /** Takes one; returns how long to wait (milliseconds) if there is none left, else 0. */
  take(key: string): number;
}

/**
 * A whole minute's share may be used immediately, and is restored one by one. Remembers `most` keys at a time: among those that are used
 * up, the least recently used are forgotten first. `monotonicMs` is unaffected by changes of the clock.
 */
export function createRateLimit(perMinute: number, monotonicMs: () => number, most = 10_000): RateLimit {
  const eachMs = MINUTE_MS / perMinute;
  /** Until when each has used up its share; the longest untouched first. */
  const usedUntil = new Map<string, number>();
  return {
    take(key) {
      const now = monotonicMs();
      const until = Math.max(usedUntil.get(key) ?? 0, now);
      const waitMs = until + eachMs - now - MINUTE_MS;
      // Floating point must not cost the last one.
      if (waitMs > 0.001) return waitMs;
      usedUntil.delete(key);
      for (const [other, end] of usedUntil) {
        if (end > now && usedUntil.size < most) break;
        usedUntil.delete(other);
      }
      usedUntil.set(key, until + eachMs);
      return 0;
    },
  };
}
