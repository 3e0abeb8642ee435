/** Local times in an IANA zone, by Intl's own tables. */

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
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

/** Schedules of many places ask for the same few moments again and again, and Intl is slow. */
const knownTimes = new Map<string, Map<number, LocalTime>>();
const SHOWN_MOMENTS = 4_000;

/** What clocks in the zone show at that moment. */
export function localTime(epochMs: number, zone: string): LocalTime {
  let known = knownTimes.get(zone);
  if (known === undefined || known.size >= SHOWN_MOMENTS) {
    known = new Map();
    knownTimes.set(zone, known);
  }
  let local = known.get(epochMs);
  if (local === undefined) {
    local = readLocalTime(epochMs, zone);
    known.set(epochMs, local);
  }
  return local;
}

function readLocalTime(epochMs: number, zone: string): LocalTime {
  const parts: Record<string, number> = {};
  for (const part of formatFor(zone).formatToParts(epochMs)) parts[part.type] = Number(part.value);
  return {
    year: parts.year ?? 0,
    month: parts.month ?? 0,
    day: parts.day ?? 0,
    hour: parts.hour ?? 0,
    minute: parts.minute ?? 0,
    second: parts.second ?? 0,
  };
}

function offsetMs(epochMs: number, zone: string): number {
  const local = localTime(epochMs, zone);
  const shown = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
  return shown - Math.floor(epochMs / 1000) * 1000;
}

/**
 * The moment at which clocks in the zone show this time. A time that a change of clocks skips becomes the moment after
 * the gap by as much as it lies in it; one that comes twice is the first.
 */
export function momentOf(local: LocalTime, zone: string): number {
  const asUtc = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
  const before = asUtc - offsetMs(asUtc - 86_400_000, zone);
  const after = asUtc - offsetMs(asUtc + 86_400_000, zone);
  for (const guess of [Math.min(before, after), Math.max(before, after)]) {
    if (guess + offsetMs(guess, zone) === asUtc) return guess;
  }
  return before;
}
