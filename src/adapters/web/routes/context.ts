import type { Context } from 'hono';
import type { WebEnv } from '../guard.js';
import type { PageContext, WebServices } from '../page.js';

export async function pageContext({ library, site, now }: WebServices): Promise<PageContext> {
  return { site, nowMs: now(), newestMail: await library.newestMail() };
}

export function parametersOf(c: Context<WebEnv>): URLSearchParams {
  return new URL(c.req.url).searchParams;
}
