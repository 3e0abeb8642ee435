import { MINUTE_MS } from './iso.js';
/** So many in a minute for each of many. */
export interface RateLimit {
  /** Takes one; answers with how long to wait (milliseconds) if there is none left, else 0. */
  take(key: string): number;
}

/**
 * All of a minute's may be taken at once, and come back one by one. Remembers `most` keys at a time: of those that are used up the ones that
 * were asked for longest ago are forgotten first. `monotonicMs` counts on whatever is done to the clock.
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
