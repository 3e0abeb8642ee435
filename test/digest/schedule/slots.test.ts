import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Schedule, Slot } from '../../../src/digest/schedule/schedule.js';
import { dueSlot, nextSlots } from '../../../src/digest/schedule/slots.js';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const schedule = (zone: string, times: string[], days: number[] = EVERY_DAY): Schedule => ({
  version: 1,
  zone,
  times,
  days,
});
const shown = (slots: readonly Slot[]) => slots.map((slot) => `${slot.name} = ${slot.due}`);

describe('nextSlots', () => {
  it.each([
    [
      'a time that clocks skip comes as much later',
      'Europe/Berlin',
      ['02:30'],
      '2026-03-28T12:00Z',
      [
        '2026-03-29T02:30 Europe/Berlin = 2026-03-29T01:30:00Z',
        '2026-03-30T02:30 Europe/Berlin = 2026-03-30T00:30:00Z',
      ],
    ],
    [
      'a time that comes twice counts the first time',
      'Europe/Berlin',
      ['02:30'],
      '2026-10-24T12:00Z',
      [
        '2026-10-25T02:30 Europe/Berlin = 2026-10-25T00:30:00Z',
        '2026-10-26T02:30 Europe/Berlin = 2026-10-26T01:30:00Z',
      ],
    ],
    [
      'between the two it does not come again',
      'Europe/Berlin',
      ['02:30'],
      '2026-10-25T00:30Z',
      ['2026-10-26T02:30 Europe/Berlin = 2026-10-26T01:30:00Z'],
    ],
    [
      'a skipped time that falls on another slot is that one',
      'Europe/Berlin',
      ['02:30', '03:30'],
      '2026-03-28T12:00Z',
      [
        '2026-03-29T03:30 Europe/Berlin = 2026-03-29T01:30:00Z',
        '2026-03-30T02:30 Europe/Berlin = 2026-03-30T00:30:00Z',
      ],
    ],
    [
      'clocks that change by half an hour',
      'Australia/Lord_Howe',
      ['02:15'],
      '2026-10-03T12:00Z',
      [
        '2026-10-04T02:15 Australia/Lord_Howe = 2026-10-03T15:45:00Z',
        '2026-10-05T02:15 Australia/Lord_Howe = 2026-10-04T15:15:00Z',
      ],
    ],
    [
      'a day without midnight',
      'Africa/Cairo',
      ['00:00'],
      '2026-04-23T12:00Z',
      [
        '2026-04-24T00:00 Africa/Cairo = 2026-04-23T22:00:00Z',
        '2026-04-25T00:00 Africa/Cairo = 2026-04-24T21:00:00Z',
      ],
    ],
    [
      'a day that a zone left out',
      'Pacific/Apia',
      ['09:00'],
      '2011-12-29T12:00Z',
      [
        '2011-12-29T09:00 Pacific/Apia = 2011-12-29T19:00:00Z',
        '2011-12-31T09:00 Pacific/Apia = 2011-12-30T19:00:00Z',
      ],
    ],
  ] as const)('%s', (_, zone, times, after, expected) => {
    expect(shown(nextSlots(schedule(zone, [...times]), Date.parse(after), expected.length))).toEqual(
      expected,
    );
  });

  it('keeps to the days of the week as clocks there have them', () => {
    // It is still Sunday in Honolulu when Monday's 09:00 has passed in Berlin.
    expect(
      shown(nextSlots(schedule('Pacific/Honolulu', ['22:00'], [7]), Date.parse('2026-03-02T07:59Z'), 2)),
    ).toEqual([
      '2026-03-01T22:00 Pacific/Honolulu = 2026-03-02T08:00:00Z',
      '2026-03-08T22:00 Pacific/Honolulu = 2026-03-09T08:00:00Z',
    ]);
  });
});

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];

const anyTime = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.nat(23)), fc.constantFrom(0, 1, 15, 29, 30, 31, 45, 59))
  .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
const anySchedule = fc.record({
  version: fc.constant(1 as const),
  zone: fc.constantFrom(...ZONES),
  times: fc.uniqueArray(anyTime, { minLength: 1, maxLength: 6 }).map((times) => times.sort()),
  days: fc.oneof(fc.constant(EVERY_DAY), fc.subarray(EVERY_DAY, { minLength: 1 })),
});
const anyMoment = fc
  .integer({ min: Date.parse('2005-01-01T00:00Z') / 60_000, max: Date.parse('2036-01-01T00:00Z') / 60_000 })
  .map((minutes) => minutes * 60_000);

/** The moments of every local time of a schedule between two moments, by Temporal's tables and rules alone. */
function momentsByTemporal({ zone, times, days }: Schedule, afterMs: number, upToMs: number): number[] {
  const moments = new Set<number>();
  let date = Temporal.Instant.fromEpochMilliseconds(afterMs)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .subtract({ days: 3 });
  const end = Temporal.Instant.fromEpochMilliseconds(upToMs).toZonedDateTimeISO(zone).toPlainDate();
  for (; Temporal.PlainDate.compare(date, end) <= 0; date = date.add({ days: 1 })) {
    if (!days.includes(date.dayOfWeek)) continue;
    for (const time of times)
      moments.add(
        date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds,
      );
  }
  return [...moments].filter((at) => at > afterMs && at <= upToMs).sort((a, b) => a - b);
}

describe('slots over years and zones', () => {
  it('come once for every local time, strictly ascending', () => {
    fc.assert(
      fc.property(anySchedule, anyMoment, (planned, afterMs) => {
        const slots = nextSlots(planned, afterMs, 40);
        const due = slots.map((slot) => Date.parse(slot.due));
        expect(due).toEqual(momentsByTemporal(planned, afterMs, due.at(-1) ?? afterMs));
        expect(new Set(slots.map((slot) => slot.name)).size).toBe(slots.length);
      }),
      { numRuns: 60 },
    );
  });

  it('are each due once, whenever the clock is looked at', () => {
    fc.assert(
      fc.property(
        anySchedule,
        anyMoment,
        fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 30 }),
        (planned, startMs, steps) => {
          let last = startMs;
          let now = startMs;
          let fired = 0;
          for (const minutes of steps) {
            now += minutes * 60_000;
            const due = dueSlot(planned, last, now);
            const passed = momentsByTemporal(planned, last, now);
            expect(due === null ? [] : [Date.parse(due.slot.due), due.missed + 1]).toEqual(
              passed.length === 0 ? [] : [passed.at(-1), passed.length],
            );
            if (due === null) continue;
            last = Date.parse(due.slot.due);
            fired += due.missed + 1;
          }
          expect(fired).toBe(momentsByTemporal(planned, startMs, now).length);
        },
      ),
      { numRuns: 30 },
    );
  });
});
