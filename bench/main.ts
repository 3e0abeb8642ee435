/**
 * `npm run bench`: how fast mail is read and questions are answered, compared with peers in the same run. Prints, asserts nothing.
 * `--only speed`, `latency`, `commands`, `digests`, `weekly`, `answers`, `pages` or `slopes` measures one part; `--largest N`: the largest
 * cluster of `slopes` (20,000); `--series N`: how many series are searched (100,000); `--archive N,N`: how many older series there are when
 * digests are planned (1,000 and 5,000); `--postgres URL`: `latency`, `commands`, `digests` and `weekly` use that server.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withLibrary } from '../src/bot/compose.js';
import { readConfig } from '../src/bot/config.js';
import type { MailStore } from '../src/bot/ingest/mail-store.js';
import { openMailStore } from '../src/bot/ingest/open-mail-store.js';
import { archiveUrl } from '../src/digest/mail/archive-url.js';
import type { SeriesRecord } from '../src/digest/series/record.js';
import { emptyCatalog } from '../src/digest/subsystem/catalog.js';
import { measureAnswers, type Waits } from './answers.js';
import { measureCommands } from './commands.js';
import { databasesAt } from './databases.js';
import { type DigestLoad, measureDigests, prepareArchive } from './digests.js';
import { measureQuestion } from './latency.js';
import { unpackMailbox } from './mailbox.js';
import { replicate } from './replicas.js';
import { reportPages } from './report-pages.js';
import { reportSpeed } from './report-speed.js';
import { measureAlone, measureClusters, measureFields, measureTags, type Slope } from './slopes.js';
import { measureIngest } from './speed.js';
import { measureBoard } from './waiting.js';

const QUESTIONS = [
  'io_uring zero copy receive',
  'fix',
  'mm',
  'fix mm',
  'memory fix page',
  'add support for',
  'foll_pin',
  'reg_buf',
  'ing_buf',
  'regsitered bufers',
  'Jens Axboe',
  'axboe@kernel.dk',
  'axboe timeout',
  'no-such-message@example.org',
  'qqqzzz',
  'fix qqqzzz',
  'the of a to in for on',
  'e',
  'zero c',
  'struct file',
  'io_uring f',
  'fix for the x86 kvm mmu page table walk in guest',
  'qqq www eee rrr ttt yyy uuu',
  'fix memory kvm vfio s390 arm64 uring ublk',
];
const TIMES = 200;
/** Through all commands. */
const ROUNDS = 100;

/** What chats take in a second, all channels together: both platforms' own limit is about that for one app. */
const MESSAGES_PER_SECOND = 50;
const DIGESTS: DigestLoad = { destinations: 1_000, series: 1_000, archive: 1_000 };
const WEEKLY: DigestLoad = { destinations: 2_000, series: 1_000, archive: 500 };

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    series: { type: 'string', default: '100000' },
    largest: { type: 'string', default: '20000' },
    archive: { type: 'string' },
    postgres: { type: 'string' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'covernote-bench-'));
