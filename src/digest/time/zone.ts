import { DAY_MS } from './iso.js';

/** Local times in an IANA zone, by Intl's own tables. */

interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** One IANA zone, with its formatter: creating one costs far more than using it, so callers that use it often keep the Zone. */
export interface Zone {
  /** What clocks in the zone show at that moment. */
  localTime(epochMs: number): LocalTime;
  /**
   * The moment at which clocks in the zone show this time. A time that a clock change skips is moved past the gap by its distance into the
   * gap; one that occurs twice is the first.
   */
  momentOf(local: LocalTime): number;
}

/** Throws a RangeError for a name that is no zone: see `isZone`. */
export function openZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const local = (epochMs: number): LocalTime => readLocalTime(format, epochMs);
  return { localTime: local, momentOf: (shown) => momentIn(local, shown) };
}

/** True for `Europe/Berlin`, `UTC`; false for `CEST+1` and nonsense. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function readLocalTime(format: Intl.DateTimeFormat, epochMs: number): LocalTime {
  const parts: Record<string, number> = {};
  for (const part of format.formatToParts(epochMs)) parts[part.type] = Number(part.value);
  return {
    year: parts.year ?? 0,
    month: parts.month ?? 0,
    day: parts.day ?? 0,
    hour: parts.hour ?? 0,
    minute: parts.minute ?? 0,
    second: parts.second ?? 0,
  };
}

function momentIn(localTime: (epochMs: number) => LocalTime, local: LocalTime): number {
  const offsetMs = (epochMs: number): number => asUtc(localTime(epochMs)) - Math.floor(epochMs / 1000) * 1000;
  const utc = asUtc(local);
  const before = utc - offsetMs(utc - DAY_MS);
  const after = utc - offsetMs(utc + DAY_MS);
  for (const guess of [Math.min(before, after), Math.max(before, after)]) {
    if (guess + offsetMs(guess) === utc) return guess;
  }
  return before;
}

function asUtc({ year, month, day, hour, minute, second }: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
