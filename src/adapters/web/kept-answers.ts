import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler, Next } from 'hono';
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
 * 2 to 10 ms of processor time, so that 200 a second need it. Whoever asks for what is being made gets that. `keptMs` 0: never.
 * `monotonicMs` is unaffected by changes of the clock.
 *
 * Gives each answer its ETag as well: the body is at hand here, where `etag` would read a second copy of it as a stream.
 */
export function keepAnswers(keptMs: number, monotonicMs: () => number): MiddlewareHandler<WebEnv> {
  // The oldest first.
  const kept = new Map<string, Kept>();
  /** What is being made, by whoever asked first. */
  const making = new Map<string, Promise<void>>();
  let bytes = 0;
  const drop = (key: string) => {
    bytes -= sizeOf(key, kept.get(key));
    kept.delete(key);
  };
  const keep = (key: string, entry: Kept) => {
    drop(key);
    kept.set(key, entry);
    bytes += sizeOf(key, entry);
    for (const oldest of kept.keys()) {
      if (bytes <= MOST_BYTES) break;
      drop(oldest);
    }
  };
  const make = async (key: string, c: Context<WebEnv>, next: Next) => {
    await next();
    if (c.res.status !== 200) return;
    const body = await c.res.arrayBuffer();
    const digest = createHash('sha1').update(new Uint8Array(body)).digest();
    const headers: [string, string][] = [...c.res.headers, ['etag', `"${digest.toString('hex')}"`]];
    c.res = new Response(body, { headers });
    // Half to all of the time, by what it says: pages that were asked for in one second must not all be made again in one.
    const until = monotonicMs() + (keptMs / 2) * (1 + (digest[0] ?? 0) / 255);
    if (body.byteLength <= MAX_BYTES) keep(key, { until, status: 200, headers, body });
  };
  return async (c, next) => {
    if (keptMs <= 0 || c.req.method !== 'GET') return next();
    const key = c.req.url;
    // How that ends concerns whoever began it; where nothing is kept then, each makes its own.
    const begun = making.get(key);
    if (begun !== undefined) await begun.catch(() => undefined);
    const before = kept.get(key);
    if (before !== undefined && monotonicMs() < before.until) {
      c.res = answerAgain(before);
      return;
    }
    const made = make(key, c, next).finally(() => {
      if (making.get(key) === made) making.delete(key);
    });
    making.set(key, made);
    await made;
  };
}

function answerAgain({ body, status, headers }: Kept): Response {
  return new Response(body, { status, headers: headers.map(([a, b]) => [a, b]) });
}

function sizeOf(key: string, entry: Kept | undefined): number {
  return entry === undefined ? 0 : entry.body.byteLength + 2 * key.length + ENTRY_BYTES;
}
