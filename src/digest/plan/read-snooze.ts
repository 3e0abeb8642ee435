import { DAY_MS, toIso } from '../time/iso.js';
import { parseMoment } from '../time/parse-moment.js';
import type { SnoozeEnd } from './snooze.js';

/** When a snooze ends, as people type it after a title. */
export type SnoozeTime =
  | { readonly endsWith: SnoozeEnd; readonly until: string | null }
  | { readonly endsWith: 'off' };

const UNIT_DAYS = { d: 1, w: 7, m: 30 } as const;
/** Longer is as good as never. */
const MOST_DAYS = 366;

/**
 * Removes what ends a snooze from the end of what was typed: `2w`, `3 days`, `2026-12-24` (09:00 there), `version`, `reply`, `done`, `off`;
 * `until` before it. Without any: until a new version. null if it is a date that is past or too far away.
 */
export function readSnooze(
  typed: string,
  nowMs: number,
  zone: string,
): { readonly words: string; readonly time: SnoozeTime } | null {
  const found =
    /(?:^|\s)(?:until:? ?|for )?(?:(\d{1,3}) ?(d|w|m)(?:ays?|eeks?|onths?)?|(\d{4}-\d{2}-\d{2})|(?:a |the )?(?:next |new )?(version|reply)|(done|off|wake))$/i.exec(
      typed.trim(),
    );
  if (found === null) return { words: typed.trim(), time: { endsWith: 'version', until: null } };
  const words = typed.trim().slice(0, found.index).trim();
  const [, n, unit, date, event, word] = found;
  if (word !== undefined)
    return {
      words,
      time: word.toLowerCase() === 'done' ? { endsWith: 'done', until: null } : { endsWith: 'off' },
    };
  if (event !== undefined)
    return { words, time: { endsWith: event.toLowerCase() === 'reply' ? 'reply' : 'version', until: null } };
  const days = Number(n) * (UNIT_DAYS[unit?.toLowerCase() as keyof typeof UNIT_DAYS] ?? 1);
  const untilMs =
    date === undefined ? nowMs + days * DAY_MS : Date.parse(parseMoment(`${date} 09:00`, nowMs, zone) ?? '');
  if (!(untilMs > nowMs) || untilMs > nowMs + MOST_DAYS * DAY_MS) return null;
  return { words, time: { endsWith: 'date', until: toIso(untilMs) } };
}
