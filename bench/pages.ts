import type { Library } from '../src/bot/library.js';
import { serveHttp } from '../src/bot/operation/http-server.js';
import { createMetrics } from '../src/bot/operation/metrics.js';
import { createPages, proxied } from '../src/bot/public/create-pages.js';
import type { SeriesRecord } from '../src/digest/series/record.js';
import {
  comparePath,
  digestPath,
  feedPath,
  seriesPath,
  subsystemPath,
} from '../src/digest/view/page-paths.js';

/** Series whose pages are requested. */
const SERIES = 150;
const WARM_UP = 10;

export interface PageLatency {
  readonly page: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Pages as readers ask for them, by what they show; each with many addresses. Versions are compared by their mails. */
export function pagesOf(
  models: readonly SeriesRecord[],
  hasMail = true,
): ReadonlyMap<string, readonly string[]> {
  const some = models.filter(({ kind, title }) => kind === 'series' && title !== '').slice(-SERIES);
  const many = hasMail ? some.filter(({ revisions }) => revisions.length > 1) : [];
  const slugs = [...new Set(models.flatMap(({ subsystems }) => subsystems.map(({ slug }) => slug)))].slice(
    0,
    30,
  );
  const word = ({ title }: SeriesRecord): string =>
    title.split(/\W+/).find(({ length }) => length > 4) ?? title;
  return new Map([
    ['front page', ['/']],
    ['a series', some.map(({ id }) => seriesPath(id))],
    ['a series in JSON', some.map(({ id }) => `/api${seriesPath(id)}`)],
    ['two versions compared', many.map(({ id, revisions }) => comparePath(id, pairOf(revisions)))],
    ['a timeline, SVG', some.map(({ id }) => `${seriesPath(id)}/timeline.svg`)],
    ['search for a word', some.map((one) => `/series?q=${encodeURIComponent(word(one))}`)],
    ['a subsystem', slugs.map(subsystemPath)],
    ['the list of subsystems', ['/subsystems', '/subsystems?q=net', '/subsystems?q=io']],
    ['a digest', slugs.map((slug) => digestPath([slug]))],
    ['a feed', slugs.map((slug) => feedPath([slug]))],
  ]);
}

function pairOf(
  revisions: SeriesRecord['revisions'],
): [SeriesRecord['revisions'][number], SeriesRecord['revisions'][number]] {
  const [before, last] = revisions.slice(-2);
  if (before === undefined || last === undefined) throw new Error('a series has one version');
  return [before, last];
}

/** Each page several times, one after another, over a loopback connection; nothing is kept, nothing is refused. */
export async function measurePages(
  library: Library,
  pages: ReadonlyMap<string, readonly string[]>,
  { times, nowMs }: { readonly times: number; readonly nowMs: number },
): Promise<readonly PageLatency[]> {
  const fail = (fields: unknown) => {
    throw new Error('a page failed', { cause: fields });
  };
  const quiet = () => undefined;
  const http = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    health: async () => ({ problems: [], facts: {} }),
    metrics: createMetrics(),
    ...proxied(library.config),
  });
  const log = { debug: quiet, info: quiet, warn: quiet, error: fail };
  const clock = { now: () => nowMs, monotonicMs: () => performance.now() };
  http.mount('/', await createPages({ library, log, ...clock, limits: { keptMs: 0, perMinute: 1e9 } }));
  const found: PageLatency[] = [];
  try {
    for (const [page, paths] of pages)
      if (paths.length > 0) found.push({ page, ...(await measurePage(http.url, paths, times)) });
  } finally {
    await http.close();
  }
  return found;
}

async function measurePage(
  url: string,
  paths: readonly string[],
  times: number,
): Promise<{ p50Ms: number; p99Ms: number }> {
  const taken: number[] = [];
  for (let i = 0; i < times + WARM_UP; i++) {
    const from = performance.now();
    const response = await fetch(url + (paths[i % paths.length] ?? '/'), { redirect: 'manual' });
    await response.arrayBuffer();
    // A search that finds one series leads to it.
    if (![200, 302].includes(response.status)) throw new Error(`${response.url} answers ${response.status}`);
    if (i >= WARM_UP) taken.push(performance.now() - from);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.floor(taken.length * share)] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}
