import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fits as fitsDiscord } from '../src/adapters/discord/render-message.js';
import { fits as fitsSlack } from '../src/adapters/slack/render-message.js';
import type { ChatStore } from '../src/adapters/store/chat/chat-store.js';
import { openEngine } from '../src/adapters/store/engine/open-engine.js';
import type { Db } from '../src/adapters/store/schema.js';
import { insertRows } from '../src/adapters/store/sets.js';
import { createTick } from '../src/bot/deliver/tick.js';
import type { Follow } from '../src/digest/follow/follow.js';
import type { SeriesRecord } from '../src/digest/series/record.js';
import { emptyCatalog } from '../src/digest/subsystem/catalog.js';
import { DAY_MS, toIso } from '../src/digest/time/iso.js';
import { addSeriesRows } from './replicas.js';
import { makeWeekly } from './waiting.js';

/** Each posting is in two of them: three follows want some sixty of a thousand, as those of kvm, mm and netdev would. */
const AREAS = 100;
const FOLLOWS = 3;
const REPLIES = 3;
const LOOK_EVERY_MS = 5;
/** The evening before, and the slot that all of them have. */
const NIGHT_MS = Date.parse('2026-03-02T20:00:00Z');
const SLOT_MS = Date.parse('2026-03-03T08:00:00Z');

export interface DigestLoad {
  readonly destinations: number;
  /** New postings since the last slot, each with its patches and some replies. */
  readonly series: number;
  /** Older ones, which no digest should feel. */
  readonly archive: number;
}

export interface DigestSpeed {
  readonly digests: number;
  readonly messages: number;
  readonly ms: number;
  readonly cpuMs: number;
  /** Of the longest time for which nothing else had a turn. */
  readonly longestMs: number;
}

/** Fills a database with an archive of copies of real series: one message, one copy each is what a digest could stumble over. */
export async function prepareArchive(
  path: string,
  models: readonly SeriesRecord[],
  load: DigestLoad,
): Promise<void> {
  const { db, close } = await openEngine(path);
  await addSeries(db, models, 0, load.archive, NIGHT_MS - 30 * 86_400_000);
  await close();
}

/** New mail, then one tick in which every destination is due. */
export async function measureDigests(
  path: string,
  chat: ChatStore,
  models: readonly SeriesRecord[],
  load: DigestLoad,
  /** Once a week, with what waits. */
  weekly = false,
): Promise<DigestSpeed> {
  await addDestinations(chat, load.destinations);
  if (weekly) await makeWeekly(path, { day: 2, since: toIso(NIGHT_MS - 10 * DAY_MS) });
  const { db, close } = await openEngine(path);
  await addSeries(db, models, load.archive, load.series, NIGHT_MS + 3_600_000);
  await close();
  const failures: unknown[] = [];
  const tick = createTick({
    chat,
    catalog: emptyCatalog,
    fitsOn: (platform) => (view) => (platform === 'discord' ? fitsDiscord(view, []) : fitsSlack(view, [])),
    now: () => SLOT_MS + 1_000,
    yieldToEventLoop: () => nextTurn(),
    onError: (_, error) => failures.push(error),
  });
  const held = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  held.enable();
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  const report = await tick.run();
  const [ms, used] = [performance.now() - from, process.cpuUsage(cpu)];
  held.disable();
  if (failures.length > 0) throw failures[0];
  return {
    digests: report.planned,
    messages: await messagesIn(path),
    ms,
    cpuMs: (used.user + used.system) / 1_000,
    longestMs: Math.max(0, held.max / 1e6 - LOOK_EVERY_MS),
  };
}

async function messagesIn(path: string): Promise<number> {
  const { db, close } = await openEngine(path);
  const row = await db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  await close();
  return row.n;
}

