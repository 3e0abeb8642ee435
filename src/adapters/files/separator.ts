import { looksLikeHeader } from './finish-mail.js';

/** Longest separator line that is taken for one. */
export const MAX_SEPARATOR_LENGTH = 500;

const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun),?$/i;
const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i;
const TIME = /^\d\d?:\d\d(?::\d\d)?$/;
const YEAR = /^\d{4}$/;
const DAY = /^\d\d?,?$/;

/** Words of an envelope sender: `MAILER-DAEMON`, an address, `joe at example.org`; prose has more. */
const MAX_ENVELOPE_WORDS = 6;

/**
 * True if a line is `From `, at most a few words, and a date as asctime or RFC 5322 write it:
 * `From mboxrd@z Thu Jan  1 00:00:00 1970`, `From patchwork Mon Dec  9 20:19:30 2019`,
 * `From joe at example.org  Mon Dec 9 20:19 PST 2019`. "From here on" has no date.
 */
export function hasSeparatorForm(line: string): boolean {
  if (!line.startsWith('From ') || line.length > MAX_SEPARATOR_LENGTH) return false;
  const words = line.slice(5).trim().split(/\s+/);
  const weekday = words.findIndex((word) => WEEKDAY.test(word));
  if (weekday < 0 || weekday > MAX_ENVELOPE_WORDS) return false;
  const rest = words.slice(weekday + 1, weekday + 7);
  return [MONTH, TIME, YEAR, DAY].every((form) => rest.some((word) => form.test(word)));
}

/** `From nobody`, `From A`: separators of test data and old tools, that have no date. They count only in a file that begins with one. */
export function hasBareForm(line: string): boolean {
  return /^From \S{1,100}$/.test(line);
}

/** What is around a line that may part two mails. */
export interface LinePlace {
  readonly line: string;
  /** The beginning of the line that follows; null at the end of the file. */
  readonly next: string | null;
  /** The line before is empty, or the file begins here. */
  readonly afterBlank: boolean;
}

/**
 * True if a line parts two mails of an mbox. Writers that do not quote leave body lines that
 * begin with `From `: so it must have the form, and a header must follow. Some writers forget the
 * empty line before it. A mail without headers, or the file's end, may follow only after one.
 */
export function isSeparator({ line, next, afterBlank }: LinePlace): boolean {
  if (!hasSeparatorForm(line)) return false;
  if (next === null || next === '' || next === '\r') return afterBlank;
  return looksLikeHeader(next) || next.startsWith('>From ');
}

/** The same without a date: an empty line before it, and a header of a mail's own below. */
export function isBareSeparator({ line, next, afterBlank }: LinePlace): boolean {
  return hasBareForm(line) && afterBlank && next !== null && FIRST_HEADER.test(next);
}

/** Headers that a mail can begin with. */
const FIRST_HEADER =
  /^(?:from|to|cc|subject|date|message-id|received|return-path|delivered-to|x-[\w-]{1,60}|mime-version|list-id|reply-to|sender|envelope-to|dkim-signature|authentication-results|arc-[\w-]{1,40})[ \t]{0,3}:/i;
