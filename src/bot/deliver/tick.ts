import type { ChatStore } from '../../adapters/store/chat/chat-store.js';
import type { Destination } from '../../adapters/store/chat/destination.js';
import type { DigestPlan } from '../../digest/plan/plan-digest.js';
import { type PartPlan, planParts } from '../../digest/plan/plan-parts.js';
import { type Spell, spellsOf } from '../../digest/plan/plan-waiting.js';
import { decidedElsewhere } from '../../digest/plan/waiting.js';
import type { PlatformName } from '../../digest/ports/chat-platform.js';
import type { Slot } from '../../digest/schedule/schedule.js';
import { nextSlots } from '../../digest/schedule/slots.js';
import type { Catalog } from '../../digest/subsystem/catalog.js';
import { DAY_MS, HOUR_MS, toIso } from '../../digest/time/iso.js';
import type { PagesAt } from '../../digest/view/page-link.js';
import { type FitsView, fitsPart } from '../../digest/view/part-view.js';
import { buildPlan } from './build-plan.js';
import { type DueDestination, dueDestinations, type NextDueCache } from './due-destinations.js';
import { followReader } from './ready-follows.js';
import { shareTouched } from './shared-touched.js';

export interface TickSetting {
  readonly chat: ChatStore;
  /** As it is now; it may be read again while the bot runs. */
  readonly catalog: () => Catalog;
  /** Whether a view goes into one message there; null for a platform that is not running: its slots wait for it. */
  readonly fitsOn: (platform: PlatformName) => FitsView | null;
  /** Where the pages are published, which headlines link to; absent: they are not. */
  readonly pagesAt?: PagesAt;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Lets what else has to be done have its turn, between two destinations. */
  readonly yieldToEventLoop: () => Promise<void>;
  /** A bug, or a database that fails: this destination was not planned, and is due again with the next tick. */
  readonly onError: (destination: Destination, error: unknown) => void;
}

/** What one tick did, in destinations. */
interface TickReport {
  readonly due: number;
  /** There is something to send now. */
  readonly planned: number;
  readonly empty: number;
  /** Someone else planned them, or changed them, meanwhile. */
  readonly lost: number;
  readonly failed: number;
}

interface DigestPreview {
  readonly plan: DigestPlan;
  readonly parts: readonly PartPlan[];
  /** null: none is scheduled, or it is paused. */
  readonly next: Slot | null;
}

type RequestedDigest =
  | { readonly kind: 'planned'; readonly slotId: number; readonly plan: DigestPlan }
  /** Nothing is new; nothing was written. */
  | { readonly kind: 'empty'; readonly plan: DigestPlan }
  /** Another digest for it was planned in this very moment. */
  | { readonly kind: 'busy' };

/** What became of a digest that was requested, as far as it is known by now. */
export type DigestNow = RequestedDigest & {
  /** Why the chat refused it or its thread, and what to do; absent if it did not, or has not answered yet. */
  readonly refused?: string;
};

export interface Tick {
  /** Plans every slot that is due. A call while it runs returns the current run. */
  run(): Promise<TickReport>;
  /** Computes what a destination would get now; writes nothing. */
  digestPreview(destination: Destination): Promise<DigestPreview>;
  /** Plans a digest now, on top of the schedule; in a paused destination too. */
  digestNow(destination: Destination): Promise<RequestedDigest>;
}

/** A digest that could not be sent for this long becomes part of the next one. */
const REQUESTED_STALE_MS = 2 * HOUR_MS;
/** Later than this a slot was missed. */
const ON_TIME_MS = HOUR_MS;

/** Plans digests: reads what is due and what arrived, and writes each digest with its outbox, ledger and cursor in one transaction. */
export function createTick(setting: TickSetting): Tick {
  const cache: NextDueCache = new Map();
  let running: Promise<TickReport> | null = null;
  return {
    run() {
      running ??= runOnce(setting, cache).finally(() => {
        running = null;
      });
      return running;
    },
    digestPreview: (destination) => preview(setting, destination),
    digestNow: (destination) => planNow(setting, destination),
  };
}

async function runOnce(setting: TickSetting, cache: NextDueCache): Promise<TickReport> {
  const { chat, fitsOn } = setting;
  const nowMs = setting.now();
  const due = new Map(
    dueDestinations(await chat.destinations.scheduled(), nowMs, cache).map((one) => [one.id, one]),
  );
  const report = { due: due.size, planned: 0, empty: 0, lost: 0, failed: 0 };
  if (due.size === 0) return report;
  const destinations = (await chat.destinations.byIds([...due.keys()])).sort(
    (a, b) => b.cursorSeq - a.cursorSeq || a.id - b.id,
  );
  const stored = await chat.follows.ofDestinations([...due.keys()]);
  const upTo = await chat.touched.lastSeq();
  const touchedSince = shareTouched(
    chat.touched.touched,
    upTo,
    destinations.map(({ cursorSeq }) => cursorSeq),
  );
  const ready = followReader(setting.catalog());
  const waiting = readWaiting(chat, nowMs);
  for (const destination of destinations) {
    const slot = due.get(destination.id);
    const fits = fitsOn(destination.platform);
    if (slot === undefined || fits === null) continue;
    try {
      const follows = (stored.get(destination.id) ?? []).map(ready);
      const touched = follows.length === 0 ? [] : await touchedSince(destination.cursorSeq);
      const plan = await buildPlan(chat, { destination, follows, touched, upTo, nowMs, waiting });
      report[await write(setting, destination, slot, plan, fits, nowMs)]++;
    } catch (error) {
      report.failed++;
      setting.onError(destination, error);
    }
    await setting.yieldToEventLoop();
  }
  return report;
}

