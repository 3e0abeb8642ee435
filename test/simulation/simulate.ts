import type { ChatStore } from '../../src/adapters/store/chat/chat-store.js';
import { type AtOnce, createAtOnce } from '../../src/bot/deliver/at-once.js';
import { createDelivery, type Delivery } from '../../src/bot/deliver/delivery.js';
import { markStaleMessages } from '../../src/bot/deliver/mark-stale-messages.js';
import { createTick, type Tick } from '../../src/bot/deliver/tick.js';
import { ingest } from '../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../src/bot/ingest/inline-parser.js';
import type { MailParser } from '../../src/bot/ingest/mail-parser.js';
import type { MailStore } from '../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../src/bot/ingest/open-mail-store.js';
import { reindex } from '../../src/bot/ingest/reindex.js';
import { RULES_MARK } from '../../src/bot/ingest/rules-mark.js';
import { silentLog } from '../../src/bot/operation/log.js';
import { createMetrics } from '../../src/bot/operation/metrics.js';
import { archiveUrl } from '../../src/digest/mail/archive-url.js';
import type { ChatPlatform, PlatformName } from '../../src/digest/ports/chat-platform.js';
import type { Log } from '../../src/digest/ports/log.js';
import type { MailSource } from '../../src/digest/ports/mail-source.js';
import { emptyCatalog } from '../../src/digest/subsystem/catalog.js';
import { toIso } from '../../src/digest/time/iso.js';
import { partActions, partView } from '../../src/digest/view/part-view.js';
import { createMemoryChat, type MemoryChat } from '../fakes/memory-chat.js';
import { createMemoryPlatform } from '../fakes/memory-platform.js';
import { newDatabase } from '../lib/database.js';
import { postAtOnce } from './at-once.js';
import { splitBySubsystem } from './by-subsystem.js';
import { createForumChat, type ForumChat } from './forum-chat.js';
import type { Place } from './judge.js';
import { firings } from './local-times.js';
import { mixFollows } from './mixed-follows.js';
import { createLife, type Life, mortal } from './mortal.js';
import { otherRules } from './other-rules.js';
import { PLATFORMS } from './platforms.js';
import { type Arrival, makePostings, type Posting, upToTheHour } from './postings.js';
import { createRandom, type Random } from './random.js';
import { START_MS, settle } from './settle.js';
import { listWaiting } from './waiting.js';
import { createWeather, type Weather } from './weather.js';

export interface SimulationSetting {
  readonly seed: number;
  readonly days: number;
  readonly destinations: number;
  /** False: nothing fails, and times can be judged to the minute. */
  readonly stormy: boolean;
  /** On this day a database that other rules made is read again by the rules of now; never where it is left out. */
  readonly upgradeOnDay?: number;
}

export interface SimulationResult {
  readonly places: readonly Place[];
  readonly postings: readonly Posting[];
  /** When each mail was stored first, by its Message-ID. */
  readonly fetchedMs: ReadonlyMap<string, number>;
  readonly chats: ReadonlyMap<PlatformName, MemoryChat>;
  /** The one of them that has forums. */
  readonly forums: ForumChat;
  /** Addresses that refused us for a time, or what goes below a headline there. */
  readonly refusing: ReadonlySet<string>;
  readonly deaths: number;
  readonly untilMs: number;
  /** What our own code reported as bugs. */
  readonly bugs: readonly string[];
  /** What the upgrade changed in the chats; null if there was none. */
  readonly upgrade: Upgrade | null;
}

