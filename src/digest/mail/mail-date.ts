import { MAX_INSTANT_MS } from '../text/bounded-number.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Zone names of RFC 5322 section 4.3, in hours; any other name is UTC, as the RFC says. */
const ZONE_HOURS: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

/** Minutes east of UTC; null if there is no such zone (`--500`, `+1`, `+0480`, `-9900`). */
function zoneMinutes(token: string): number | null {
  const upper = token.toUpperCase();
  const digits = /^(?:GMT|UTC)?([+-])(\d\d):?(\d\d)$/.exec(upper);
  if (digits) {
    const [hours, minutes] = [Number(digits[2]), Number(digits[3])];
    if (hours > 14 || minutes > 59 || (hours === 14 && minutes > 0)) return null;
    return (digits[1] === '-' ? -1 : 1) * (hours * 60 + minutes);
  }
  if (/^[A-Z]{1,5}$/.test(upper)) return (ZONE_HOURS[upper] ?? 0) * 60;
  return null;
}

/** RFC 5322 section 4.3: 00 to 49 are in this century, other two and three digits count from 1900. */
function fullYear(digits: string): number | null {
  const year = Number(digits);
  if (digits.length === 4) return year;
  if (digits.length === 3) return 1900 + year;
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return null;
}

function stripComments(text: string): string {
  if (!text.includes('(')) return text;
  let depth = 0;
  let result = '';
  for (const char of text) {
    if (char === '(') depth++;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) result += char;
  }
  return result;
}

interface DateTokens {
  numbers: string[];
  month: number;
  time: string;
  zone: string;
}

/** Classifies the words of a date; null if one fits nowhere. */
function sortTokens(tokens: readonly string[]): DateTokens | null {
  if (tokens.length > 12) return null;
  const sorted: DateTokens = { numbers: [], month: -1, time: '', zone: '' };
  for (const token of tokens) {
    const word = token.slice(0, 3).toLowerCase();
    if (/^\d+$/.test(token)) sorted.numbers.push(token);
    else if (sorted.time === '' && /^\d\d?:\d\d/.test(token)) sorted.time = token;
    else if (sorted.month < 0 && MONTHS.includes(word)) sorted.month = MONTHS.indexOf(word);
    else if (WEEKDAYS.includes(word)) continue;
    else if (sorted.zone === '') sorted.zone = token;
    else if (!/^[A-Za-z+-]/.test(token)) return null;
  }
  return sorted;
}

/** How nine in ten dates are written; read without further parsing. */
const USUAL_DATE =
  /^\s*[A-Z][a-z][a-z],\s{1,3}(\d\d?) ([A-Z][a-z][a-z]) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4})(?:$|\s)/;

function parseUsual(match: RegExpExecArray): string | null {
  const month = MONTHS.indexOf((match[2] ?? '').toLowerCase());
  const zone = zoneMinutes(match[7] ?? '');
  if (month < 0 || zone === null) return null;
  const clock: Clock = {
    year: Number(match[3]),
    month,
    day: Number(match[1]),
    hour: Number(match[4]),
    minute: Number(match[5]),
    second: Number(match[6]),
  };
  return isoOf(clock, zone);
}

/**
 * Reads a date as mail writes it: RFC 5322 with its obsolete forms, asctime (`Mon Dec  9 20:19:30
 * 2019`), `09-Dec-2019`. Returns ISO UTC seconds, or null if it is not a date in the years 1970 to 2099 in a zone within 14 hours. Without
 * a zone it is UTC.
 */
export function parseMailDate(value: string): string | null {
  if (value.length > 300) return null;
  const usual = USUAL_DATE.exec(value);
  if (usual) return parseUsual(usual);
  const plain = stripComments(value).replace(/(\d)-([A-Za-z]{3})-(\d)/, '$1 $2 $3');
  const tokens = sortTokens(plain.split(/[\s,]+/).filter((token) => token !== ''));
  if (tokens === null || tokens.month < 0 || tokens.numbers.length !== 2) return null;
  const time = /^(\d\d?):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?$/.exec(tokens.time);
  const [dayDigits = '', yearDigits = ''] = tokens.numbers;
  const year = fullYear(yearDigits);
  const zone = tokens.zone === '' ? 0 : zoneMinutes(tokens.zone);
  if (time === null || year === null || zone === null || dayDigits.length > 2) return null;
  const clock = { year, month: tokens.month, day: Number(dayDigits), hour: Number(time[1]) };
  return isoOf({ ...clock, minute: Number(time[2]), second: Number(time[3] ?? '0') }, zone);
}

interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function daysInMonth(year: number, month: number): number {
  if (month === 1) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}

function isoOf({ year, month, day, hour, minute, second }: Clock, zone: number): string | null {
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60 || day < 1 || day > daysInMonth(year, month)) return null;
  const instant = Date.UTC(year, month, day, hour, minute - zone, Math.min(second, 59));
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
  if (year < 1900 || !(instant >= 0 && instant <= MAX_INSTANT_MS)) return null;
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/**
 * When the list received the mail: the date of the first Received header line, from the top, whose date
 * can be read (public-inbox's rule for its arrival clock). null if none can.
 */
export function receivedDate(lines: readonly string[]): string | null {
  for (const line of lines) {
    const semicolon = line.lastIndexOf(';');
    const date = semicolon < 0 ? null : parseMailDate(line.slice(semicolon + 1));
    if (date !== null) return date;
  }
  return null;
}

/** How many bytes of a mail are searched for the Received header that counts: it is at the top. */
const HEAD_BYTES = 64 * 1024;

/**
 * The same, read from a mail's bytes (LF line ends) without parsing the rest: for a source that must know it before anything is parsed.
 * null if none of its Received headers can be read.
 */
export function receivedDateIn(raw: Uint8Array): string | null {
  const start = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, HEAD_BYTES));
  const lines = start.toString('latin1').split('\n');
  // Half a line would give half a date.
  if (raw.byteLength > HEAD_BYTES) lines.pop();
  const end = lines.indexOf('');
  const received: string[] = [];
  let isReceived = false;
  for (const line of end < 0 ? lines : lines.slice(0, end)) {
    const isFold = line.startsWith(' ') || line.startsWith('\t');
    if (!isFold) isReceived = /^received[ \t]{0,3}:/i.test(line);
    if (isReceived) received.push(isFold ? `${received.pop() ?? ''}${line}` : line);
  }
  return receivedDate(received);
}

/**
 * True if a mail was certainly received before a moment (ISO UTC): its own Received header says so. Always false for null, or if none can
 * be read.
 */
export function wasReceivedBefore(raw: Uint8Array, moment: string | null): boolean {
  const received = moment === null ? null : receivedDateIn(raw);
  return moment !== null && received !== null && Date.parse(received) < Date.parse(moment);
}
