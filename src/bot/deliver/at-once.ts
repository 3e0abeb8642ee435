import type { Destination } from '../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../adapters/store/chat/follows.js';
import { candidatesOf, type DeliveryFollow, memberKeys } from '../../digest/plan/candidates.js';
import { type AtOnceCandidate, type AtOncePlan, planAtOnce } from '../../digest/plan/plan-at-once.js';
import type { TouchedSeries } from '../../digest/plan/touched.js';
import { isQuiet } from '../../digest/schedule/quiet-hours.js';
import { HOUR_MS, toIso } from '../../digest/time/iso.js';
import { type FitsView, fitsPart } from '../../digest/view/part-view.js';
import { followReader } from './ready-follows.js';
import { shareTouched } from './shared-touched.js';
import type { TickSetting } from './tick.js';

/** What one look for news did, in messages and in destinations. */
interface AtOnceReport {
  /** Messages that are on their way now. */
  readonly posts: number;
  /** What the hourly limits leave to the digests. */
  readonly heldBack: number;
  readonly failed: number;
}

export interface AtOnce {
  /** Plans what is posted immediately, up to what is stored now. A call while it runs returns the current run. */
  run(): Promise<AtOnceReport>;
}

/** What could not be sent for this long is left to the next digest. */
const STALE_MS = HOUR_MS;

/**
 * Posts immediately for follows with `when:now`, through the same ledger and outbox as a digest, and what is not posted is left to the next
 * one.
 */
export function createAtOnce(setting: TickSetting): AtOnce {
  let running: Promise<AtOnceReport> | null = null;
  return {
    run() {
      running ??= runOnce(setting).finally(() => {
        running = null;
      });
      return running;
    },
  };
}

/** A destination with what it wants immediately, and from which seq on. */
interface Looking {
  readonly destination: Destination;
  readonly follows: readonly DeliveryFollow[];
  readonly after: number;
}

async function runOnce(setting: TickSetting): Promise<AtOnceReport> {
  const { chat } = setting;
  const report = { posts: 0, heldBack: 0, failed: 0 };
  const stored = await chat.follows.postedAtOnce();
  if (stored.size === 0) return report;
  const nowMs = setting.now();
  const upTo = await chat.touched.lastSeq();
  const looking = lookingOf(setting, await chat.destinations.byIds([...stored.keys()]), stored, upTo);
  const touchedSince = shareTouched(
    chat.touched.touched,
    upTo,
    looking.map(({ after }) => after),
  );
  const posted = await chat.slots.postedAtOnce(
    looking.map(({ destination }) => destination.id),
    toIso(nowMs - HOUR_MS),
  );
  const idle: number[] = [];
  for (const one of looking) {
    const { destination } = one;
    const fits = setting.fitsOn(destination.platform);
    if (fits === null) continue;
    try {
      const triggered = await triggersOf(setting, one, await touchedSince(one.after), upTo);
      if (triggered.length === 0) idle.push(destination.id);
      else {
        const room = roomAt(destination, posted.get(destination.id) ?? 0, nowMs);
        const plan = await planFor(setting, one, { triggered, upTo, nowMs, room, fits });
        report.heldBack += plan.heldBack;
        report.posts += await write(setting, one, plan, upTo, nowMs);
      }
    } catch (error) {
      report.failed++;
      setting.onError(destination, error);
    }
    await setting.yieldToEventLoop();
  }
  await chat.destinations.lookedAtOnce(idle, upTo);
  return report;
}

/** How many messages may be posted at a place now. */
function roomAt({ layout, zone }: Destination, posted: number, nowMs: number): number {
  return isQuiet(layout.quiet, zone, nowMs) ? 0 : Math.max(0, layout.limit - posted);
}

