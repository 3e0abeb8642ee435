import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';
import { timeout } from 'hono/timeout';
import type { PublicLibrary } from '../../digest/ports/public-library.js';
import { trustProxies } from './client-address.js';
import { guard, LIMITS, type Limits, type WebEnv } from './guard.js';
import { keepAnswers } from './kept-answers.js';
import { readSite, type WebServices } from './page.js';
import { createProblems } from './problems.js';
import { apiCors, apiRoutes } from './routes/api.js';
import { assetRoutes } from './routes/assets.js';
import { feedRoutes } from './routes/feed.js';
import { pageRoutes } from './routes/pages.js';

export interface WebSetting {
  readonly library: PublicLibrary;
  /** One of our own SVG pictures as PNG. */
  readonly renderPng: (svg: string) => Promise<Uint8Array>;
  /** Where the pages are published; null if that is not known. */
  readonly publicUrl: string | null;
  /** IANA zone in which times are read and shown. */
  readonly zone: string;
  /** Addresses and networks of proxies whose X-Forwarded-For is trusted. */
  readonly trustedProxies: readonly string[];
  /** The version of covernote. */
  readonly version: string;
  /** Limits that differ from `LIMITS`. */
  readonly limits: Partial<Limits>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds, unaffected by changes of the clock. */
  readonly monotonicMs: () => number;
  /** Called for bugs, with the ID that the reader got. */
  readonly onBug: (error: unknown, bug: { readonly reference: string; readonly operation: string }) => void;
  readonly newReference: () => string;
}

/** Nothing but our own stylesheet and icon is loaded, and nothing runs. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Pages, feeds and the API as one listener: read-only, the same for everyone, without cookies. */
export function createWeb(setting: WebSetting): RequestListener {
  const { monotonicMs } = setting;
  const limits = { ...LIMITS, ...setting.limits };
  const site = readSite(setting.publicUrl, setting.zone);
  const { library, renderPng, now } = setting;
  const services: WebServices = { library, renderPng, site, now };
  const problems = createProblems({ services, onBug: setting.onBug, newReference: setting.newReference });
  const app = new Hono<WebEnv>({ strict: false });
  const isTrusted = trustProxies(setting.trustedProxies);
  app.use(securityHeaders);
  app.onError(problems.onError);
  app.notFound(problems.onMissing);
  app.route('/', assetRoutes());
  app.use('/api/*', apiCors);
  app.use(guard({ limits, isTrusted, monotonicMs, refuse: problems.refuse }));
  app.use(etag({ generateDigest }));
  app.use(keepAnswers(limits.keptMs, monotonicMs));
  app.use(timeout(limits.timeoutMs));
  app.route('/', apiRoutes(services, setting.version));
  app.route('/', feedRoutes(services));
  app.route('/', pageRoutes(services));
  const listener = getRequestListener((request, env) => app.fetch(request, env as WebEnv['Bindings']), {
    overrideGlobalObjects: false,
  });
  return (request, response) => {
    request.url = withoutBase(request.url ?? '/', site.base);
    // No request has a body.
    request.resume();
    void listener(request, response);
  };
}

/** Synchronously: for pages of a few kilobytes the thread pool that hono uses takes longer. */
function generateDigest(body: Uint8Array): ArrayBuffer {
  return new Uint8Array(createHash('sha1').update(body).digest()).buffer;
}

/** A proxy may pass on the path that the pages are published under, or strip it. */
function withoutBase(url: string, base: string): string {
  if (base === '' || !url.startsWith(base)) return url;
  const rest = url.slice(base.length);
  return rest === '' || rest.startsWith('?') ? `/${rest}` : rest.startsWith('/') ? rest : url;
}

const securityHeaders: MiddlewareHandler<WebEnv> = async (c, next) => {
  await next();
  const { headers } = c.res;
  headers.set('content-security-policy', CONTENT_POLICY);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('x-frame-options', 'DENY');
};
