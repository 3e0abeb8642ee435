import { oneLine, shorten } from '../text/inert.js';
import { byWord, words } from '../text/words.js';

export const EXAMPLES = 'For example: `09:00`; `09:00 18:00 weekdays Europe/Berlin`; `weekly monday 09:00`.';
export const TIME_REMEDY = 'Type hours and minutes from 00:00 to 23:59, for example 09:00, 18:30 or 9am.';
const MAX_LENGTH = 300;
export const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
const WEEKDAYS = [1, 2, 3, 4, 5];
export const DAY_WORDS = words('monday tuesday wednesday thursday friday saturday sunday');
const FILLERS = new Set(words('at on every each and the in from day days a & +'));
/** What people request that does not exist, with the existing equivalent. */
const NOT_THERE = byWord({
  'A digest comes at least once a week': 'monthly month biweekly fortnightly yearly',
  'A digest comes once an hour at most': 'minutely minute minutes',
  'To stop digests, pause them': 'never',
});

/** Numbers and words that count days, weeks or minutes: a schedule has days of the week and hours of the day. */
const COUNTED = /^(?:\d{1,4}|other|second|third|two|three|four|five|six|ten|few|couple)$/;
const COUNTED_UNIT = /^(?:days?|weeks?|months?|years?|min|mins|minutes?|sec|secs|seconds?|d|w)$/;

/** What was read of a schedule so far. */
export interface Reading {
  readonly times: Set<string>;
  readonly days: Set<number>;
  weekly: boolean;
  /** Words that are neither: together they name the zone. */
  readonly rest: string[];
  problem: { message: string; remedy: string; suggestions: readonly string[] } | null;
}

export function newReading(weekly: boolean): Reading {
  return { times: new Set(), days: new Set(), weekly, rest: [], problem: null };
}

/** Reads words into what was read before; false if there are too many. */
export function readWords(text: string, reading: Reading): boolean {
  if (text.length > MAX_LENGTH) return false;
  const words = oneLine(text)
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .flatMap(parted);
  for (let at = 0; at < words.length && reading.problem === null; ) at += readWord(words, at, reading);
  return true;
}

/** `tue/thu`, `9:00|18:00`: days and times separated by a sign; a zone has its own slash. */
function parted(word: string): string[] {
  const parts = word.split(/[/|+&]/);
  const isTime = (part: string) => /[:apm]/.test(part) && timeOf(part) !== null;
  return parts.every((part) => daysNamed(part) !== null || isTime(part)) ? parts : [word];
}

/** Reads the word at an index, with those that belong to it; returns how many words that were. */
function readWord(words: readonly string[], at: number, reading: Reading): number {
  const word = words[at] ?? '';
  const next = words[at + 1] ?? '';
  const nothing = NOT_THERE.get(word);
  if (nothing !== undefined) {
    reading.problem = { message: `${nothing}.`, remedy: EXAMPLES, suggestions: [] };
    return 1;
  }
  const counted = countedAt(words, at);
  const unit = counted?.split(' ').at(-1) ?? '';
  if (counted !== null && NOT_THERE.get(unit) === undefined) {
    reading.problem = {
      message: `There is no schedule “${shorten(counted, 40)}”: digests come at times of day, on days of the week.`,
      remedy: 'For example: `mon wed fri 09:00`; `every 6 hours`; `09:00 18:00 weekdays Europe/Berlin`.',
      suggestions: ['mon wed fri 09:00'],
    };
    return 1;
  }
  if (word === 'hourly' || word === 'hour') return takeHours(reading, 1, 1);
  if (/^\d{1,2}$/.test(word) && /^(?:hours?|h|hrs?)$/.test(next)) return takeHours(reading, Number(word), 2);
  if (/^\d{1,2}(?::\d\d)?$/.test(word) && /^[ap]\.?m\.?$/.test(next))
    return takeTime(reading, `${word}${next}`, 2);
  if (/^(?:\d|noon$|midnight$)/.test(word) && !word.includes('/')) return takeTime(reading, word, 1);
  if (word === 'weekly' || word === 'week') {
    reading.weekly = true;
    return 1;
  }
  const spelled = /^(?:to|till?|until|through|thru|-|–)$/.test(next)
    ? `${word}-${words[at + 2] ?? ''}`
    : null;
  const range = spelled === null ? null : daysNamed(spelled);
  const days = range ?? daysNamed(word);
  if (days !== null) for (const day of days) reading.days.add(day);
  else if (word === 'daily' || word === 'everyday') for (const day of ALL_DAYS) reading.days.add(day);
  else if (!FILLERS.has(word)) reading.rest.push(word);
  return range === null ? 1 : 3;
}

