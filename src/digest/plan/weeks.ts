import type { SeriesRecord } from '../series/record.js';
import { DAY_MS, toIso } from '../time/iso.js';

/** What became of the series that were first posted in one week, as of now. */
export interface Week {
  /** Its Monday, 00:00 UTC, ISO. */
  readonly from: string;
  readonly applied: number;
  /** Still open: new, under review, or changes requested. */
  readonly waiting: number;
  /** Rejected, replaced by other work, or silent for so long that it is stale. */
  readonly ended: number;
}

/** What of a series is needed to count it. */
export type CountedSeries = Pick<SeriesRecord, 'revisions' | 'state' | 'bot' | 'backport'>;

const WEEKS = 8;
const WEEK_MS = 7 * DAY_MS;
/** 1 January 1970 was a Thursday. */
const FIRST_MONDAY_MS = -3 * DAY_MS;

function mondayBefore(ms: number): number {
  return ms - ((((ms - FIRST_MONDAY_MS) % WEEK_MS) + WEEK_MS) % WEEK_MS);
}

/** When the first of the weeks began that end with the one of `untilMs`, in milliseconds since 1970. */
export function firstWeekMs(untilMs: number, weeks = WEEKS): number {
  return mondayBefore(untilMs) - (weeks - 1) * WEEK_MS;
}

/** The last weeks, oldest first. Series are as of now (stale where they are silent); what programs sent and backports are left out. */
export function weeksOf(series: Iterable<CountedSeries>, untilMs: number, weeks = WEEKS): readonly Week[] {
  const firstMs = firstWeekMs(untilMs, weeks);
  const counted = Array.from({ length: weeks }, () => ({ applied: 0, waiting: 0, ended: 0 }));
  for (const { revisions, state, bot, backport } of series) {
    const ms = Date.parse(revisions[0]?.arrived ?? '');
    const week = counted[Math.floor((ms - firstMs) / WEEK_MS)];
    if (week !== undefined && bot !== true && backport === undefined) week[fateOf(state.name)]++;
  }
  return counted.map((week, i) => ({ from: toIso(firstMs + i * WEEK_MS), ...week }));
}

function fateOf(state: SeriesRecord['state']['name']): 'applied' | 'waiting' | 'ended' {
  switch (state) {
    case 'applied':
    case 'merged':
      return 'applied';
    case 'new':
    case 'under-review':
    case 'changes-requested':
      return 'waiting';
    case 'superseded':
    case 'rejected':
    case 'stale':
      return 'ended';
    default:
      return state satisfies never;
  }
}