async function addDestinations(chat: ChatStore, count: number): Promise<void> {
  const madeAt = toIso(NIGHT_MS);
  for (let i = 0; i < count; i++) {
    const platform = i % 2 === 0 ? 'discord' : 'slack';
    const made = await chat.destinations.ensure(
      { platform, tenant: `t${i % 50}`, address: `c${i}`, kind: 'channel' },
      { name: `#c${i}`, zone: 'Europe/Berlin', setBy: 'u', setByName: 'u', madeAt },
    );
    const areas = Array.from({ length: FOLLOWS }, (_, n) => `area${(i * 7 + n * 13) % AREAS}`);
    await chat.follows.add(
      made.id,
      areas.map((slug) => ({
        tree: { version: 1, where: { kind: 'subsystem', slug }, bots: false } satisfies Follow,
        words: slug,
        madeBy: 'u',
        madeByName: 'u',
        madeAt,
      })),
    );
    const schedule = {
      version: 1 as const,
      zone: 'Europe/Berlin',
      times: ['09:00'],
      days: [1, 2, 3, 4, 5, 6, 7],
    };
    await chat.destinations.update(made.id, { schedule }, madeAt);
  }
}

const BATCH = 250;
/** The ids of a series' mails begin at its own times this. */
const IDS_A_SERIES = 10_000;

const MESSAGE = {
  id: 'number',
  key: 'text',
  kind: 'text',
  author_email: 'text',
  bot: 'number',
  date: 'text',
  received: 'text',
  component: 'number',
  revision_id: 'number',
  series_id: 'number',
} as const;
const COPY = { message_id: 'number', list: 'text', received: 'text', arrived_at: 'text' } as const;

async function addSeries(
  db: Db,
  models: readonly SeriesRecord[],
  first: number,
  count: number,
  fromMs: number,
): Promise<void> {
  for (let from = first; from < first + count; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, first + count - from) }, (_, n) =>
      replicaAt(models, from + n, toIso(fromMs + from + n)),
    );
    await db.transaction().execute((on) => addBatch(on, batch));
  }
}

interface DatedReplica {
  readonly id: number;
  readonly at: string;
  readonly record: SeriesRecord;
}

function replicaAt(models: readonly SeriesRecord[], i: number, at: string): DatedReplica {
  const model = models[i % models.length];
  if (model === undefined) throw new Error('there is no series to copy');
  return { id: i + 1, at, record: replica(model, i) };
}

/** Series as ingest leaves them, as far as digests look: documents, the mails of the latest postings, some replies, a copy of each. */
async function addBatch(on: Db, batch: readonly DatedReplica[]): Promise<void> {
  const series = batch.map(({ id, at, record }) => ({
    id,
    record,
    updated: at,
    title_key: '',
    search_row: id,
  }));
  await addSeriesRows(on, series);
  const messages = batch.flatMap(messagesOf);
  await insertRows(on, 'message', MESSAGE, messages);
  const copies = messages.map(({ id, received }) => ({
    message_id: id,
    list: 'area@example.org',
    received,
    arrived_at: received,
  }));
  await insertRows(on, 'copy', COPY, copies);
}

function messagesOf({ id, at, record }: DatedReplica) {
  const latest = record.revisions.at(-1);
  if (latest === undefined) return [];
  const patches = latest.patches.flatMap((patch) => (patch.messageId === null ? [] : [patch.messageId]));
  const mails = new Set([latest.id, ...patches]);
  const replies = Array.from({ length: REPLIES }, (_, n) => `reply-${n}.${latest.id}`);
  return [...mails, ...replies].map((key, n) => ({
    id: id * IDS_A_SERIES + n,
    key,
    kind: 'patch',
    author_email: `${key.length % 7}@example.org`,
    bot: 0,
    date: at,
    received: at,
    component: 0,
    revision_id: mails.has(key) ? id * IDS_A_SERIES : null,
    series_id: id,
  }));
}

function replica(model: SeriesRecord, i: number): SeriesRecord {
  const slug = (n: number) => `area${n % AREAS}`;
  return {
    ...model,
    id: i.toString(16).padStart(12, '0'),
    kind: 'series',
    bot: false,
    subsystems: [slug(i), slug(i * 3 + 1)].map((name, n) => ({
      slug: name,
      name,
      primary: n === 0,
      share: 1,
    })),
    revisions: model.revisions.map((revision) => ({
      ...revision,
      id: `${i}.${revision.id}`,
      messageId: `${i}.${revision.id}`,
      received: revision.total,
      patches: revision.patches.map((patch) => ({
        ...patch,
        messageId: patch.messageId === null ? null : `${i}.${patch.messageId}`,
      })),
    })),
  };
}
