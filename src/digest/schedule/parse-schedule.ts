import { editDistance } from '../subsystem/find-subsystems.js';
import { oneLine, shorten } from '../text/inert.js';
import type { Schedule } from './types.js';
import { readZone } from './zone-names.js';

/** A typed schedule, or what is wrong with it and what to type. */
export type ParsedSchedule =
  | { readonly ok: true; readonly schedule: Schedule }
  | {
      readonly ok: false;
      readonly problem: {
        /** A sentence, echoing what was typed. */
        readonly message: string;
        /** What to do now, a sentence. */
        readonly remedy: string;
        /** Whole schedules or zones that may have been meant, to type as they are; may be empty. */
        readonly suggestions: readonly string[];
      };
    };

const EXAMPLES = '`09:00`, `09:00 18:00 weekdays Europe/Berlin`, `weekly monday 09:00`';
const TIME_REMEDY = 'Type hours and minutes from 00:00 to 23:59, for example 09:00, 18:30 or 9am.';
const DEFAULT_TIME = '09:00';
const MAX_LENGTH = 300;
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
const WEEKDAYS = [1, 2, 3, 4, 5];
const DAY_WORDS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const FILLERS = new Set([
  'at',
  'on',
  'every',
  'each',
  'and',
  'the',
  'in',
  'from',
  'day',
  'days',
  'a',
  '&',
  '+',
]);
/** Words that ask for what there is not, with what there is. */
const NOT_THERE: Readonly<Record<string, string>> = {
  monthly: 'A digest comes at least once a week',
  month: 'A digest comes at least once a week',
  biweekly: 'A digest comes at least once a week',
  fortnightly: 'A digest comes at least once a week',
  yearly: 'A digest comes at least once a week',
  minutely: 'A digest comes once an hour at most',
  minute: 'A digest comes once an hour at most',
  minutes: 'A digest comes once an hour at most',
  never: 'To stop digests, pause them',
};

interface Reading {
  readonly times: Set<string>;
  readonly days: Set<number>;
  weekly: boolean;
  /** Words that are neither: together they name the zone. */
  readonly rest: string[];
  problem: { message: string; remedy: string; suggestions: readonly string[] } | null;
}

/**
 * Reads a schedule as people type it: times (`09:00`, `9am`, `noon`), days (`weekdays`, `mon,thu`, `mon-fri`, `weekly`),
 * `hourly` or `every 3 hours`, and a zone (`Europe/Berlin`, `berlin`), in any order. Without a time it is 09:00, without days every
 * day, without a zone the one given.
 */
export function parseSchedule(text: string, { zone, weekly = false }: Defaults): ParsedSchedule {
  const reading = newReading(weekly);
  if (!readWords(text, reading)) return wrong(text, 'is too long for a schedule');
  if (reading.problem !== null) return { ok: false, problem: reading.problem };
  const said = reading.times.size > 0 || reading.days.size > 0 || reading.weekly || reading.rest.length > 0;
  if (!said) return wrong(text, 'names no time');
  const named =
    reading.rest.length === 0 ? { kind: 'zone' as const, zone } : readZone(reading.rest.join(' '));
  if (named.kind === 'unknown') return unknownWords(reading.rest.join(' '), named);
  return scheduleOf(reading, named.zone, text);
}

/** What a schedule has where nothing is said of it. */
interface Defaults {
  readonly zone: string;
  /** Once a week, on Mondays, instead of every day. */
  readonly weekly?: boolean;
}

/** The parts of a schedule as a form has them, '' where one was left out. */
export interface ScheduleParts {
  readonly times: string;
  readonly days: string;
  readonly zone: string;
}

/** Reads a schedule whose parts were given apart: what is wrong with one is said of that one. */
export function readSchedule(parts: ScheduleParts, { zone, weekly = false }: Defaults): ParsedSchedule {
  const reading = newReading(weekly);
  for (const part of ['times', 'days'] as const) {
    if (!readWords(parts[part], reading)) return wrong(parts[part], 'is too long for a schedule');
    if (reading.problem !== null) return { ok: false, problem: reading.problem };
    if (reading.rest.length > 0) return misplaced(part, reading.rest.join(' '));
  }
  const named = parts.zone === '' ? ({ kind: 'zone', zone } as const) : readZone(parts.zone);
  if (named.kind === 'unknown') return unknownWords(parts.zone, named);
  return scheduleOf(reading, named.zone, parts.times);
}

function misplaced(part: 'times' | 'days', typed: string): ParsedSchedule {
  const shown = `“${shorten(typed, 60)}”`;
  const problem =
    part === 'times'
      ? { message: `${shown} is not a time of day.`, remedy: TIME_REMEDY }
      : {
          message: `${shown} is not a day.`,
          remedy: 'Type daily, weekdays, weekends, or days such as mon wed fri.',
        };
  return { ok: false, problem: { ...problem, suggestions: [] } };
}

function newReading(weekly: boolean): Reading {
  return { times: new Set(), days: new Set(), weekly, rest: [], problem: null };
}

/** Reads words into what was read before; false where there are too many. */
function readWords(text: string, reading: Reading): boolean {
  if (text.length > MAX_LENGTH) return false;
  const words = oneLine(text)
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  for (let at = 0; at < words.length && reading.problem === null; ) at += readWord(words, at, reading);
  return true;
}

function scheduleOf(reading: Reading, zone: string, text: string): ParsedSchedule {
  if (reading.times.size > 24) return wrong(text, 'names more than 24 times a day');
  return {
    ok: true,
    schedule: {
      version: 1,
      zone,
      times: reading.times.size === 0 ? [DEFAULT_TIME] : [...reading.times].sort(),
      days: daysOf(reading),
    },
  };
}

function daysOf({ days, weekly }: Reading): number[] {
  if (days.size > 0) return [...days].sort((a, b) => a - b);
  return weekly ? [1] : [...ALL_DAYS];
}

/** Reads what stands at a place; answers with how many words it took. */
function readWord(words: readonly string[], at: number, reading: Reading): number {
  const word = words[at] ?? '';
  const next = words[at + 1] ?? '';
  const nothing = NOT_THERE[word];
  if (nothing !== undefined) {
    reading.problem = { message: `${nothing}.`, remedy: `Type for example ${EXAMPLES}.`, suggestions: [] };
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

function wrong(text: string, what: string): ParsedSchedule {
  const typed = shorten(oneLine(text), 80);
  return {
    ok: false,
    problem: {
      message: typed === '' ? 'A schedule needs a time.' : `“${typed}” ${what}.`,
      remedy: `Type for example ${EXAMPLES}.`,
      suggestions: [],
    },
  };
}

/** What is left over is a zone with a slip in it, or a day with one, or nothing that belongs here. */
function unknownWords(
  typed: string,
  { message, suggestions }: { readonly message: string; readonly suggestions: readonly string[] },
): ParsedSchedule {
  const day = DAY_WORDS.concat('weekdays', 'weekly', 'daily', 'hourly').find(
    (word) => typed.length >= 4 && editDistance(typed, word, 2) <= 2,
  );
  const meant = day === undefined ? suggestions : [day, ...suggestions];
  const shown = shorten(typed, 60);
  return {
    ok: false,
    problem: {
      message:
        day === undefined
          ? `“${shown}”: ${message}.`
          : `“${shown}” is neither a time, a day nor a time zone.`,
      remedy:
        meant.length === 0
          ? `Time zones are named like Europe/Berlin, America/New_York or UTC. Type for example ${EXAMPLES}.`
          : `Did you mean ${meant.join(', ')}?`,
      suggestions: meant,
    },
  };
}
