import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
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

const loadSchema = z.object({
  asked: z.number(),
  statuses: z.record(z.string(), z.number()),
  p50Ms: z.number(),
  p99Ms: z.number(),
  /** Without the first ten seconds. */
  settledP99Ms: z.number(),
  maxMs: z.number(),
});
const usageSchema = z.object({ peakRssKb: z.number(), cpuUs: z.number() });

export interface LoadAnswer extends z.infer<typeof loadSchema> {
  readonly peakRssMb: number;
  /** Of the server, a request. */
  readonly cpuMs: number;
}

/**
 * `covernote serve` in a separate process, with a fixed number of requests a second from another, at fixed moments whether answers arrive
 * or not.
 */
export async function measureLoad(
  database: string,
  maintainers: string,
  paths: readonly string[],
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<LoadAnswer> {
  const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const usage = new URL('./report-usage.mjs', import.meta.url).href;
  const server = spawn(
    process.execPath,
    [file('../bin/covernote.js'), 'serve', '--port', '0', '--db', database, '--json'],
    {
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
      env: {
        ...process.env,
        NODE_OPTIONS: `--import ${usage}`,
        TRUSTED_PROXIES: '127.0.0.1',
        MAINTAINERS: maintainers,
      },
    },
  );
  const stopped = once(server, 'exit');
  const used = text(readableOf(server.stdio[3]));
  try {
    const url = await urlOf(readableOf(server.stdout));
    const asked = spawn(process.execPath, [file('./request-load.mjs'), url, `${perSecond}`, `${seconds}`], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    asked.stdin.end(JSON.stringify(paths));
    const ended = once(asked, 'exit');
    const printed = await text(asked.stdout);
    const [code] = await ended;
    if (code !== 0) throw new Error(`request-load.mjs ended with status ${code}`);
    const answer = loadSchema.parse(JSON.parse(printed));
    server.kill('SIGTERM');
    await stopped;
    const { peakRssKb, cpuUs } = usageSchema.parse(JSON.parse(await used));
    return { ...answer, peakRssMb: Math.round(peakRssKb / 1024), cpuMs: cpuUs / 1000 / answer.asked };
  } finally {
    server.kill('SIGKILL');
  }
}

async function urlOf(stdout: Readable): Promise<string> {
  for await (const line of createInterface({ input: stdout }))
    return z.object({ url: z.string() }).parse(JSON.parse(line)).url;
  throw new Error('covernote serve ended before it listened');
}

function readableOf(stream: unknown): Readable {
  if (!(stream instanceof Readable)) throw new Error('a stream of the child is missing');
  return stream;
}
