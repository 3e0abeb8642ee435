import { DAY_MS, HOUR_MS, MINUTE_MS, toIso } from './iso.js';
import { openZone } from './zone.js';

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const AGO = /^(\d{1,5})\s?(m|min|minutes?|h|hours?|d|days?|w|weeks?)(?:\s?ago)?$/;
const UNIT_MS = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };

/**
 * A moment as people type it: `2020-01-03`, `2020-01-03 14:00`, an ISO time with zone, `24h`, `7d`, `yesterday`, `now`.
 * Times without a zone are read in `zone`. ISO text in UTC, or null if it is none of these.
 */
export function parseMoment(text: string, nowMs: number, zone: string): string | null {
  const words = text.trim().toLowerCase();
  if (words === 'now') return toIso(nowMs);
  if (words === 'today' || words === 'yesterday') {
    const { localTime, momentOf } = openZone(zone);
    const local = localTime(nowMs - (words === 'yesterday' ? DAY_MS : 0));
    return toIso(momentOf({ ...local, hour: 0, minute: 0, second: 0 }));
  }
  const ago = AGO.exec(words);
  if (ago !== null) {
    const unit = ago[2]?.charAt(0) as keyof typeof UNIT_MS;
    return toIso(nowMs - Number(ago[1]) * UNIT_MS[unit]);
  }
  const date = DATE.exec(text.trim());
  if (date !== null)
    return parseLocal(
      date.slice(1).map((part) => Number(part ?? 0)),
      zone,
    );
  const absolute = /\d{4}-\d\d-\d\dT.*(?:z|[+-]\d\d:?\d\d)$/i.test(text.trim())
    ? Date.parse(text.trim())
    : Number.NaN;
  return Number.isNaN(absolute) ? null : toIso(absolute);
}

function parseLocal(parts: readonly number[], zone: string): string | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const check = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const real =
    check.getUTCMonth() === month - 1 && check.getUTCDate() === day && check.getUTCHours() === hour;
  if (!real || year < 1970 || minute > 59 || second > 59) return null;
  return toIso(openZone(zone).momentOf({ year, month, day, hour, minute, second }));
}
