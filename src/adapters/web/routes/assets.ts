import { Hono } from 'hono';
import type { WebEnv } from '../guard.js';
import { siteIcon, stylesheet } from '../stylesheet.js';

const FOR_EVER = 'public, max-age=31536000, immutable';
/** Keeps crawlers from duplicates and from endless combinations: every pair of versions, every window. */
const ROBOTS = `User-agent: *
Disallow: /api/
Disallow: /digest
Disallow: /feed.atom
Disallow: /series/*/diff
Disallow: /series/*/timeline
Disallow: /s/*?
`;

/** The static assets of the pages; they cost nothing, so they do not count toward a client's limit. */
export function assetRoutes(): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  for (const { path, type, body } of [stylesheet, siteIcon])
    app.get(path, (c) => c.body(body, 200, { 'content-type': type, 'cache-control': FOR_EVER }));
  app.get('/robots.txt', (c) =>
    c.body(ROBOTS, 200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'public, max-age=86400',
    }),
  );
  return app;
}