/** Those for which something arrived; in the order in which what arrived is read once for many. */
function lookingOf(
  { catalog }: TickSetting,
  destinations: readonly Destination[],
  stored: ReadonlyMap<number, readonly StoredFollow[]>,
  upTo: number,
): Looking[] {
  const ready = followReader(catalog());
  return destinations
    .map((destination): Looking => {
      const follows = (stored.get(destination.id) ?? []).map(ready);
      const starts = follows.filter(({ atOnce }) => atOnce).map(({ sinceSeq }) => sinceSeq);
      // What was here before a follow began is the first digest's, and so is what the follow reaches back to.
      return { destination, follows, after: Math.max(destination.nowSeq, Math.min(...starts)) };
    })
    .filter(({ after }) => after < upTo)
    .sort((a, b) => b.after - a.after || a.destination.id - b.destination.id);
}

interface Triggered {
  readonly touched: TouchedSeries;
  /** The lowest seq of what a follow posts immediately. */
  readonly fromSeq: number;
}

/** The series with news that a follow posts immediately. */
async function triggersOf(
  { chat }: TickSetting,
  { destination, follows, after }: Looking,
  touched: readonly TouchedSeries[],
  upTo: number,
): Promise<Triggered[]> {
  const atOnce = follows
    .filter((follow) => follow.atOnce)
    .map((follow) => ({ ...follow, reachesBackTo: null }));
  const candidates = candidatesOf({ follows: atOnce, touched, after, upTo });
  if (candidates.length === 0) return [];
  const muted = await chat.mutes.keys(destination.id);
  return candidatesOf({ follows: atOnce, touched, after, upTo, muted }).map((candidate) => ({
    touched: candidate.touched,
    fromSeq: candidate.arrivals[0]?.seq ?? upTo,
  }));
}

async function planFor(
  { chat }: TickSetting,
  { destination, follows, after }: Looking,
  given: {
    readonly triggered: readonly Triggered[];
    readonly upTo: number;
    readonly nowMs: number;
    readonly room: number;
    readonly fits: FitsView;
  },
): Promise<AtOncePlan> {
  const { triggered, upTo, nowMs } = given;
  const from = Math.min(destination.cursorSeq, after);
  // What quiet hours and limits held back about these series is posted with newer news: otherwise the ledger would skip it.
  const touched =
    from < after
      ? await chat.touched.touchedOf(
          triggered.flatMap(({ touched: { members } }) => [...members.keys()].slice(0, 1)),
          from,
          upTo,
        )
      : triggered.map((one) => one.touched);
  const lowest = new Map(triggered.map((one) => [one.touched.series.id, one.fromSeq]));
  const candidates = candidatesOf({ follows, touched, after: from, upTo });
  const keys = memberKeys(candidates);
  const threads = await chat.threadsOf(destination.id, keys);
  return planAtOnce(
    {
      candidates: candidates.map(
        (whole): AtOnceCandidate => ({ whole, fromSeq: lowest.get(whole.touched.series.id) ?? upTo }),
      ),
      delivered: await chat.ledger.delivered(destination.id, keys),
      mentioned: await chat.ledger.mentioned(destination.id, keys),
      threads: new Map(threads.map(({ key, outboxId }) => [key, outboxId])),
      follows,
      choice: destination.layout,
      form: destination.layout.form,
      window: { since: toIso(nowMs), until: toIso(nowMs) },
      room: given.room,
      nowMs,
      upTo,
    },
    fitsPart(given.fits),
  );
}

/** Returns how many messages are on their way. */
async function write(
  { chat }: TickSetting,
  { destination, after }: Looking,
  plan: AtOncePlan,
  upTo: number,
  nowMs: number,
): Promise<number> {
  if (plan.posts.length === 0) {
    await chat.destinations.lookedAtOnce([destination.id], plan.cursorSeq);
    return 0;
  }
  const slotId = await chat.slots.plan({
    destination,
    kind: 'now',
    due: toIso(nowMs),
    staleAt: toIso(nowMs + STALE_MS),
    digest: plan.digest,
    parts: plan.posts,
    cursorSeq: plan.cursorSeq,
    fromSeq: Math.min(destination.cursorSeq, after),
    upTo,
    now: toIso(nowMs),
  });
  return slotId === null ? 0 : plan.posts.length;
}
