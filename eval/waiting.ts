/**
 * Draws rows of each list of what waits, as of fixed days, for reading by hand: is it true that the series waits for that? For what waits
 * for a person and what is theirs, people are drawn among authors, recipients and maintainers. A series is drawn at most once a list, on the
 * first day that it is on it.
 * Run: `npx tsx eval/waiting.ts CORPUS DAY[,DAY…] [N] [SEED] [--json]`, say `npx tsx eval/waiting.ts io-uring-10k.mbox.gz 2025-02-01,2025-06-01 40`.
 */
import type { Store } from '../src/adapters/store/store.js';
import { readCatalog } from '../src/bot/catalog.js';
import { mineAmong } from '../src/bot/commands/board/find-mine.js';
import { mineKinds } from '../src/digest/plan/my-board.js';
import { board, waitingFor } from '../src/digest/plan/waiting.js';
import type { RevisionRecord, SeriesRecord } from '../src/digest/series/record.js';
import type { Catalog } from '../src/digest/subsystem/catalog.js';
import { maintainersOf } from '../src/digest/subsystem/maintainers-of.js';
import { eachDay } from './lib/ingested-corpus.js';
import { drawSample, seededRandom } from './lib/random.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';

/** What is waiting in a series on a day. */
interface Row {
  readonly list: string;
  readonly day: string;
  readonly series: SeriesRecord;
  readonly revision: RevisionRecord;
  readonly since: string;
  /** Of a person's board: why it is there, and theirs. */
  readonly why?: string;
  readonly person?: string;
}

const MINE = mineKinds.map((kind) => `me: ${kind}`);
/** People whose boards are made of each day. */
const PEOPLE = 80;
const MOST_PATHS = 20;

async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const [corpus = 'io-uring-10k.mbox.gz', typed = '2025-06-01', n = '40', seed = '1'] = process.argv
    .slice(2)
    .filter((word) => !word.startsWith('--'));
  requireShared(`corpora/${corpus}`);
  const random = seededRandom(Number(seed));
  const catalog = readCatalog(sharedPath('corpora/MAINTAINERS'));
  const found = new Map<string, Row>();
  const given = {
    days: typed
      .split(',')
      .sort()
      .map((day) => `${day}T00:00:00Z`),
    maintainers: sharedPath('corpora/MAINTAINERS'),
  };
  await eachDay(sharedPath(`corpora/${corpus}`), given, async (now, series, store) => {
    const people = drawSample(peopleOf(series, catalog, now), PEOPLE, random);
    const rows = rowsOf(series, now);
    for (const person of people) rows.push(...(await rowsFor(person, series, { store, catalog }, now)));
    const counts = [...waitingFor, ...MINE].map(
      (one) => `${one} ${rows.filter((row) => row.list === one).length}`,
    );
    console.error(`${corpus} as of ${now.slice(0, 10)}: ${series.length} series; ${counts.join(', ')}`);
    for (const row of rows) {
      const key = `${row.list} ${row.revision.id}`;
      if (!found.has(key)) found.set(key, row);
    }
  });
  for (const one of [...waitingFor, ...MINE]) {
    const rows = [...found.values()].filter(({ list }) => list === one);
    if (!json) console.log(`\n## ${one}: ${rows.length}`);
    for (const row of drawSample(rows, Number(n), random))
      console.log(json ? jsonOf(row, corpus) : lineOf(row));
  }
}

function rowsOf(series: readonly SeriesRecord[], now: string): Row[] {
  return board(series, now).map((row) => ({ ...row, list: row.for, day: now.slice(0, 10) }));
}

async function rowsFor(
  person: string,
  series: readonly SeriesRecord[],
  { store, catalog }: { readonly store: Store; readonly catalog: Catalog },
  now: string,
): Promise<Row[]> {
  const rows = await mineAmong(series, { emails: [person], catalog }, now, store);
  return rows.map((row) => ({
    ...row,
    list: `me: ${row.kind}`,
    day: now.slice(0, 10),
    person,
  }));
}

/** Authors of, recipients of and those who maintain what had mail in the last 90 days. */
function peopleOf(series: readonly SeriesRecord[], catalog: Catalog, now: string): string[] {
  const since = new Date(Date.parse(now) - 90 * 86_400_000).toISOString();
  const recent = series.filter(({ updated }) => (updated ?? '') > since);
  const people = recent.flatMap(({ author, recipients, paths }) => [
    author.email,
    ...recipients,
    ...maintainersOf(
      catalog,
      paths.slice(0, MOST_PATHS).map(({ path }) => path),
    ).map(({ email }) => email),
  ]);
  const lists = new Set(series.flatMap((one) => one.lists));
  return [...new Set(people.map((email) => email.toLowerCase()))].filter((one) => !lists.has(one)).sort();
}

function jsonOf({ list, day, series, revision, since, why, person }: Row, corpus: string): string {
  const ids = series.revisions.flatMap((one) => [
    one.messageId,
    ...one.patches.map((patch) => patch.messageId),
  ]);
  const { messageId, version, title } = revision;
  const evidence = series.state.evidence.map(({ messageId: id, quote }) => ({ messageId: id, quote }));
  const state = series.state.name;
  const row = { list, day, since: since.slice(0, 10), why, person, state, evidence };
  return JSON.stringify({ corpus, messageId, version, title, author: series.author, ...row, ids });
}

function lineOf({ day, series, revision, since, why, person }: Row): string {
  const evidence = series.state.evidence.map(
    ({ quote, by, date }) => `${date?.slice(0, 10)} ${by.name || by.email}: ${quote}`,
  );
  const whose = person === undefined ? '' : `, for ${person}: ${why}`;
  return [
    `- [${revision.messageId}] ${day}: v${revision.version} ${revision.title} (${series.author.name}), since ${since.slice(0, 10)}, ${series.replies} replies${whose}`,
    ...evidence.map((text) => `    ${text.slice(0, 200)}`),
  ].join('\n');
}

await main();
