import { expect, it } from 'vitest';
import { Moment } from '../../../src/adapters/web/moment.js';
import { readSite } from '../../../src/adapters/web/page.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const nowMs = Date.parse('2026-11-17T06:00:00Z');
const page = { site: readSite(null, 'UTC'), nowMs, newestMail: null };

it.each([
  [0, '0 minutes ago'],
  [1.4 * HOUR_MS, '84 minutes ago'],
  [5 * HOUR_MS, '5 hours ago'],
  [3 * DAY_MS, '3 days ago'],
  [60 * DAY_MS, '60 days ago'],
  [100 * DAY_MS, '3 months ago'],
  [2_162 * DAY_MS, '6 years ago'],
  [-5 * DAY_MS, 'in 5 days'],
])('%i milliseconds ago: %s', (agoMs, words) => {
  const at = new Date(nowMs - agoMs).toISOString();
  expect(String(Moment({ at, form: 'relative', page }))).toContain(`>${words}</time>`);
});
