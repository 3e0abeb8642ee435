import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLibrary } from '../src/bot/compose.js';
import { readConfig } from '../src/bot/config.js';
import type { SeriesRecord } from '../src/digest/series/record.js';
import { measureLoad, measurePages, pagesOf } from './pages.js';
import { replicate } from './replicas.js';
import { measureIngest } from './speed.js';

const MAINTAINERS = ['../../shared/corpora/MAINTAINERS', '../examples/MAINTAINERS'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);
const MOST_MODELS = 2_000;
const TIMES = 300;
const LOAD = { perSecond: 200, seconds: 60 };

/** Pages over a mailbox and over many series, in process; then `covernote serve` over the mailbox under load. */
export async function reportPages(
  mailbox: string,
  folder: string,
  count: number,
  say: (line: string) => void,
): Promise<void> {
  const database = join(folder, 'pages.db');
  const maintainers = MAINTAINERS.find(existsSync) ?? '';
  await measureIngest(mailbox, database, { MAINTAINERS: maintainers });
  const models = await seriesOf(database, maintainers);
  say('');
  say('(i) pages, in process over loopback, warm, none of them kept');
  await reportLatency('over the mailbox', { path: database, held: models, hasMail: true });
  const replicas = join(folder, 'page-replicas.db');
  await replicate(replicas, models, count);
  await reportLatency(`over ${count.toLocaleString('en-US')} series (copies without mail)`, {
    path: replicas,
    held: await seriesOf(replicas, maintainers),
    hasMail: false,
  });
  const load = await measureLoad(database, maintainers, [...pagesOf(models).values()].flat(), LOAD);
  const answers = Object.entries(load.statuses).map(([status, n]) => `${status}: ${n}`);
  say(
    `    covernote serve as of today, for which the mail is old, ${LOAD.perSecond} requests/s for ${LOAD.seconds} s, ${answers.join(', ')}: p50 ${load.p50Ms.toFixed(1)} ms, p99 ${load.p99Ms.toFixed(1)} ms (${load.settledP99Ms.toFixed(1)} after ten seconds), the longest ${load.maxMs.toFixed(0)} ms from the moment each was due; ${load.cpuMs.toFixed(1)} ms of processor time a request, ${load.peakRssMb} MB at its peak`,
  );

  async function reportLatency(
    what: string,
    { path, held, hasMail }: { path: string; held: readonly SeriesRecord[]; hasMail: boolean },
  ): Promise<void> {
    say(`    ${what.padEnd(46)} p50 ms   p99 ms`);
    const found = await withDatabase(path, maintainers, (library) =>
      measurePages(library, pagesOf(held, hasMail), { times: TIMES, nowMs: newestMs(held) }),
    );
    for (const { page, p50Ms, p99Ms } of found)
      say(`      ${page.padEnd(44)} ${p50Ms.toFixed(1).padStart(6)} ${p99Ms.toFixed(1).padStart(8)}`);
  }
}

function withDatabase<T>(
  path: string,
  maintainers: string,
  use: Parameters<typeof withLibrary<T>>[2],
): Promise<T> {
  const read = readConfig({ DATABASE_URL: `sqlite:${path}`, MAINTAINERS: maintainers });
  if (!read.ok) throw new Error('the configuration was refused');
  return withLibrary(read.config, Date.now(), use);
}

function seriesOf(path: string, maintainers: string): Promise<SeriesRecord[]> {
  return withDatabase(path, maintainers, async ({ store }) => {
    const models: SeriesRecord[] = [];
    for await (const series of store.allSeries()) if (models.push(series) >= MOST_MODELS) break;
    return models;
  });
}

/** The moment of the newest mail: later, all of it is stale, and nothing is left to show. */
function newestMs(models: readonly SeriesRecord[]): number {
  return Math.max(...models.map(({ updated }) => (updated === null ? 0 : Date.parse(updated))));
}
