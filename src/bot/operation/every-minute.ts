import { whileAlone } from '../../adapters/store/engine/locks.js';
import type { Log } from '../../digest/ports/log.js';
import { DAY_MS, toIso } from '../../digest/time/iso.js';
import type { AtOnce } from '../deliver/at-once.js';
import { markStaleMessages } from '../deliver/mark-stale-messages.js';
import type { Tick } from '../deliver/tick.js';
import type { Library } from '../library.js';
import type { ClockWatch } from './clock-watch.js';
import { sourceStatuses } from './health.js';
import type { Metrics } from './metrics.js';

export interface MinuteSetting {
  readonly library: Library;
  readonly sourceNames: readonly string[];
  readonly tick: Pick<Tick, 'run'>;
  readonly atOnce: AtOnce;
  readonly clock: Pick<ClockWatch, 'check'>;
  readonly metrics: Pick<Metrics, 'tick' | 'sourceLag' | 'quarantined'>;
  readonly wake: () => void;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly monotonicMs: () => number;
}

export interface MinuteWork {
  /** Plans what is due and marks posted messages whose series changed; once a day the chores. */
  run(): Promise<void>;
  /** When what is due was last planned, or else when this was created (milliseconds since 1970). */
  lastTick(): number;
}

const CHORES_EVERY_MS = DAY_MS;
/** Slack repeats an event for some minutes at most. */
const KEEP_EVENTS_MS = DAY_MS;

export function createMinuteWork(setting: MinuteSetting): MinuteWork {
  const { library, sourceNames, tick, atOnce, clock, metrics, wake, log, now, monotonicMs } = setting;
  const { store } = library;
  let lastTickMs = now();
  let choresAt = Number.NEGATIVE_INFINITY;
  const planDue = async (): Promise<void> => {
    // Before the next digest names a series again: of those that did, only the last is known by then.
    await markStaleMessages({ store, now }).catch((error: unknown) =>
      log.error({ error }, 'edits.detection_failed'),
    );
    const began = monotonicMs();
    // Before the digests: what may be posted immediately is not left to them.
    await postAtOnce(atOnce, log);
    const { planned, due } = await tick.run();
    lastTickMs = now();
    metrics.tick(planned, (monotonicMs() - began) / 1000);
    if (due > 0) log.info({ due, planned }, 'digest.planned');
    wake();
  };
  return {
    lastTick: () => lastTickMs,
    async run() {
      await clock.check().catch((error: unknown) => log.error({ error }, 'clock.correction_failed'));
      await library.readLists().catch((error: unknown) => log.error({ error }, 'catalog.lists_failed'));
      // Only one process plans what is due, each digest in one transaction: another process would only find it done.
      const isAlone = await whileAlone(store.locks, 'tick', async () => {
        await planDue();
        return true;
      });
      // Another one is at it, or has been a moment ago.
      if (isAlone === null) lastTickMs = now();
      for (const { name, caughtUpAt } of await sourceStatuses(store, sourceNames))
        metrics.sourceLag(name, caughtUpAt === null ? null : (now() - Date.parse(caughtUpAt)) / 1000);
      metrics.quarantined(await store.readings.quarantine.count());
      // A moment in the future is from before the clock was set back.
      if (Math.abs(now() - choresAt) < CHORES_EVERY_MS) return;
      choresAt = now();
      await whileAlone(store.locks, 'chores', () => doChores(library, log, now()));
    },
  };
}

async function postAtOnce(atOnce: AtOnce, log: Log): Promise<void> {
  try {
    const { posts, heldBack } = await atOnce.run();
    if (posts + heldBack > 0) log.info({ posts, heldBack }, 'news.planned');
  } catch (error) {
    log.error({ error }, 'news.plan_failed');
  }
}

/** Forgets old events, and drops the raw bodies of mail older than RETENTION_DAYS: what was read of it, and what was delivered, stays. */
async function doChores({ store, config }: Library, log: Log, nowMs: number): Promise<void> {
  await store.chat.seenEvents.sweep(toIso(nowMs - KEEP_EVENTS_MS));
  const days = config.retentionDays;
  if (days === null) return;
  // By the newest mail as well: a clock that is far ahead must not make all mail old.
  const newestMs = Date.parse((await store.freshness()).received ?? toIso(nowMs));
  const count = await store.dropBodies(toIso(Math.min(nowMs, newestMs) - days * DAY_MS));
  if (count > 0) log.info({ count, days }, 'retention.bodies_dropped');
}
