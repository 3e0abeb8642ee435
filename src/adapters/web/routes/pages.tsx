import { type Context, Hono } from 'hono';
import { UserError } from '../../../digest/failure/failure.js';
import type { PublicSubsystem } from '../../../digest/ports/public-library.js';
import { anchorMs, lastDays, readWindow } from '../../../digest/schedule/received-window.js';
import { subsystemPath } from '../../../digest/view/page-paths.js';
import type { Picture } from '../../../digest/view/picture/drawing.js';
import { weeksPicture } from '../../../digest/view/picture/weeks-picture.js';
import type { WebEnv } from '../guard.js';
import { href, type WebServices } from '../page.js';
import { DigestPage } from '../pages/digest.js';
import { HomePage } from '../pages/home.js';
import { SubsystemPage } from '../pages/subsystem.js';
import { SubsystemsPage } from '../pages/subsystems.js';
import { digestQuery, readQuery, readSort, subsystemsQuery, tableQuery } from '../queries.js';
import { PICTURE, sendPicture } from '../send-picture.js';
import { pageContext, parametersOf } from './context.js';
import { seriesRoutes } from './series.js';

const BUSIEST = 24;
const RECENT = 12;
const ROWS = 50;
/** The most series in each section of a subsystem's daily digest. */
const DAY_BUDGET = 12;

/** All HTML pages. */
export function pageRoutes(services: WebServices): Hono<WebEnv> {
  const { library, site } = services;
  const app = new Hono<WebEnv>({ strict: false });
  app.use(async (c, next) => {
    c.header('cache-control', 'public, max-age=60');
    await next();
  });
  app.get('/', async (c) => {
    const page = await pageContext(services);
    const { subsystems } = await library.followable('');
    const here = subsystems.filter(({ series }) => series > 0).slice(0, BUSIEST);
    return c.html(<HomePage recent={await library.recent(RECENT)} subsystems={here} page={page} />);
  });
  app.get('/subsystems', async (c) => {
    const { q, page: number } = readQuery(subsystemsQuery, parametersOf(c));
    const found = await library.followable(q);
    const page = await pageContext(services);
    return c.html(<SubsystemsPage words={q} number={number} found={found} page={page} />);
  });
  app.get('/digest', async (c) => {
    const { follow, since, until, max } = readQuery(digestQuery, parametersOf(c));
    const page = await pageContext(services);
    const follows = follow.map((typed) => library.readFollow(typed));
    const window = readWindow({ since, until }, { ...page, zone: site.zone });
    const digest = await library.digest({ follows, window, budget: max });
    const typed = { follow: follow.join(', '), since, until };
    return c.html(<DigestPage digest={digest} follows={follows} typed={typed} page={page} />);
  });
  app.get('/s/:slug{.+}', async (c) => {
    const rest = c.req.param('slug');
    const { of: name = rest, form } = PICTURE.exec(rest)?.groups ?? {};
    const subsystem = await library.subsystem(name);
    if (subsystem === null) throw await noSubsystem(services, name);
    if (form !== undefined) return sendPicture(c, services, await weeksFor(services, subsystem), form);
    if (subsystem.slug !== name) return c.redirect(href(site, subsystemPath(subsystem.slug)), 302);
    return showSubsystem(c, services, subsystem);
  });
  app.route('/', seriesRoutes(services));
  return app;
}

async function showSubsystem(c: Context<WebEnv>, services: WebServices, subsystem: PublicSubsystem) {
  const { library, site } = services;
  const { state, sort, q, page: number } = readQuery(tableQuery, parametersOf(c));
  const page = await pageContext(services);
  const follow = library.readFollow(`subsystem:${subsystem.slug}`);
  const question = {
    state,
    words: q,
    ...readSort(sort),
    page: number,
    limit: ROWS,
  };
  const window = lastDays(1, { ...page, zone: site.zone });
  const digest = await library.digest({ follows: [follow], window, budget: DAY_BUDGET });
  const table = await library.seriesOf(subsystem.slug, question);
  const weeks = await weeksFor(services, subsystem);
  const parts = { subsystem, words: follow.words, question, table, digest, weeks, page };
  return c.html(<SubsystemPage {...parts} />);
}

async function weeksFor(services: WebServices, { slug }: PublicSubsystem): Promise<Picture> {
  const untilMs = anchorMs(await pageContext(services));
  return weeksPicture(slug, await services.library.weeks(slug, untilMs));
}

async function noSubsystem({ library }: WebServices, name: string): Promise<UserError> {
  const { near } = await library.followable(name.slice(0, 200));
  return new UserError(
    'no-subsystem',
    `There is no subsystem “${name.slice(0, 60)}” here.`,
    near.length === 0
      ? 'The page “Subsystems” lists what can be followed.'
      : `Did you mean ${near.join(', ')}?`,
  );
}
