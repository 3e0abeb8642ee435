/** What time it is at a server, by the `Date` of its answers; our own clock may be wrong. */
export interface ServerClock {
  /** An answer bore this `Date` header; null if it had none. */
  saw(date: string | null | undefined): void;
  /** Milliseconds since 1970; null until an answer contained it. */
  now(): number | null;
}

/** `monotonicMs` is unaffected by changes of the clock (`performance.now`). */
export function createServerClock(monotonicMs: () => number): ServerClock {
  let aheadMs: number | null = null;
  return {
    saw(date) {
      const ms = date === null || date === undefined ? Number.NaN : Date.parse(date);
      if (Number.isFinite(ms)) aheadMs = ms - monotonicMs();
    },
    now: () => (aheadMs === null ? null : aheadMs + monotonicMs()),
  };
}
