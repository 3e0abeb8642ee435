import { z } from 'zod';
import { openZone } from '../time/zone.js';

const timeSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** Hours of each day, in local time, in which nothing is posted immediately. `HH:MM`; over midnight where `from` is the later. */
export const quietHoursSchema = z
  .object({ from: timeSchema, to: timeSchema })
  .refine(({ from, to }) => from !== to, 'they begin when they end');

export type QuietHours = z.infer<typeof quietHoursSchema>;

/** Whether clocks in a zone show a quiet hour: including the first minute, excluding the last. */
export function isQuiet(quiet: QuietHours | null, zone: string, atMs: number): boolean {
  if (quiet === null) return false;
  const { hour, minute } = openZone(zone).localTime(atMs);
  const shown = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const { from, to } = quiet;
  return from < to ? shown >= from && shown < to : shown >= from || shown < to;
}

const RANGE = /^(\d{1,2})(?::(\d\d))?\s*(?:-|–|to)\s*(\d{1,2})(?::(\d\d))?$/;

/** `22:00-07:00`, `22-7`; null for anything else. */
export function readQuietHours(typed: string): QuietHours | null {
  const match = RANGE.exec(typed.trim());
  if (match === null) return null;
  const time = (hour = '', minute = '00') => `${hour.padStart(2, '0')}:${minute}`;
  const read = quietHoursSchema.safeParse({ from: time(match[1], match[2]), to: time(match[3], match[4]) });
  return read.success ? read.data : null;
}

/** `22:00–07:00`. */
export function quietHoursText({ from, to }: QuietHours): string {
  return `${from}–${to}`;
}