interface Upgrade {
  readonly atMs: number;
  /** Series that were there only before or only after: works that were joined and split. */
  readonly changed: number;
  /** Messages that were posted for it, and those that were edited, with when they had been posted. */
  readonly posted: number;
  readonly editedMs: readonly number[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CATALOG = emptyCatalog();
/** After the last posting: late mail takes days to come, then weekly digests, then those that were refused. */
const DRAIN_DAYS = 14;
/** Of delivery at one moment: far more than there are messages. */
const MOST_TURNS = 100_000;

/** Runs the product's ingest, tick and delivery on a simulated clock, and lets them crash and fail. */
export async function simulate(setting: SimulationSetting): Promise<SimulationResult> {
  const random = createRandom(setting.seed);
  const world = await makeWorld(setting, random);
  const { arrivals } = world.mail;
  const endMs = START_MS + (setting.days + DRAIN_DAYS) * DAY;
  const due = [...new Set(world.places.flatMap(({ schedule }) => firings(schedule, START_MS, endMs)))].sort(
    (a, b) => a - b,
  );
  let nextArrival = 0;
  let nextDue = 0;
  const upgradeMs = START_MS + (setting.upgradeOnDay ?? Number.POSITIVE_INFINITY) * DAY;
  let upgrade: Upgrade | null = null;
  while (world.nowMs() < endMs) {
    // Nothing in here waits for anything: the test's own time-out needs its turn.
    await new Promise((resolve) => setImmediate(resolve));
    const arrived: Arrival[] = [];
    for (; (arrivals[nextArrival]?.atMs ?? Number.POSITIVE_INFINITY) <= world.nowMs(); nextArrival++)
      arrived.push(arrivals[nextArrival] as Arrival);
    // A beat in between may tick for nothing, as the real one does each minute.
    const isDue = (due[nextDue] ?? Number.POSITIVE_INFINITY) <= world.nowMs();
    await world.changeFollows();
    world.forums.tend();
    await world.run(arrived, isDue || random.chance(0.05));
    while ((due[nextDue] ?? Number.POSITIVE_INFINITY) <= world.nowMs()) nextDue++;
    if (upgrade === null && world.nowMs() >= upgradeMs) upgrade = await world.upgrade();
    const retry = await world.store.chat.outbox.nextDue();
    const moments = [
      due[nextDue] ?? endMs,
      upToTheHour(arrivals[nextArrival]?.atMs ?? endMs),
      Math.max(
        Date.parse(retry ?? '9999-12-31T00:00:00Z'),
        world.nowMs() + (random.chance(0.3) ? MINUTE : 20 * MINUTE),
      ),
      world.weather.nextChange(world.nowMs()),
      world.nextFollowChange(),
      world.nextQuiet(),
    ];
    world.setNow(Math.min(endMs, ...moments));
  }
  await world.store.close();
  const { postings } = world.mail;
  const { refusing } = world.weather;
  return { ...world, postings, refusing, deaths: world.deaths(), untilMs: endMs, upgrade };
}

interface Process {
  readonly life: Life;
  readonly tick: Tick;
  readonly atOnce: AtOnce;
  readonly delivery: Delivery;
  readonly ingest: (arrived: readonly Arrival[]) => Promise<void>;
  /** Marks posted messages that are outdated by now. */
  readonly markStaleMessages: () => Promise<unknown>;
}

async function makeWorld(setting: SimulationSetting, random: Random) {
  let nowMs = START_MS;
  const now = () => nowMs;
  const store = await openMailStore(await newDatabase(), {
    catalog: () => CATALOG,
    archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/'),
  });
  const mail = makePostings(random, { startMs: START_MS, days: setting.days, perDay: 3 });
  const labelsFailUntilMs = setting.stormy ? START_MS + setting.days * DAY : 0;
  const forums = createForumChat({ now, labelsFailUntilMs });
  const chats = new Map<PlatformName, MemoryChat>([
    ...Object.entries(PLATFORMS).map(
      ([name, { idempotentMs }]) => [name as PlatformName, createMemoryChat({ now, idempotentMs })] as const,
    ),
    ['memory', forums],
  ]);
  const settled = await settle(store, random, setting.destinations, { forums });
  const mixed = await mixFollows(store, random, { places: settled, startMs: START_MS, days: setting.days });
  const given = { places: mixed.places, postings: mail.postings, fromMs: START_MS };
  // While mail is read by other rules, which work a mute or a thread belongs to is not known.
  const immediate =
    setting.upgradeOnDay === undefined ? await postAtOnce(store, random, given) : { ...mixed, changes: [] };
  const listed = await listWaiting(store, { ...given, places: immediate.places });
  const places = await splitBySubsystem(store, listed, START_MS);
  const changes = [...mixed.changes, ...immediate.changes].sort((a, b) => a.atMs - b.atMs);
  const fetched = createFetched(mail.postings);
  const weather = createWeather(random, { ...setting, startMs: START_MS, places, now });
  for (const [name, chat] of chats) chat.setFaults((request) => weather.faultFor(name, request));
  const bugs: string[] = [];
  const log: Log = { ...silentLog, error: (fields, message) => bugs.push(`${message} ${describe(fields)}`) };
  let parser = setting.upgradeOnDay === undefined ? inlineParser() : otherRules(inlineParser());
  const start = () => begin({ store, chats, forums, now, random, weather, log, parser: () => parser });
  let process = start();
  let deaths = 0;

  const run = async (arrived: readonly Arrival[], ticks: boolean): Promise<void> => {
    // What was not stored is read again: a source keeps its place.
    let left = arrived;
    for (;;) {
      await weather.apply(chats, store.chat);
      const finished = await untilDeath(process, left, ticks, () => {
        fetched.note(left, nowMs);
        left = [];
      });
      if (finished) return;
      deaths++;
      process = start();
    }
  };
  const upgrade = async (): Promise<Upgrade> => {
    const seriesNow = async () => {
      const ids = new Set<string>();
      for await (const { id } of store.allSeries()) ids.add(id);
      return ids;
    };
    const all = () => [...chats.values()].flatMap((chat) => chat.log);
    await run([], false);
    const before = new Map(all().map((message) => [message, message.edits]));
    const seriesBefore = await seriesNow();
    parser = inlineParser();
    await store.mark(RULES_MARK, 'other');
    await run([], false);
    await reindex(store, { parser, now: () => toIso(nowMs) });
    await run([], false);
    const seriesAfter = await seriesNow();
    const onlyIn = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
      [...a].filter((id) => !b.has(id)).length;
    const edited = [...before].filter(([message, edits]) => message.edits > edits);
    return {
      atMs: nowMs,
      changed: onlyIn(seriesBefore, seriesAfter) + onlyIn(seriesAfter, seriesBefore),
      posted: all().length - before.size,
      editedMs: edited.map(([{ at }]) => Date.parse(at)),
    };
  };
  const changeFollows = async (): Promise<void> => {
    while ((changes[0]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs) await changes.shift()?.apply(store);
  };
  return {
    upgrade,
    changeFollows,
    fetchedMs: fetched.ms,
    nextQuiet: () => fetched.nextQuiet(nowMs),
    nextFollowChange: () => changes[0]?.atMs ?? Number.POSITIVE_INFINITY,
    store,
    mail,
    chats,
    forums,
    places,
    weather,
    bugs,
    run,
    nowMs: now,
    deaths: () => deaths,
    setNow: (ms: number) => {
      nowMs = ms;
    },
  };
}

/** One beat of a process: mail, tick, delivery until nothing is due; false if it died on the way. */
async function untilDeath(
  { life, tick, atOnce, delivery, ingest, markStaleMessages }: Process,
  arrived: readonly Arrival[],
  ticks: boolean,
  stored: () => void,
): Promise<boolean> {
  const work = async (): Promise<void> => {
    if (arrived.length > 0) await ingest(arrived);
    stored();
    await markStaleMessages();
    await atOnce.run();
    if (ticks) await tick.run();
    for (let turns = 0; (await delivery.turn()) > 0; turns++)
      if (turns === MOST_TURNS) throw new Error(`delivery still finds messages due after ${turns} turns`);
  };
  await Promise.race([work(), life.end]);
  return !life.isOver();
}

function begin(parts: {
  readonly store: MailStore;
  readonly chats: ReadonlyMap<PlatformName, MemoryChat>;
  readonly forums: ForumChat;
  readonly now: () => number;
  readonly random: Random;
  readonly weather: Weather;
  readonly log: Log;
  readonly parser: () => MailParser;
}): Process {
  const { store, now, random, weather, log } = parts;
  const life = createLife(random, () => weather.riskOfDeath());
  const chat: ChatStore = mortal(store.chat, life);
  const platforms: ChatPlatform[] = [...parts.chats].map(([name, server]) =>
    server === parts.forums
      ? parts.forums.platform(life)
      : createMemoryPlatform({
          name,
          capabilities: PLATFORMS[name as keyof typeof PLATFORMS],
          ask: (request) => life.step(async () => server.ask(request)),
        }),
  );
  const planning = {
    chat,
    catalog: () => CATALOG,
    fitsOn: (name: PlatformName) => {
      const platform = platforms.find((candidate) => candidate.name === name);
      return platform === undefined ? null : platform.fits;
    },
    now,
    yieldToEventLoop: async () => undefined,
    onError: (_: unknown, error: unknown) => log.error({ error }, 'digest.plan_failed'),
  };
  const delivery = createDelivery({
    outbox: chat.outbox,
    platforms,
    show: (content) => ({ view: partView(content), actions: partActions(content) }),
    now,
    sleep: async () => undefined,
    random: () => random.next(),
    log,
    metrics: createMetrics(),
  });
  const { markOf, mark, seriesByMessage } = store;
  const noted = mortal({ chat: store.chat, markOf, mark, seriesByMessage }, life);
  return {
    life,
    tick: createTick(planning),
    atOnce: createAtOnce(planning),
    delivery,
    markStaleMessages: () => markStaleMessages({ store: noted, now }),
    ingest: async (arrived) =>
      void (await ingest(sourceOf(arrived), store, {
        parser: parts.parser(),
        now: () => toIso(now()),
      })),
  };
}

/** When each mail was stored first, and when postings of which some is missing have been quiet for half an hour. */
function createFetched(postings: readonly Posting[]) {
  const ms = new Map<string, number>();
  const postingOf = new Map(
    postings.flatMap((posting) => posting.members.map((id) => [id, posting] as const)),
  );
  let quiet: number[] = [];
  return {
    ms: ms as ReadonlyMap<string, number>,
    note(arrived: readonly Arrival[], nowMs: number): void {
      const fresh = arrived.map(({ event }) => event.where).filter((id) => !ms.has(id));
      for (const id of fresh) ms.set(id, nowMs);
      const isPart = (id: string) => postingOf.get(id)?.members.some((member) => !ms.has(member)) === true;
      if (fresh.some(isPart)) quiet.push(nowMs + 30 * MINUTE);
    },
    nextQuiet(nowMs: number): number {
      quiet = quiet.filter((at) => at > nowMs);
      return Math.min(...quiet);
    },
  };
}

export function sourceOf(arrived: readonly Arrival[]): MailSource {
  return {
    name: 'simulated',
    async *read() {
      for (const { event } of arrived) yield event;
    },
  };
}

function describe(fields: Readonly<Record<string, unknown>>): string {
  const { error, ...rest } = fields;
  return `${JSON.stringify(rest)} ${error instanceof Error ? error.stack : String(error)}`;
}
