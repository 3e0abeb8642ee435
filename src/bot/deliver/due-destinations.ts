import type { DueRow } from '../../adapters/store/chat/destination.js';
import { type DueSlot, dueSlot, nextSlots } from '../../digest/schedule/slots.js';
import { openZone, type Zone } from '../../digest/time/zone.js';

/** A destination with its slot that is due, and how many before it were missed. */
export interface DueDestination extends DueSlot {
  readonly id: number;
}

/** When the next slot after a last one comes; the same for all destinations that share a schedule. */
export type NextDueCache = Map<string, number>;

const MAX_CACHED = 20_000;

/** Which destinations are due at a moment: a pure function of what is stored and the clock. The cache only saves time. */
export function dueDestinations(
  rows: readonly DueRow[],
  nowMs: number,
  cache: NextDueCache = new Map(),
): DueDestination[] {
  if (cache.size > MAX_CACHED) cache.clear();
  // A process that starts knows nothing of any place yet, and opening a zone costs most of it.
  const zones = new Map<string, Zone>();
  const zoneOf = (name: string): Zone => {
    const zone = zones.get(name) ?? openZone(name);
    zones.set(name, zone);
    return zone;
  };
  return rows.flatMap((row) => {
    const key = `${row.lastDue} ${row.schedule.zone} ${row.schedule.times.join()} ${row.schedule.days.join()}`;
    const lastMs = Date.parse(row.lastDue);
    let nextMs = cache.get(key);
    if (nextMs === undefined) {
      nextMs = Date.parse(nextSlots(row.schedule, lastMs, 1, zoneOf(row.schedule.zone))[0]?.due ?? '');
      cache.set(key, nextMs);
    }
    if (nextMs > nowMs) return [];
    const due = dueSlot(row.schedule, lastMs, nowMs);
    return due === null ? [] : [{ id: row.id, ...due }];
  });
}
