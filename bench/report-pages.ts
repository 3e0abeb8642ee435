import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCatalog } from '../src/bot/catalog.js';
import { withLibrary } from '../src/bot/compose.js';
import { readConfig } from '../src/bot/config.js';
import type { Describing } from '../src/bot/ingest/planning.js';
import { archiveUrl } from '../src/digest/mail/archive-url.js';
import type { SeriesRecord } from '../src/digest/series/record.js';
import { type LoadAnswer, measureLoad } from './load.js';
import { measureOnTime, type Punctuality } from './on-time.js';
import { measurePages, pagesOf } from './pages.js';
import { replicate } from './replicas.js';
import { measureIngest } from './speed.js';

const MAINTAINERS = ['../../shared/corpora/MAINTAINERS', '../examples/MAINTAINERS'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);
const MOST_MODELS = 2_000;
const TIMES = 300;
const LOAD = { perSecond: 200, seconds: 60 };

/** Pages over a mailbox and over so many series, in process; then `covernote serve` over the mailbox under load, and `covernote run` with digests due meanwhile. */
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
  const setting = { database, maintainers, paths: [...pagesOf(models).values()].flat(), load: LOAD };
  say(`    covernote serve as of today, for which the mail is old, ${loadText(await measureLoad(setting))}`);
  const { load, quiet, loaded } = await measureOnTime(setting, {
    folder,
    describing: describingBy(maintainers),
  });
  say(`    covernote run with the same pages, ${loadText(load)}`);
  say(`      ${onTimeText(loaded)} in this minute; ${onTimeText(quiet)} in a quiet minute before`);

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

function loadText({ statuses, p50Ms, p99Ms, settledP99Ms, maxMs, cpuMs, peakRssMb }: LoadAnswer): string {
  const answers = Object.entries(statuses).map(([status, n]) => `${status}: ${n}`);
  return `${LOAD.perSecond} requests/s for ${LOAD.seconds} s, ${answers.join(', ')}: p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms (${settledP99Ms.toFixed(1)} after ten seconds), the longest ${maxMs.toFixed(0)} ms from the moment each was due; ${cpuMs.toFixed(1)} ms of processor time a request, ${peakRssMb} MB at its peak`;
}

function onTimeText({ digests, messages, firstMs, lastMs }: Punctuality): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  return `${digests} digests of ${messages} messages due at once had come ${seconds(firstMs)} to ${seconds(lastMs)} s after it began`;
}

function describingBy(maintainers: string): Describing {
  const catalog = readCatalog(maintainers);
  return { catalog: () => catalog, archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/') };
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