/** `every 2 days`, `every other week`, `90 minutes`: read as a time of day they would mean something else. null if there is none. */
function countedAt(words: readonly string[], at: number): string | null {
  const from = words[at] === 'every' ? at + 1 : at;
  const [number = '', unit = ''] = words.slice(from, from + 2);
  if (!COUNTED.test(number)) return null;
  if (COUNTED_UNIT.test(unit)) return words.slice(at, from + 2).join(' ');
  const isHours = /^(?:hours?|h|hrs?)$/.test(unit);
  const isTime = /^[ap]\.?m\.?$/.test(unit);
  return from > at && /^\d{1,2}$/.test(number) && !isHours && !isTime ? `every ${number}` : null;
}

function takeHours(reading: Reading, step: number, taken: number): number {
  if (step < 1 || 24 % step !== 0) {
    reading.problem = {
      message: `A day does not divide into steps of ${step} hours.`,
      remedy: 'Take every 1, 2, 3, 4, 6, 8 or 12 hours, or name the times.',
      suggestions: ['every 3 hours', '09:00 15:00'],
    };
    return taken;
  }
  for (let hour = 0; hour < 24; hour += step) reading.times.add(`${String(hour).padStart(2, '0')}:00`);
  return taken;
}

function takeTime(reading: Reading, word: string, taken: number): number {
  const time = timeOf(word);
  if (time !== null) reading.times.add(time);
  else
    reading.problem = {
      message: `“${shorten(word, 40)}” is not a time of day.`,
      remedy: TIME_REMEDY,
      suggestions: word.startsWith('24') ? ['00:00'] : [],
    };
  return taken;
}

/** `09:00` of `9`, `9am`, `9:00`, `09.00`, `0900`, `9:30pm`, `noon`; null for none. */
function timeOf(word: string): string | null {
  if (word === 'noon') return '12:00';
  if (word === 'midnight') return '00:00';
  const parts = /^(\d{1,2})(?:[:.h](\d\d)|h)?(?:([ap])\.?m\.?)?$/.exec(word) ?? /^(\d\d)(\d\d)$/.exec(word);
  if (parts === null) return null;
  const [, hours = '', minutes = '00', half] = parts;
  const hour = Number(hours);
  if (Number(minutes) > 59 || hour > 23 || (half !== undefined && (hour < 1 || hour > 12))) return null;
  const whole = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  return `${String(whole).padStart(2, '0')}:${minutes}`;
}

/** `1` of `monday`, `mon`, `mondays`; 1 to 5 of `weekdays`, `mon-fri`; null for what names none. */
function daysNamed(word: string): number[] | null {
  if (/^(?:weekdays?|workdays?|working)$/.test(word)) return WEEKDAYS;
  if (/^weekends?$/.test(word)) return [6, 7];
  const one = dayOf(word);
  if (one !== null) return [one];
  const range = /^([a-z]{2,9})(?:-|–|\.\.)([a-z]{2,9})$/.exec(word);
  const [from, to] = [dayOf(range?.[1] ?? ''), dayOf(range?.[2] ?? '')];
  if (from === null || to === null) return null;
  const days: number[] = [];
  for (let day = from; ; day = (day % 7) + 1) {
    days.push(day);
    if (day === to) return days;
  }
}

function dayOf(word: string): number | null {
  const single = word.endsWith('s') && word.length > 5 ? word.slice(0, -1) : word;
  if (single.length < 2) return null;
  const found = DAY_WORDS.findIndex(
    (day) => day === single || (single.length <= 5 && day.startsWith(single)),
  );
  return found < 0 ? null : found + 1;
}
