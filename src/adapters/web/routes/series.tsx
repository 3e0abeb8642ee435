import { type Context, Hono } from 'hono';
import { UserError } from '../../../digest/failure/failure.js';
import { atVersion } from '../../../digest/series/at-version.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import { findVersion, type VersionName, versionName } from '../../../digest/series/version-name.js';
import { comparePath, seriesPath, versionPath } from '../../../digest/view/page-paths.js';
import type { Picture } from '../../../digest/view/picture/drawing.js';
import { hasTimeline, timelinePicture } from '../../../digest/view/picture/timeline.js';
import type { WebEnv } from '../guard.js';
import { readName, readPair } from '../named-versions.js';
import { href, type WebServices } from '../page.js';
import { ComparePage } from '../pages/compare.js';
import { MatchesPage } from '../pages/matches.js';
import { SeriesPage } from '../pages/series.js';
import { pairQuery, readQuery, searchQuery, versionQuery } from '../queries.js';
import { PICTURE, sendPicture } from '../send-picture.js';
import { pageContext, parametersOf } from './context.js';

/** `/series?q=WORDS`, `/series/ID-OR-WORDS`, `/series/ID/diff/v1..v2`. */
export function seriesRoutes(services: WebServices): Hono<WebEnv> {
  const app = new Hono<WebEnv>({ strict: false });
  app.get('/series', (c) => search(c, services, readQuery(searchQuery, parametersOf(c)).q));
  app.get('/series/:rest{.+}', (c) => {
    const rest = c.req.param('rest');
    const { of, form } = PICTURE.exec(rest)?.groups ?? {};
    if (of !== undefined && form !== undefined) return showTimeline(c, services, of, form);
    const { id, below } = splitPath(rest);
    if (below === null) return showSeries(c, services, id);
    return below === '' ? chooseVersions(c, services, id) : showComparison(c, services, id, below);
  });
  return app;
}

/** `ID`, `ID/diff` or `ID/diff/v1..v2`; a Message-ID may hold slashes itself. */
function splitPath(rest: string): { readonly id: string; readonly below: string | null } {
  const at = rest.lastIndexOf('/diff');
  const below = rest.slice(at + '/diff'.length);
  if (at <= 0 || (below !== '' && !below.startsWith('/'))) return { id: rest, below: null };
  return { id: rest.slice(0, at), below: below.slice(1) };
}

async function showSeries(c: Context<WebEnv>, services: WebServices, idOrWords: string) {
  const newest = await services.library.series(idOrWords);
  if (newest === null) return search(c, services, idOrWords);
  const { version } = readQuery(versionQuery, parametersOf(c));
  const series = version === undefined ? newest : atVersion(newest, versionOf(newest, readName(version)));
  const page = await pageContext(services);
  const timeline = hasTimeline(series) ? await timelineOf(services, series) : null;
  return c.html(<SeriesPage series={series} newest={newest} timeline={timeline} page={page} />);
}

/** `/series/ID/timeline.svg`, `/series/ID/timeline.png`. */
async function showTimeline(c: Context<WebEnv>, services: WebServices, id: string, form: string) {
  const series = await seriesNamed(services, id);
  return sendPicture(c, services, await timelineOf(services, series), form);
}

async function timelineOf({ library }: WebServices, series: SeriesRecord): Promise<Picture> {
  return timelinePicture(series, await library.tagTimes(series));
}

async function showComparison(c: Context<WebEnv>, services: WebServices, id: string, pair: string) {
  const series = await seriesNamed(services, id);
  const comparison = await services.library.compare(series, readPair(pair));
  const page = await pageContext(services);
  return c.html(<ComparePage series={series} comparison={comparison} page={page} />);
}

/** The parameters of the form on a series' page. */
async function chooseVersions(c: Context<WebEnv>, services: WebServices, id: string) {
  const series = await seriesNamed(services, id);
  const { from, to } = readQuery(pairQuery, parametersOf(c));
  const two = [versionOf(series, readName(from)), versionOf(series, readName(to))] as const;
  return c.redirect(href(services.site, comparePath(series.id, two)), 302);
}

/** A single match is opened; several are listed. */
async function search(c: Context<WebEnv>, services: WebServices, query: string) {
  const { library, site } = services;
  const { page: number, limit } = readQuery(searchQuery, parametersOf(c));
  if (query.trim() === '')
    throw new UserError(
      'usage',
      'There is nothing to search for.',
      'Type words of a title, an author or a link.',
    );
  const found = await library.search(query.slice(0, 300), { page: number, limit });
  const { chosen, isGuess, versions } = found;
  if (chosen !== null && !isGuess) return c.redirect(href(site, pathOf(chosen, versions)), 302);
  const page = await pageContext(services);
  const status = found.matches.length === 0 ? 404 : 200;
  return c.html(<MatchesPage query={query} found={found} number={number} page={page} />, status);
}

function pathOf(series: SeriesRecord, [first, second]: readonly VersionName[]): string {
  if (first === undefined) return seriesPath(series.id);
  return second === undefined ? versionPath(series.id, first) : comparePath(series.id, [first, second]);
}

async function seriesNamed({ library }: WebServices, id: string): Promise<SeriesRecord> {
  const series = await library.series(id);
  if (series !== null) return series;
  throw new UserError('no-series', 'That series is not here.', 'Search for words of its title.');
}

function versionOf({ revisions }: SeriesRecord, name: VersionName): RevisionRecord {
  const found = findVersion(revisions, name);
  if (found !== null) return found;
  throw new UserError(
    'no-such-version',
    `There is no ${versionName(name)} of this series here.`,
    `There are: ${revisions.map(versionName).join(', ')}.`,
  );
}
