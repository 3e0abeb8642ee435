import type { MiddlewareHandler } from 'hono';
import type { WebEnv } from './guard.js';

/** Pages that are made at the same time, while they wait for the database; over SQLite none waits for it. */
const AT_ONCE = 4;
/** Comparisons read and compare up to hundreds of mails, which takes several times as long as any other page. */
const LONG = /\/diff\//;
/** So many others go before each of them. */
const OTHERS_FIRST = 6;

export interface TurnSetting {
  /** Whoever waited so long has been told that it takes too long. */
  readonly timeoutMs: number;
  /** Counts on whatever is done to the clock. */
  readonly monotonicMs: () => number;
  /** Calls once everything else that is ready has had its turn. */
  readonly soon?: (run: () => void) => void;
}

/**
 * Makes pages one after another. Between two of them everything else has its turn: answers that are kept, chats, digests that are due; made as
 * they come, pages that are asked for together would hold up all of that until the last is made. Long ones go after others, but not last.
 */
export function takeTurns({
  timeoutMs,
  monotonicMs,
  soon = setImmediate,
}: TurnSetting): MiddlewareHandler<WebEnv> {
  const waiting = { short: [] as (() => void)[], long: [] as (() => void)[] };
  let others = 0;
  let inWork = 0;
  let isCalled = false;
  const take = (): (() => void) | undefined => {
    const { short, long } = waiting;
    const isLong = short.length === 0 || (long.length > 0 && others >= OTHERS_FIRST);
    others = isLong ? 0 : others + 1;
    return isLong ? long.shift() : short.shift();
  };
  const call = () => {
    if (isCalled || inWork >= AT_ONCE || waiting.short.length + waiting.long.length === 0) return;
    isCalled = true;
    soon(() => {
      isCalled = false;
      inWork++;
      take()?.();
      call();
    });
  };
  return async (c, next) => {
    const asked = monotonicMs();
    await new Promise<void>((resolve) => {
      (LONG.test(c.req.path) ? waiting.long : waiting.short).push(resolve);
      call();
    });
    try {
      if (monotonicMs() - asked >= timeoutMs) return c.body(null, 504);
      return await next();
    } finally {
      inWork--;
      call();
    }
  };
}
