import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { cameByProxy, trustProxies } from '../../adapters/web/client-address.js';
import type { Limits } from '../../adapters/web/guard.js';
import type { Log } from '../../digest/ports/log.js';
import { VERSION } from '../cli/version.js';
import type { Config } from '../config.js';
import type { Library } from '../library.js';
import { createPublicLibrary } from './create-public-library.js';

export interface PagesSetting {
  readonly library: Library;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly monotonicMs: () => number;
  /** Limits that differ from the default. */
  readonly limits?: Partial<Limits>;
}

/** Pages, feeds and the API over a library, ready to be mounted. Loaded only if something listens. */
export async function createPages({
  library,
  log,
  now,
  monotonicMs,
  limits = {},
}: PagesSetting): Promise<RequestListener> {
  const { createWeb } = await import('../../adapters/web/create-web.js');
  const { renderPng } = await import('../../adapters/picture/render-png.js');
  const { http, timeZone } = library.config;
  return createWeb({
    library: createPublicLibrary({ library, nowMs: now }),
    renderPng,
    publicUrl: http.publicUrl,
    zone: timeZone,
    version: VERSION,
    limits,
    trustedProxies: http.trustedProxies,
    now,
    monotonicMs,
    newReference: () => randomBytes(6).toString('base64url'),
    onBug: (error, { reference, operation: asked }) => log.error({ error, reference, asked }, 'page.failed'),
  });
}

/** Requests from outside get only pages. */
export function proxied({ http }: Config): { cameByProxy: (request: IncomingMessage) => boolean } {
  const isTrusted = trustProxies(http.trustedProxies);
  return { cameByProxy: (request) => cameByProxy(request, isTrusted) };
}
