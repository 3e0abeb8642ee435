import { parseMoment } from './parse-moment.js';

/** Dates as they are written elsewhere, as `parseMoment` reads them: `31.12.2026`, `12/31/2026`, `2026/12/31`, `2026-31-12`; empty if it is none. */
export function momentsMeant(text: string): readonly string[] {
  const [a = '', b = '', c = '', ...more] = text.trim().split(/[-./]/);
  if (more.length > 0 || ![a, b, c].every((part) => /^\d{1,4}$/.test(part))) return [];
  const orders =
    a.length === 4
      ? [
          [a, b, c],
          [a, c, b],
        ]
      : [
          [c, b, a],
          [c, a, b],
        ];
  const dates = orders.map((parts) => parts.map((part) => part.padStart(2, '0')).join('-'));
  // Whether it is a date does not depend on where, or when, it is read.
  return [...new Set(dates)].filter((date) => parseMoment(date, 0, 'UTC') !== null);
}