const databases = databasesAt(folder, values.postgres);
const catalog = emptyCatalog();
const describing = { catalog: () => catalog, archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/') };
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  if (values.only === 'slopes') await reportSlopes(Number(values.largest));
  else await reportMailbox();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function reportMailbox(): Promise<void> {
  const mailbox = await unpackMailbox(folder);
  const database = join(folder, 'ingested.db');
  say(`Mail: ${mailbox.name}. Node ${process.version}.`);
  if (values.only === undefined || values.only === 'speed')
    await reportSpeed({ path: mailbox.path, database, folder, describing, say });
  else if (values.only !== 'answers' && values.only !== 'pages') await measureIngest(mailbox.path, database);
  const models = values.only === 'answers' || values.only === 'pages' ? [] : await seriesOf(database);
  if (values.only === undefined || values.only === 'latency')
    await reportLatency(models, Number(values.series));
  if (values.only === undefined || values.only === 'commands')
    await reportCommands(models, Number(values.series));
  if (values.only === undefined || values.only === 'digests') await reportDigests(models);
  if (values.only === undefined || values.only === 'digests' || values.only === 'weekly')
    await reportWeekly(models);
  if (values.only === undefined || values.only === 'answers') await reportAnswers(mailbox.path);
  if (values.only === undefined || values.only === 'pages')
    await reportPages(mailbox.path, folder, Number(values.series), say);
  if (values.only === undefined) await reportSlopes(Number(values.largest));
}

/** Processor time, so that what else the machine does matters little. */
async function reportSlopes(largest: number): Promise<void> {
  say('');
  say('(h) hostile mail: milliseconds of processor time a mail at 1, 2, 4 and 8 times the size; 1.0 is flat');
  const print = ({ name, msPerMail }: Slope) => {
    const slope = (msPerMail.at(-1) ?? 0) / (msPerMail[0] ?? 1);
    say(
      `    ${name.padEnd(42)} ${msPerMail.map((ms) => ms.toFixed(2).padStart(7)).join(' ')}   ${slope.toFixed(1)}`,
    );
  };
  const { tagsMs, plainMs } = await measureTags(folder);
  const { shortMs, longMs } = await measureAlone(folder, largest / 4);
  say(
    `    ten mails of 2,000 tags each: ${(tagsMs / plainMs).toFixed(1)} times ordinary mails of the same size`,
  );
  say(
    `    a reply that arrives alone: ${shortMs.toFixed(1)} ms in a short thread, ${longMs.toFixed(1)} ms in one of ${largest / 4}`,
  );
  for await (const slope of measureClusters(folder, largest)) print(slope);
  say('    fields, a unit of size:');
  for await (const slope of measureFields(folder)) print(slope);
}

async function seriesOf(database: string): Promise<SeriesRecord[]> {
  const models: SeriesRecord[] = [];
  const ingested = await openMailStore(database, describing);
  for await (const series of ingested.allSeries()) models.push(series);
  await ingested.close();
  return models;
}

/** Sizes of the archive behind the news, each measured by itself. */
function archives(): readonly number[] {
  if (values.archive === undefined) return [DIGESTS.archive, DIGESTS.archive * 5];
  return values.archive.split(',').map(Number);
}

async function reportDigests(models: readonly SeriesRecord[]): Promise<void> {
  say('');
  say(
    `(e) digests for ${DIGESTS.destinations.toLocaleString('en-US')} places due at once, ${DIGESTS.series.toLocaleString('en-US')} new revisions: worked out, cut into messages, stored`,
  );
  // Postings, as most of the archive holds single patches that a digest only counts.
  const postings = models.filter((series) => series.kind === 'series');
  for (const archive of archives()) {
    const path = await databases(`digests_${archive}`);
    const load = { ...DIGESTS, archive };
    const store = await openMailStore(path, describing);
    await prepareArchive(path, postings, load);
    const { digests, messages, ms, cpuMs, longestMs } = await measureDigests(
      path,
      store.chat,
      postings,
      load,
    );
    await store.close();
    const perSecond = (digests / ms) * 1_000;
    say(
      `    ${archive.toLocaleString('en-US').padStart(7)} older series: ${perSecond.toFixed(0)} digests/s, ${((messages / ms) * 1_000).toFixed(0)} messages/s (${(((messages / ms) * 1_000) / MESSAGES_PER_SECOND).toFixed(1)} times what a platform takes); ${(cpuMs / digests).toFixed(1)} ms of processor time a digest; the longest stretch ${longestMs.toFixed(0)} ms`,
    );
  }
}

async function reportWeekly(models: readonly SeriesRecord[]): Promise<void> {
  const postings = models.filter((series) => series.kind === 'series');
  const rates: number[] = [];
  for (const weekly of [false, true]) {
    const path = await databases(weekly ? 'weekly' : 'daily');
    const store = await openMailStore(path, describing);
    await prepareArchive(path, postings, WEEKLY);
    const { digests, ms } = await measureDigests(path, store.chat, postings, WEEKLY, weekly);
    await store.close();
    rates.push((digests / ms) * 1_000);
  }
  const [daily = 0, weekly = 0] = rates;
  say(
    `    weekly digests with all that waits for ${WEEKLY.destinations.toLocaleString('en-US')} places, ${WEEKLY.archive} series waiting: ${weekly.toFixed(0)} digests/s, ${(weekly / daily).toFixed(2)} times the rate of daily ones without it (at least 0.5)`,
  );
  const { boardMs, mineMs } = measureBoard(postings, Date.now());
  say(
    `    a board of 500 open series: ${boardMs.toFixed(1)} ms (under 50); a person's: ${mineMs.toFixed(1)} ms, of processor time`,
  );
}

async function reportAnswers(mailbox: string): Promise<void> {
  const read = readConfig({ DATABASE_URL: `sqlite:${join(folder, 'answers.db')}` });
  if (!read.ok) throw new Error('the configuration was refused');
  const { mails, ms, questions, changes } = await withLibrary(
    read.config,
    Date.now(),
    (library) => measureAnswers(library, mailbox),
    'fill',
  );
  const waitsText = ({ requests, p50Ms, p99Ms, maxMs }: Waits) =>
    `${String(requests).padStart(5)} requests, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, the longest ${maxMs.toFixed(0)} ms`;
  say('');
  say(
    `(f) commands while ${mails.toLocaleString('en-US')} mails are ingested (${(ms / 1000).toFixed(1)} s): due to answered`,
  );
  say(`    questions ${waitsText(questions)}`);
  say(`    changes   ${waitsText(changes)}`);
}

async function reportLatency(models: readonly SeriesRecord[], count: number): Promise<void> {
  const path = await databases('replicas');
  await replicate(path, models, count);
  const store = await openMailStore(path, describing);
  say('');
  say(
    `(d) a question about a series, in process, warm, over ${count.toLocaleString('en-US')} series (copies of ${models.length})`,
  );
  say(
    `    ${'question'.padEnd(50)} hits    p50 ms   p99 ms   suggestions p50, p99 ms   arithmetic as long, p99 ms`,
  );
  await reportQuestions(store);
  await store.close();
}

async function reportCommands(models: readonly SeriesRecord[], count: number): Promise<void> {
  const path = await databases('commands');
  await replicate(path, models, count);
  const store = await openMailStore(path, describing);
  const read = readConfig({});
  if (!read.ok) throw new Error('an empty configuration is wrong');
  const links = archiveUrl('https://lore.kernel.org/{list}/{id}/');
  const library = {
    store,
    catalog,
    readLists: async () => undefined,
    archiveUrl: links,
    config: read.config,
    isDemo: false,
  };
  say('');
  say(`(g) commands as the chats ask them, in process, warm, over ${count.toLocaleString('en-US')} series`);
  say(`    ${'command'.padEnd(42)} p50 ms   p99 ms`);
  let worst = 0;
  for (const { question, p50Ms, p99Ms } of await measureCommands(library, ROUNDS)) {
    worst = Math.max(worst, p99Ms);
    say(`    ${question.padEnd(42)} ${p50Ms.toFixed(2).padStart(6)} ${p99Ms.toFixed(2).padStart(8)}`);
  }
  say(`    the slowest p99: ${worst.toFixed(2)} ms`);
  await store.close();
}

async function reportQuestions(store: MailStore): Promise<void> {
  let worst = 0;
  // Without it the first would be charged for reading pages and for compiling what all of them use.
  for (const question of QUESTIONS) await measureQuestion(store, question, 1);
  for (const question of QUESTIONS) {
    const { answer, suggestions, control } = await measureQuestion(store, question, TIMES);
    worst = Math.max(worst, answer.p99Ms, suggestions.p99Ms);
    const times = [answer.p50Ms, answer.p99Ms, suggestions.p50Ms, suggestions.p99Ms, control.p99Ms];
    say(
      `    ${question.padEnd(50)} ${String(answer.hits).padStart(4)} ${times.map((ms) => ms.toFixed(2).padStart(9)).join('')}`,
    );
  }
  say(`    the slowest p99: ${worst.toFixed(2)} ms`);
}
