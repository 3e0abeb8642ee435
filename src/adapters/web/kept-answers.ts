import type { MiddlewareHandler } from 'hono';
import type { WebEnv } from './guard.js';

interface Kept {
  readonly at: number;
  readonly status: 200;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer;
}

/** Larger answers are made anew. */
const MAX_BYTES = 256 * 1024;
/** Of all that is kept. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Gives an answer again for a few seconds: answers are the same for everyone and may be kept for a minute by readers anyway, and a page
 * costs about 9 ms of processor, so that 200 a second need it. `keptMs` 0: never. `monotonicMs` counts on whatever is done to the clock.
 */
export function keepAnswers(keptMs: number, monotonicMs: () => number): MiddlewareHandler<WebEnv> {
  // The oldest first.
  const kept = new Map<string, Kept>();
  let bytes = 0;
  const drop = (key: string) => {
    bytes -= kept.get(key)?.body.byteLength ?? 0;
    kept.delete(key);
  };
  return async (c, next) => {
    if (keptMs <= 0 || c.req.method !== 'GET') return next();
    const key = c.req.url;
    const before = kept.get(key);
    if (before !== undefined && monotonicMs() - before.at < keptMs) {
      c.res = new Response(before.body, {
        status: before.status,
        headers: before.headers.map(([a, b]) => [a, b]),
      });
      return;
    }
    drop(key);
    await next();
    if (c.res.status !== 200) return;
    const body = await c.res.clone().arrayBuffer();
    if (body.byteLength > MAX_BYTES) return;
    kept.set(key, { at: monotonicMs(), status: 200, headers: [...c.res.headers], body });
    bytes += body.byteLength;
    for (const oldest of kept.keys()) {
      if (bytes <= MOST_BYTES) break;
      drop(oldest);
    }
  };
}
