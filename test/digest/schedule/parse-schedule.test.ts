import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeSchedule } from '../../../src/digest/schedule/describe-schedule.js';
import { parseSchedule } from '../../../src/digest/schedule/parse-schedule.js';
import { type Schedule, scheduleSchema } from '../../../src/digest/schedule/schedule.js';
import { suggestZones } from '../../../src/digest/schedule/zone-names.js';

const inBerlin = (text: string) => parseSchedule(text, { zone: 'Europe/Berlin' });

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** As it can be typed: `09:00 18:00 mon,thu Europe/Berlin`. */
function formatSchedule({ zone, times, days }: Schedule): string {
  const names =
    days.join() === '1,2,3,4,5'
      ? 'weekdays'
      : days.length === 7
        ? 'daily'
        : days.map((day) => DAYS[day - 1] ?? '').join(',');
  return `${times.join(' ')} ${names} ${zone}`;
}

/** The schedule as it can be typed again, or the message and the remedy. */
function read(text: string): string {
  const parsed = inBerlin(text);
  return parsed.ok ? formatSchedule(parsed.schedule) : `${parsed.problem.message} ${parsed.problem.remedy}`;
}

describe('parseSchedule', () => {
  it.each([
    ['09:00', '09:00 daily Europe/Berlin'],
    ['9', '09:00 daily Europe/Berlin'],
    ['9am', '09:00 daily Europe/Berlin'],
    ['9 pm', '21:00 daily Europe/Berlin'],
    ['12am 12pm', '00:00 12:00 daily Europe/Berlin'],
    ['9:30PM', '21:30 daily Europe/Berlin'],
    ['9.30', '09:30 daily Europe/Berlin'],
    ['0930', '09:30 daily Europe/Berlin'],
    ['18h', '18:00 daily Europe/Berlin'],
    ['noon and midnight', '00:00 12:00 daily Europe/Berlin'],
    ['09:00 18:00 weekdays Europe/Berlin', '09:00 18:00 weekdays Europe/Berlin'],
    ['18:00, 09:00, 9am', '09:00 18:00 daily Europe/Berlin'],
    ['at 9 mon,thu', '09:00 mon,thu Europe/Berlin'],
    ['at 9 on Mondays and Thursdays', '09:00 mon,thu Europe/Berlin'],
    ['mon-fri 8:00', '08:00 weekdays Europe/Berlin'],
    ['monday to friday 8:00', '08:00 weekdays Europe/Berlin'],
    ['sat-mon 8:00', '08:00 mon,sat,sun Europe/Berlin'],
    ['weekends 10', '10:00 sat,sun Europe/Berlin'],
    ['weekly', '09:00 mon Europe/Berlin'],
    ['weekly tuesday 07:15', '07:15 tue Europe/Berlin'],
    ['every friday', '09:00 fri Europe/Berlin'],
    ['daily', '09:00 daily Europe/Berlin'],
    ['every day at 7', '07:00 daily Europe/Berlin'],
    ['every 6 hours', '00:00 06:00 12:00 18:00 daily Europe/Berlin'],
    ['9 america/new_york', '09:00 daily America/New_York'],
    ['9 New York', '09:00 daily America/New_York'],
    ['9 in Kolkata', '09:00 daily Asia/Kolkata'],
    ['9 kyiv', '09:00 daily Europe/Kyiv'],
    ['9 Europe/Kiev', '09:00 daily Europe/Kyiv'],
    ['9 asia/saigon', '09:00 daily Asia/Ho_Chi_Minh'],
    ['9 Japan', '09:00 daily Asia/Tokyo'],
    ['tue/thu 9am', '09:00 tue,thu Europe/Berlin'],
    ['mon/wed/fri', '09:00 mon,wed,fri Europe/Berlin'],
    ['mon|thu & sun 7:00', '07:00 mon,thu,sun Europe/Berlin'],
    ['mon-wed/sat 9:00/18:00', '09:00 18:00 mon,tue,wed,sat Europe/Berlin'],
    ['tuesday+thursday', '09:00 tue,thu Europe/Berlin'],
    ['9 UTC', '09:00 daily UTC'],
    ['weekdays', '09:00 weekdays Europe/Berlin'],
  ])('reads %s', (typed, formatted) => {
    expect(read(typed)).toBe(formatted);
  });

  it.each(['9am US/Pacific', '9am us/pacific', '9am america/los_angeles'])(
    'names the zone of “%s”',
    (typed) => {
      expect(read(typed)).toMatch(/^09:00 daily (?:US\/Pacific|America\/Los_Angeles)$/);
    },
  );

  it.each([
    ['', 'A schedule needs a time. For example:'],
    ['25:00', '“25:00” is not a time of day. Type hours and minutes from 00:00 to 23:59'],
    ['9:75', '“9:75” is not a time of day.'],
    ['13pm', '“13pm” is not a time of day.'],
    ['24:00', '“24:00” is not a time of day.'],
    ['9 Europe/Berln', '“Europe/Berln”: there is no such time zone. Did you mean Europe/Berlin?'],
    ['9 Lodnon', 'Did you mean Europe/London?'],
    [
      '9 CET',
      '“CET”: CET names an offset, which is an hour wrong for half of the year; name a city instead. Did you mean Europe/Berlin',
    ],
    ['9 UTC+2', 'an offset has no daylight saving time; name a city instead.'],
    ['9 wendesday', '“wendesday” is neither a time, a day nor a time zone. Did you mean wednesday'],
    ['9 tue/Berlin', '“tue/Berlin”: there is no such time zone.'],
    ['every 2 days', 'There is no schedule “every 2 days”'],
    ['every 3 weeks 9am', 'There is no schedule “every 3 weeks”'],
    ['monthly', 'A digest comes at least once a week. For example:'],
    ['every 5 minutes', 'A digest comes once an hour at most.'],
    ['every 5 hours', 'A day does not divide into steps of 5 hours. Take every 1, 2, 3, 4, 6, 8 or 12 hours'],
    [
      'at gibberish',
      '“gibberish” is neither a time, a day nor a time zone. Time zones are named like Europe/Berlin',
    ],
  ])('refuses “%s” with what to type', (typed, expected) => {
    expect(read(typed)).toContain(expected);
  });

  it('reads back whatever it writes', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Pacific/Apia'];
    const schedules = fc.record({
      version: fc.constant(1 as const),
      zone: fc.constantFrom(...zones),
      times: fc
        .uniqueArray(fc.tuple(fc.nat(23), fc.nat(59)), { minLength: 1, maxLength: 24, selector: String })
        .map((times) => times.map((time) => time.map((n) => String(n).padStart(2, '0')).join(':')).sort()),
      days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    });
    fc.assert(
      fc.property(schedules, (schedule) => {
        expect(parseSchedule(formatSchedule(schedule), { zone: 'UTC' })).toEqual({ ok: true, schedule });
      }),
    );
  });

  it('answers any text with a schedule that can be stored or with words', () => {
    const word = fc.constantFrom(
      '9',
      '09:00',
      'mon',
      'weekly',
      'every',
      'hour',
      '3',
      'berlin',
      'am',
      '-',
      'to',
      ',',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (text) => {
          const parsed = inBerlin(text);
          if (parsed.ok) expect(scheduleSchema.parse(parsed.schedule)).toEqual(parsed.schedule);
          else expect(parsed.problem.remedy).not.toBe('');
        },
      ),
    );
  });
});

describe('describeSchedule', () => {
  it.each([
    ['9', 'daily at 09:00 (Europe/Berlin)'],
    ['9 18 weekdays', 'weekdays at 09:00 and 18:00 (Europe/Berlin)'],
    ['8 12 16 sat sun', 'weekends at 08:00, 12:00 and 16:00 (Europe/Berlin)'],
    ['weekly', 'every Monday at 09:00 (Europe/Berlin)'],
    ['mon wed fri 7', 'Monday, Wednesday and Friday at 07:00 (Europe/Berlin)'],
    ['hourly', 'every hour (Europe/Berlin)'],
    ['every 3 hours weekdays', 'every 3 hours on weekdays (Europe/Berlin)'],
  ])('tells %s as %s', (typed, words) => {
    const parsed = inBerlin(typed);
    expect(parsed.ok && describeSchedule(parsed.schedule)).toBe(words);
  });
});

describe('suggestZones', () => {
  it.each([
    ['ber', 'Europe/Berlin'],
    ['new y', 'America/New_York'],
    ['utc', 'UTC'],
    ['europe/am', 'Europe/Amsterdam'],
  ])('completes %s to %s', (typed, zone) => {
    expect(suggestZones(typed, 25)).toContain(zone);
  });
});