/** Series silent for longer than this are stale already, which is not news. */
const OPEN_DAYS = 100;

/** Reads what waits once, and only where a destination asks. */
function readWaiting(chat: ChatStore, nowMs: number): () => Promise<readonly Spell[]> {
  let read: Promise<readonly Spell[]> | null = null;
  return () => {
    read ??= readSpells(chat, nowMs);
    return read;
  };
}

/** What replaced a series may be decided already: it is read for those that wait. */
async function readSpells({ touched }: ChatStore, nowMs: number): Promise<readonly Spell[]> {
  const since = toIso(nowMs - OPEN_DAYS * DAY_MS);
  const spells = spellsOf(await touched.open(since), toIso(nowMs));
  const authors = spells.flatMap((spell) =>
    spell.for === null ? [] : spell.series.author.email.toLowerCase(),
  );
  const decided = await touched.decided(authors, since);
  const isElsewhere = decidedElsewhere(decided.series);
  return spells.filter(({ for: what, series }) => what === null || !isElsewhere({ for: what, series }));
}

async function write(
  { chat, pagesAt }: TickSetting,
  destination: Destination,
  due: DueDestination,
  plan: DigestPlan,
  fits: FitsView,
  nowMs: number,
): Promise<'planned' | 'empty' | 'lost'> {
  const isEmpty = plan.reported.length === 0;
  const parts =
    isEmpty && destination.empty === 'skip'
      ? []
      : planParts(plan, fitsPart(fits, pagesAt), awayNotes(due, nowMs), destination.layout);
  const slotId = await chat.slots.plan({
    destination,
    kind: 'scheduled',
    due: due.slot.due,
    staleAt: staleAt(destination, Date.parse(due.slot.due), nowMs),
    digest: plan.digest,
    parts,
    cursorSeq: plan.cursorSeq,
    upTo: plan.upTo,
    now: toIso(nowMs),
  });
  if (slotId === null) return 'lost';
  return isEmpty ? 'empty' : 'planned';
}

/** Until the next slot, but at least an hour and at most a day from now. */
function staleAt({ schedule }: Destination, dueMs: number, nowMs: number): string {
  const next = schedule === null ? undefined : nextSlots(schedule, dueMs, 1)[0];
  const nextMs = next === undefined ? nowMs : Date.parse(next.due);
  return toIso(Math.min(Math.max(nextMs, nowMs + HOUR_MS), nowMs + 24 * HOUR_MS));
}

/** Says why a digest is late, or covers more than one. */
function awayNotes({ slot, missed }: DueDestination, nowMs: number): string[] {
  const late = nowMs - Date.parse(slot.due) > ON_TIME_MS;
  const digests = missed + (late ? 1 : 0);
  if (digests === 0) return [];
  return [
    digests === 1
      ? 'covernote was down: this covers a missed digest.'
      : `covernote was down: this covers ${digests} missed digests.`,
  ];
}

async function workOutAlone(
  { chat, catalog }: TickSetting,
  destination: Destination,
  nowMs: number,
): Promise<DigestPlan> {
  const follows = (await chat.follows.of(destination.id)).map(followReader(catalog()));
  const upTo = await chat.touched.lastSeq();
  const touched = follows.length === 0 ? [] : await chat.touched.touched(destination.cursorSeq, upTo);
  const waiting = readWaiting(chat, nowMs);
  return buildPlan(chat, { destination, follows, touched, upTo, nowMs, waiting });
}

async function preview(setting: TickSetting, destination: Destination): Promise<DigestPreview> {
  const nowMs = setting.now();
  const plan = await workOutAlone(setting, destination, nowMs);
  const { schedule, state, lastDue } = destination;
  const next =
    schedule === null || state !== 'active'
      ? null
      : (nextSlots(schedule, Math.max(nowMs, Date.parse(lastDue)), 1)[0] ?? null);
  return {
    plan,
    parts: planParts(
      plan,
      fitsPart(setting.fitsOn(destination.platform) ?? (() => true), setting.pagesAt),
      [],
      destination.layout,
    ),
    next,
  };
}

async function planNow(setting: TickSetting, destination: Destination): Promise<RequestedDigest> {
  const nowMs = setting.now();
  const plan = await workOutAlone(setting, destination, nowMs);
  if (plan.reported.length === 0) return { kind: 'empty', plan };
  const slotId = await setting.chat.slots.plan({
    destination,
    kind: 'asked',
    due: toIso(nowMs),
    staleAt: toIso(nowMs + REQUESTED_STALE_MS),
    digest: plan.digest,
    parts: planParts(
      plan,
      fitsPart(setting.fitsOn(destination.platform) ?? (() => true), setting.pagesAt),
      [],
      destination.layout,
    ),
    cursorSeq: plan.cursorSeq,
    upTo: plan.upTo,
    now: toIso(nowMs),
  });
  return slotId === null ? { kind: 'busy' } : { kind: 'planned', slotId, plan };
}
