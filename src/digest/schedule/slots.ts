import { DAY_MS, toIso } from '../time/iso.js';
import { openZone, type Zone } from '../time/zone.js';
import type { Schedule, Slot } from './schedule.js';

/** The longest silence whose missed slots are counted. */
const LOOK_BACK_MS = 366 * DAY_MS;

interface TimedSlot extends Slot {
  readonly dueMs: number;
  /** The time exists on that day: a clock change did not skip it. */
  readonly exists: boolean;
}

/** The first `n` slots after a moment, ascending. `zone`: the schedule's, if it is already open. */
export function nextSlots(schedule: Schedule, afterMs: number, n: number, zone?: Zone): Slot[] {
  const found: Slot[] = [];
  for (const slot of slotsAfter(schedule, afterMs, zone)) {
    if (found.length >= n) break;
    found.push({ name: slot.name, due: slot.due });
  }
  return found;
}

/** A slot that is due, with how many before it were missed and are merged into it. */
export interface DueSlot {
  readonly slot: Slot;
  readonly missed: number;
}

/**
 * The latest slot after the last one that was planned (`lastDueMs`) up to now; null if none is due. What was missed more
 * than a year ago is not counted.
 */
export function dueSlot(schedule: Schedule, lastDueMs: number, nowMs: number): DueSlot | null {
  let latest: Slot | null = null;
  let passed = 0;
  for (const slot of slotsAfter(schedule, Math.max(lastDueMs, nowMs - LOOK_BACK_MS))) {
    if (slot.dueMs > nowMs) break;
    latest = { name: slot.name, due: slot.due };
    passed++;
  }
  return latest === null ? null : { slot: latest, missed: passed - 1 };
}

/**
 * All slots after a moment, strictly ascending, without end. A time that clocks skip is moved past the gap by its distance into the gap; if
 * that is another slot's moment, the two are one. A time that occurs twice counts the first time.
 */
function* slotsAfter(
  schedule: Schedule,
  afterMs: number,
  zone = openZone(schedule.zone),
): Generator<TimedSlot> {
  const local = zone.localTime(afterMs);
  // Two days before: a whole day that a zone skips lands on the next.
  let day = Date.UTC(local.year, local.month - 1, local.day) - 2 * DAY_MS;
  let waiting: TimedSlot[] = [];
  for (; ; day += DAY_MS) {
    const beginsMs = waiting.length === 0 ? 0 : startOf(day, zone);
    const ready = waiting.filter((slot) => slot.dueMs < beginsMs);
    if (ready.length > 0) {
      waiting = waiting.slice(ready.length);
      for (const slot of ready) if (slot.dueMs > afterMs) yield slot;
    }
    const slots = slotsOf(day, schedule, zone);
    if (slots.length > 0) waiting = inOrder([...waiting, ...slots]);
  }
}

/** The first moment of a local day; every slot of it and of later days comes then or after. */
function startOf(day: number, zone: Zone): number {
  return zone.momentOf({ ...dateOf(day), hour: 0, minute: 0, second: 0 });
}

function slotsOf(day: number, { zone: name, times, days }: Schedule, zone: Zone): TimedSlot[] {
  const weekday = ((new Date(day).getUTCDay() + 6) % 7) + 1;
  if (!days.includes(weekday)) return [];
  const date = dateOf(day);
  return times.map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    const dueMs = zone.momentOf({ ...date, hour, minute, second: 0 });
    const shown = zone.localTime(dueMs);
    return {
      name: `${new Date(day).toISOString().slice(0, 10)}T${time} ${name}`,
      due: toIso(dueMs),
      dueMs,
      exists: shown.day === date.day && shown.hour === hour && shown.minute === minute,
    };
  });
}

function dateOf(day: number): { year: number; month: number; day: number } {
  const date = new Date(day);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** By moment; of two at the same time, the one that clocks really show. */
function inOrder(slots: readonly TimedSlot[]): TimedSlot[] {
  const sorted = [...slots].sort((a, b) => a.dueMs - b.dueMs || Number(b.exists) - Number(a.exists));
  return sorted.filter((slot, i) => slot.dueMs !== sorted[i - 1]?.dueMs);
}
