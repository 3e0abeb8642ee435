import { listed } from '../text/listed.js';
import type { Schedule } from './schedule.js';

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const isDays = (days: readonly number[], ...expected: number[]): boolean => days.join() === expected.join();

/** In words, for people: `daily at 09:00 (Europe/Berlin)`, `weekdays at 09:00 and 18:00 (UTC)`, `every hour on Monday (UTC)`. */
export function describeSchedule({ zone, times, days }: Schedule): string {
  const step = hourStep(times);
  const when = step === null ? `at ${listed(times)}` : step === 1 ? 'every hour' : `every ${step} hours`;
  const place = `(${zone})`;
  if (step !== null) return days.length === 7 ? `${when} ${place}` : `${when} on ${dayWords(days)} ${place}`;
  return `${dayWords(days)} ${when} ${place}`;
}

function dayWords(days: readonly number[]): string {
  if (days.length === 7) return 'daily';
  if (isDays(days, 1, 2, 3, 4, 5)) return 'weekdays';
  if (isDays(days, 6, 7)) return 'weekends';
  const names = listed(days.map((day) => DAY_NAMES[day - 1] ?? ''));
  return days.length === 1 ? `every ${names}` : names;
}

/** 3 for 00:00, 03:00 … 21:00; null if the times are not such a sequence of at least four. */
function hourStep(times: readonly string[]): number | null {
  const step = 24 / times.length;
  if (times.length < 4 || !Number.isInteger(step)) return null;
  const row = times.every((time, i) => time === `${String(i * step).padStart(2, '0')}:00`);
  return row ? step : null;
}
