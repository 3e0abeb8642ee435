import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { WebEnv } from './guard.js';

interface Kept {
  /** Milliseconds; then it is made again. */
  readonly until: number;
  readonly status: 200;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer;
}

/** Larger answers are made again. */
export const MAX_BYTES = 256 * 1024;
/** Of everything that is kept: some thousand pages. */
export const MOST_BYTES = 32 * 1024 * 1024;
/** The memory of an answer in addition to its body and its address: headers, and map entries. */
const ENTRY_BYTES = 1_500;

/**
 * Gives an answer again for a while: answers are the same for everyone and may be kept for a minute by readers anyway, and a page takes
 * 2 to 10 ms of processor time, so that 200 a second need it. `keptMs` 0: never. `monotonicMs` is unaffected by changes of the clock.
 *
 * Gives each answer its ETag as well: the body is at hand here, where `etag` would read a second copy of it as a stream.
 */
export function keepAnswers(keptMs: number, monotonicMs: () => number): MiddlewareHandler<WebEnv> {
  // The oldest first.
  const kept = new Map<string, Kept>();
  let bytes = 0;
  const drop = (key: string) => {
    bytes -= sizeOf(key, kept.get(key));
    kept.delete(key);
  };
  return async (c, next) => {
    if (keptMs <= 0 || c.req.method !== 'GET') return next();
    const key = c.req.url;
    const before = kept.get(key);
    if (before !== undefined && monotonicMs() < before.until) {
      c.res = new Response(before.body, {
        status: before.status,
        headers: before.headers.map(([a, b]) => [a, b]),
      });
      return;
    }
    await next();
    if (c.res.status !== 200) return;
    const body = await c.res.arrayBuffer();
    const digest = createHash('sha1').update(new Uint8Array(body)).digest();
    const headers: [string, string][] = [...c.res.headers, ['etag', `"${digest.toString('hex')}"`]];
    c.res = new Response(body, { headers });
    if (body.byteLength > MAX_BYTES) return;
    // Half to all of the time, depending on the content: pages that were requested in the same second must not all be rendered again in the
    // same second.
    const until = monotonicMs() + (keptMs / 2) * (1 + (digest[0] ?? 0) / 255);
    // A concurrent request for the same page has already stored it.
    drop(key);
    const entry: Kept = { until, status: 200, headers, body };
    kept.set(key, entry);
    bytes += sizeOf(key, entry);
    for (const oldest of kept.keys()) {
      if (bytes <= MOST_BYTES) break;
      drop(oldest);
    }
  };
}

function sizeOf(key: string, entry: Kept | undefined): number {
  return entry === undefined ? 0 : entry.body.byteLength + 2 * key.length + ENTRY_BYTES;
}
