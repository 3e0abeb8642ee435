import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { retryWords } from '../../digest/text/count.js';
import { createRateLimit } from '../../digest/time/rate-limit.js';
import { clientAddress, clientKey, type TrustedProxies } from './client-address.js';

export interface WebEnv {
  readonly Bindings: HttpBindings;
}

export interface Limits {
  /** Pages, feeds and API answers that one client may request. */
  readonly perMinute: number;
  /** Requests that are answered at the same time. */
  readonly atOnce: number;
  readonly urlLength: number;
  readonly timeoutMs: number;
  /** How long the same answer is given again. */
  readonly keptMs: number;
}

export const LIMITS: Limits = {
  perMinute: 240,
  atOnce: 64,
  urlLength: 6_000,
  timeoutMs: 10_000,
  keptMs: 30_000,
};

const METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The response to a refused request. */
export interface Refusal {
  readonly status: 405 | 414 | 429 | 503;
  readonly message: string;
  readonly remedy: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface GuardSetting {
  readonly limits: Limits;
  readonly isTrusted: TrustedProxies;
  /** Unaffected by changes of the clock. */
  readonly monotonicMs: () => number;
  readonly refuse: (c: Context<WebEnv>, refusal: Refusal) => Response | Promise<Response>;
}

/** Refuses requests that exceed a limit before any work is done for them. */
export function guard({ limits, isTrusted, monotonicMs, refuse }: GuardSetting): MiddlewareHandler<WebEnv> {
  const rate = createRateLimit(limits.perMinute, monotonicMs);
  let inWork = 0;
  return async (c, next) => {
    if (!METHODS.has(c.req.method))
      return refuse(c, {
        status: 405,
        message: 'This site is read-only.',
        remedy: 'Use GET.',
        headers: { allow: 'GET, HEAD, OPTIONS' },
      });
    if (c.req.url.length > limits.urlLength)
      return refuse(c, {
        status: 414,
        message: 'That address is too long.',
        remedy: 'Shorten it.',
        headers: {},
      });
    const waitMs = rate.take(clientKey(clientAddress(c.env.incoming, isTrusted)));
    if (waitMs > 0)
      return refuse(c, {
        status: 429,
        message: `That is more than ${limits.perMinute} pages in a minute.`,
        remedy: `Try again in ${retryWords(waitMs)}.`,
        headers: { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) },
      });
    if (inWork >= limits.atOnce)
      return refuse(c, {
        status: 503,
        message: 'The server is busy.',
        remedy: 'Try again in a few seconds.',
        headers: { 'retry-after': '2' },
      });
    inWork++;
    try {
      return await next();
    } finally {
      inWork--;
    }
  };
}
