import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Store } from '../../adapters/store/store.js';
import { type CountedSeries, firstWeekMs, type Week, weeksOf } from '../../digest/plan/weeks.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { MINUTE_MS, toIso } from '../../digest/time/iso.js';

/** Reading the series of a busy list takes a while: at most once in this time. */
const KEPT_MS = 10 * MINUTE_MS;
const KEPT_SLUGS = 500;
/** How many are read together, so that other requests can run in between. */
const SLICE = 100;
/** More than the busiest list has in eight weeks; beyond it the earlier weeks are left out rather than shown too low. */
const MOST_SERIES = 5_000;

export interface WeeksSetting {
  readonly store: Pick<Store, 'subsystemSeries'>;
  readonly asOfNow: (series: SeriesRecord) => SeriesRecord;
  readonly nowMs: () => number;
}

/** Reads the outcome of a subsystem's new series, by week. */
export function createWeeksReader({ store, asOfNow, nowMs }: WeeksSetting) {
  const kept = new Map<string, { readonly at: number; readonly weeks: Promise<readonly Week[]> }>();

  async function read(slug: string, untilMs: number): Promise<readonly Week[]> {
    const from = toIso(firstWeekMs(untilMs));
    const found: CountedSeries[] = [];
    let complete = from;
    for (let offset = 0; offset < MOST_SERIES; offset += SLICE) {
      const { rows } = await store.subsystemSeries({
        slug,
        states: null,
        heard: { from, before: null },
        words: '',
        order: 'updated',
        descending: true,
        limit: SLICE,
        offset,
      });
      for (const row of rows) {
        const { revisions, state, bot } = asOfNow(row);
        found.push({ revisions: revisions.slice(0, 1), state, ...(bot === undefined ? {} : { bot }) });
      }
      if (rows.length < SLICE) break;
      if (offset + SLICE >= MOST_SERIES) complete = rows.at(-1)?.updated ?? from;
      await yieldToEventLoop();
    }
    return weeksOf(found, untilMs).filter((week) => week.from >= complete);
  }

  return (slug: string, untilMs: number): Promise<readonly Week[]> => {
    const before = kept.get(slug);
    if (before !== undefined && Math.abs(nowMs() - before.at) < KEPT_MS) return before.weeks;
    if (kept.size >= KEPT_SLUGS) kept.clear();
    const weeks = read(slug, untilMs);
    kept.set(slug, { at: nowMs(), weeks });
    weeks.catch(() => kept.delete(slug));
    return weeks;
  };
}
