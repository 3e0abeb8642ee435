import { Hono } from 'hono';
import { lastDays } from '../../../digest/schedule/received-window.js';
import { atomFeed } from '../feed/atom.js';
import { feedEntries } from '../feed/feed-entries.js';
import type { WebEnv } from '../guard.js';
import type { WebServices } from '../page.js';
import { feedQuery, readQuery } from '../queries.js';
import { pageContext, parametersOf } from './context.js';

const DAYS = 14;
const MOST_ENTRIES = 100;
/** How many series are checked for each follow: the window holds no more of a subsystem, and more of everything. */
const MOST_SERIES = 400;

/** `/feed.atom?follow=…` */
export function feedRoutes(services: WebServices): Hono<WebEnv> {
  const { library, site } = services;
  const app = new Hono<WebEnv>({ strict: false });
  app.get('/feed.atom', async (c) => {
    const follows = readQuery(feedQuery, parametersOf(c)).follow.map((typed) => library.readFollow(typed));
    const window = lastDays(DAYS, { ...(await pageContext(services)), zone: site.zone });
    const found = await Promise.all(follows.map((follow) => library.heardOf(follow, window, MOST_SERIES)));
    const series = [...new Map(found.flat().map((one) => [one.id, one])).values()];
    const feed = atomFeed({
      site,
      follows: follows.map(({ words }) => words),
      entries: feedEntries(series, window, MOST_ENTRIES),
      // If nothing happened, it must not change from one request to the next.
      updated: `${window.since.slice(0, 10)}T00:00:00Z`,
    });
    return c.body(feed, 200, {
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'public, max-age=300',
    });
  });
  return app;
}
