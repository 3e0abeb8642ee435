import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { type Endpoint, endpoints } from '../api/endpoints.js';
import { openApi } from '../api/open-api.js';
import type { WebEnv } from '../guard.js';
import { href, type WebServices } from '../page.js';
import { readQuery } from '../queries.js';
import { parametersOf } from './context.js';

/** Bodies of a page and its neighbors in a Link header (RFC 8288). */
const PAGED = 'page';

/** Pages of other sites may read it, refusals included: those say when to try again. */
export const apiCors = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD'],
  exposeHeaders: ['ETag', 'Link', 'Retry-After'],
  maxAge: 86_400,
});

/** `/api/…`: JSON for programs, from any site, as everything in it is public. */
export function apiRoutes(services: WebServices, version: string): Hono<WebEnv> {
  const app = new Hono<WebEnv>({ strict: false });
  app.use('/api/*', async (c, next) => {
    c.header('cache-control', 'public, max-age=60');
    await next();
  });
  const description = openApi(services.site, version);
  app.get('/api/openapi.json', (c) => c.json(description));
  for (const endpoint of endpoints)
    app.get(endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => answer(c, endpoint, services));
  return app;
}

async function answer(c: Context<WebEnv>, endpoint: Endpoint, services: WebServices): Promise<Response> {
  const given = parametersOf(c);
  const query = readQuery(endpoint.query, given);
  const { body, hasMore } = await endpoint.answer({ query, parameters: c.req.param() }, services);
  if (hasMore !== undefined) {
    const links = pageLinks(href(services.site, c.req.path), given, hasMore);
    if (links !== '') c.header('link', links);
  }
  return c.json(body as object);
}

function pageLinks(path: string, given: URLSearchParams, hasMore: boolean): string {
  const page = Number(given.get(PAGED) ?? '1');
  const to = (number: number, rel: string) => {
    const query = new URLSearchParams(given);
    query.set(PAGED, String(number));
    return `<${path}?${query}>; rel="${rel}"`;
  };
  return [...(page > 1 ? [to(page - 1, 'prev')] : []), ...(hasMore ? [to(page + 1, 'next')] : [])].join(', ');
}
