import { parseSchedule } from '../../../digest/schedule/parse-schedule.js';
import { readZone } from '../../../digest/schedule/zone-names.js';
import type { Catalog } from '../../../digest/subsystem/catalog.js';
import { resolveTypedWord } from '../../../digest/subsystem/look-up.js';

/** A word of a follow that belongs to another command. */
export interface ForeignWord {
  readonly message: string;
  readonly remedy: string;
  /** The follow without it; '' if nothing is left. */
  readonly rest: string;
}

const TIME =
  /^(?:\d{1,2}(?::\d\d)?[ap]m|\d{1,2}:\d\d|daily|weekly|hourly|weekdays|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)$/i;
/** `every 2 days`, `each morning`: with what counts, and without it. */
const UNIT = /^(?:hours?|days?|weeks?|weekdays?|months?|minutes?|mornings?|evenings?|nights?)$/i;
const COUNT = /^(?:\d{1,4}|other|second|two|three|few)$/i;
const PERIOD = /^(?:(?:since|until|after|before)(?::.*)?|yesterday|today|tomorrow)$/i;
/** What `since`, `until`, `after` and `before` are said of: `yesterday`, `last week`, `2 days ago`, `2026-11-01`. */
const LED = /^(?:since|until|after|before)$/i;
const WHICH = /^(?:last|this|next|the|a|an|\d{1,4})$/i;
const SPAN =
  /^(?:yesterday|today|tomorrow|now|\d{4}-\d\d-\d\d|\d{1,4}[dwmy]|(?:hour|day|week|month|year|morning|evening|night)s?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/i;
const CHANNEL = /^[#@][\w-]+$/;
/** Next to the name of a subsystem they mean nothing. */
const COURTESY = new Set([
  'the',
  'please',
  'subsystem',
  'subsystems',
  'series',
  'patches',
  'from',
  'for',
  'about',
]);

/** The first words that are a time, a period, a channel or a person; null if none are, or where quotes say that titles are meant. */
export function foreignWord(typed: string): ForeignWord | null {
  if (/["'\u201c\u201d]/.test(typed)) return null;
  const number = /^#?(\d{1,4})$/.exec(typed.trim())?.[1];
  if (number !== undefined)
    return {
      message: `“${typed.trim()}” is a number, and says nothing of what to follow.`,
      remedy: `/following numbers what is followed; /unfollow ${number} ends one. ${quoting(number)}`,
      rest: '',
    };
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const [from, to] = timesIn(words);
  if (from < to) return aTime(words.slice(from, to).join(' '), [...words.slice(0, from), ...words.slice(to)]);
  const at = words.findIndex((one) => PERIOD.test(one) || CHANNEL.test(one));
  const word = words[at];
  if (word === undefined) return null;
  if (PERIOD.test(word)) return aPeriod(words, at);
  const rest = words.filter((one) => one !== word).join(' ');
  return word.startsWith('#')
    ? {
        message: `“${word}” is a channel, and a follow is set where it is typed.`,
        remedy: `For that channel: /follow ${rest || 'kvm'} in ${word}.`,
        rest,
      }
    : {
        message: `“${word}” is a person, and a follow is set where it is typed.`,
        remedy: 'They can follow it themselves, in a direct message to me.',
        rest,
      };
}

function quoting(words: string): string {
  return `To follow it in titles, put it in quotes: "${words}".`;
}

function aPeriod(words: readonly string[], from: number): ForeignWord {
  const to = from + periodAt(words, from);
  const period = words.slice(from, to).join(' ');
  return {
    message: `“${period}” is a period, and a follow starts now.`,
    remedy: `/digest 30 shows the last 30 days. ${quoting(period)}`,
    rest: [...words.slice(0, from), ...words.slice(to)].join(' '),
  };
}

/** How many words from one that begins a period are part of it: `since last week` has three. */
function periodAt(words: readonly string[], at: number): number {
  const [word = '', second = '', third = '', fourth = ''] = words.slice(at, at + 4);
  if (!LED.test(word)) return 1;
  if (WHICH.test(second) && SPAN.test(third)) return /^ago$/i.test(fourth) ? 4 : 3;
  return SPAN.test(second) ? 2 : 1;
}

function aTime(time: string, others: readonly string[]): ForeignWord {
  const isSchedule = parseSchedule(time, { zone: 'UTC' }).ok;
  const bare = time.replace(/^(?:at|on) /i, '');
  return {
    message: `“${time}” is a time, and follows have none.`,
    remedy: `${isSchedule ? `/digest at ${bare}` : '/digest at, for example /digest at mon wed fri 09:00,'} sets when digests come. ${quoting(time)}`,
    rest: others.join(' '),
  };
}

/** The first words that together are a time, as indexes: `daily 9am`, `every 2 days at 9:00`, `9:30 Europe/Berlin`; [0, 0] if there are none. */
function timesIn(words: readonly string[]): readonly [number, number] {
  const from = words.findIndex((_, at) => timeAt(words, at) > 0);
  if (from < 0) return [0, 0];
  let to = from;
  for (let taken = timeAt(words, to); taken > 0; taken = timeAt(words, to)) {
    to += taken;
    const next = words[to] ?? '';
    const joins = /^(?:at|on|and)$/i.test(next) && timeAt(words, to + 1) > 0;
    if (joins || (next !== '' && readZone(next).kind === 'zone')) to += 1;
  }
  const isLed = /^(?:at|on)$/i.test(words[from - 1] ?? '');
  return [isLed ? from - 1 : from, to];
}

/** How many words from one on are a time. */
function timeAt(words: readonly string[], at: number): number {
  const [word = '', second = '', third = ''] = words.slice(at, at + 3);
  if (TIME.test(word)) return 1;
  if (!/^(?:every|each)$/i.test(word)) return 0;
  if (COUNT.test(second)) return UNIT.test(third) ? 3 : 0;
  return UNIT.test(second) || TIME.test(second) ? 2 : 0;
}

/** `the kvm subsystem please` → `kvm`; any other text as it is. */
export function withoutCourtesy(typed: string, catalog: Catalog): string {
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const left = words.filter((word) => !COURTESY.has(word.toLowerCase()));
  const isAll = left.length > 0 && left.every((word) => resolveTypedWord(catalog, word) !== null);
  return isAll && left.length < words.length ? left.join(' ') : typed;
}
