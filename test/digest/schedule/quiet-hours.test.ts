import { expect, it } from 'vitest';
import { isQuiet, quietHoursText, readQuietHours } from '../../../src/digest/schedule/quiet-hours.js';

it.each([
  ['22:00-07:00', '22:00–07:00'],
  ['22-7', '22:00–07:00'],
  ['9:30 to 17', '09:30–17:00'],
  ['0–6:15', '00:00–06:15'],
  ['24-7', null],
  ['22:60-7', null],
  ['7-7', null],
  ['22:00', null],
  ['night', null],
])('reads %s as %s', (typed, expected) => {
  const read = readQuietHours(typed);
  expect(read === null ? null : quietHoursText(read)).toBe(expected);
});

it.each([
  ['22-7', 'UTC', '2026-03-02T22:00:00Z', true],
  ['22-7', 'UTC', '2026-03-02T21:59:59Z', false],
  ['22-7', 'UTC', '2026-03-03T06:59:59Z', true],
  ['22-7', 'UTC', '2026-03-03T07:00:00Z', false],
  ['9-17', 'UTC', '2026-03-03T12:00:00Z', true],
  ['9-17', 'UTC', '2026-03-03T08:00:00Z', false],
  // Berlin is an hour ahead of UTC in winter, two in summer.
  ['22-7', 'Europe/Berlin', '2026-03-02T21:30:00Z', true],
  ['22-7', 'Europe/Berlin', '2026-07-02T20:30:00Z', true],
  ['22-7', 'Europe/Berlin', '2026-03-02T20:30:00Z', false],
])('%s in %s at %s: %s', (hours, zone, at, quiet) => {
  expect(isQuiet(readQuietHours(hours), zone, Date.parse(at))).toBe(quiet);
});

it('is never quiet where no hours are', () => {
  expect(isQuiet(null, 'UTC', 0)).toBe(false);
});
