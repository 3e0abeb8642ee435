import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../../src/digest/time/parse-moment.js';
import { openZone } from '../../../src/digest/time/zone.js';

const NOW = Date.parse('2020-03-30T12:00:00Z');

describe('parseMoment', () => {
  it.each([
    ['2020-01-03', 'UTC', '2020-01-03T00:00:00Z'],
    ['2020-01-03', 'Europe/Berlin', '2020-01-02T23:00:00Z'],
    ['2020-07-03 09:30', 'Europe/Berlin', '2020-07-03T07:30:00Z'],
    ['2020-03-29 02:30', 'Europe/Berlin', '2020-03-29T01:30:00Z'], // skipped: clocks go from 02:00 to 03:00
    ['2020-10-25 02:30', 'Europe/Berlin', '2020-10-25T00:30:00Z'], // twice: the first
    ['2020-01-03T10:00:00+02:00', 'UTC', '2020-01-03T08:00:00Z'],
    ['24h', 'UTC', '2020-03-29T12:00:00Z'],
    ['7d', 'UTC', '2020-03-23T12:00:00Z'],
    ['2 weeks ago', 'UTC', '2020-03-16T12:00:00Z'],
    ['yesterday', 'Asia/Tokyo', '2020-03-28T15:00:00Z'],
    ['now', 'UTC', '2020-03-30T12:00:00Z'],
    ['2020-02-30', 'UTC', null],
    ['soon', 'UTC', null],
    ['', 'UTC', null],
  ])('reads %j in %s as %s', (text, zone, expected) => {
    expect(parseMoment(text, NOW, zone)).toBe(expected);
  });

  it('is total: any text is a moment or null', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const moment = parseMoment(text, NOW, 'UTC');
        expect(moment === null || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(moment)).toBe(true);
      }),
    );
  });
});

describe('momentOf', () => {
  it('undoes localTime outside of the hour that comes twice', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 2_000_000_000 }), (zone, seconds) => {
        const { localTime, momentOf } = openZone(zone);
        const back = momentOf(localTime(seconds * 1000));
        const hoursOff = Math.abs(back - seconds * 1000) / 3_600_000;
        expect([0, 0.5, 1]).toContain(hoursOff);
        expect(localTime(back)).toEqual(localTime(seconds * 1000));
      }),
    );
  });
});
