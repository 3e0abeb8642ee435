import { editDistance } from '../text/edit-distance.js';
import { oneLine, shorten } from '../text/inert.js';
import { orList } from '../text/or-list.js';
import type { Schedule } from './schedule.js';
import {
  ALL_DAYS,
  DAY_WORDS,
  EXAMPLES,
  newReading,
  type Reading,
  readWords,
  TIME_REMEDY,
} from './schedule-words.js';
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
        /** The part that is wrong, if the parts were entered separately. */
        readonly part?: keyof ScheduleParts;
      };
    };

const DEFAULT_TIME = '09:00';
/**
 * Reads a schedule as people type it: times (`09:00`, `9am`, `noon`), days (`weekdays`, `mon,thu`, `mon-fri`, `weekly`),
 * `hourly` or `every 3 hours`, and a zone (`Europe/Berlin`, `berlin`), in any order. Without a time it is 09:00, without days every
 * day, without a zone the one given.
 */
export function parseSchedule(text: string, { zone, weekly = false }: Defaults): ParsedSchedule {
  const reading = newReading(weekly);
  if (!readWords(text, reading)) return wrong(text, 'is too long for a schedule');
  if (reading.problem !== null) return { ok: false, problem: reading.problem };
  const namesTime =
    reading.times.size > 0 || reading.days.size > 0 || reading.weekly || reading.rest.length > 0;
  if (!namesTime) return wrong(text, 'names no time');
  const named =
    reading.rest.length === 0 ? { kind: 'zone' as const, zone } : readZone(reading.rest.join(' '));
  if (named.kind === 'unknown') return unknownWords(asTyped(reading.rest.join(' '), text), named);
  return scheduleOf(reading, named.zone, text);
}

/** The defaults of a schedule. */
interface Defaults {
  readonly zone: string;
  /** Once a week, on Mondays, instead of every day. */
  readonly weekly?: boolean;
}

/** The parts of a schedule as a form has them, '' if one was left out. */
export interface ScheduleParts {
  readonly times: string;
  readonly days: string;
  readonly zone: string;
}

/** Reads a schedule whose parts were entered separately: an error names the part that is wrong. */
export function readSchedule(parts: ScheduleParts, { zone, weekly = false }: Defaults): ParsedSchedule {
  const reading = newReading(weekly);
  for (const part of ['times', 'days'] as const) {
    if (!readWords(parts[part], reading))
      return inPart(part, wrong(parts[part], 'is too long for a schedule'));
    if (reading.problem !== null) return inPart(part, { ok: false, problem: reading.problem });
    if (reading.rest.length > 0) return inPart(part, misplaced(part, reading.rest.join(' ')));
  }
  const named = parts.zone === '' ? ({ kind: 'zone', zone } as const) : readZone(parts.zone);
  if (named.kind === 'unknown') return inPart('zone', unknownWords(parts.zone, named));
  return inPart('times', scheduleOf(reading, named.zone, parts.times));
}

/** Says of a problem which part it is with. */
function inPart(part: keyof ScheduleParts, parsed: ParsedSchedule): ParsedSchedule {
  return parsed.ok ? parsed : { ok: false, problem: { ...parsed.problem, part } };
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

function wrong(text: string, what: string): ParsedSchedule {
  const typed = shorten(oneLine(text), 80);
  return {
    ok: false,
    problem: {
      message: typed === '' ? 'A schedule needs a time.' : `“${typed}” ${what}.`,
      remedy: EXAMPLES,
      suggestions: [],
    },
  };
}

/** Words that were read, with the letters as they were typed. */
function asTyped(words: string, text: string): string {
  const at = text.toLowerCase().indexOf(words);
  return at < 0 ? words : text.slice(at, at + words.length);
}

/** The rest is a zone or a day with a typo, or something that does not belong here. */
function unknownWords(
  typed: string,
  { message, suggestions }: { readonly message: string; readonly suggestions: readonly string[] },
): ParsedSchedule {
  const day = DAY_WORDS.concat('weekdays', 'weekly', 'daily', 'hourly').find(
    (word) => typed.length >= 4 && editDistance(typed.toLowerCase(), word, 2) <= 2,
  );
  const meant = day === undefined ? suggestions : [day, ...suggestions];
  const shown = shorten(typed, 60);
  return {
    ok: false,
    problem: {
      message:
        day === undefined && suggestions.length > 0
          ? `“${shown}”: ${message}.`
          : `“${shown}” is neither a time, a day nor a time zone.`,
      remedy:
        meant.length === 0
          ? `Time zones are named like Europe/Berlin, America/New_York or UTC. ${EXAMPLES}`
          : `Did you mean ${orList(meant)}?`,
      suggestions: meant,
    },
  };
}
