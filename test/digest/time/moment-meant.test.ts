import { describe, expect, it } from 'vitest';
import { momentsMeant } from '../../../src/digest/time/moment-meant.js';

describe('a date that is written otherwise', () => {
  it.each([
    ['31.12.2026', ['2026-12-31']],
    ['12/31/2026', ['2026-12-31']],
    ['1/2/2026', ['2026-02-01', '2026-01-02']],
    ['2026/12/31', ['2026-12-31']],
    ['2026-31-12', ['2026-12-31']],
    ['2026-02-30', []],
    ['1.2', []],
    ['yesterdayy', []],
    ['1.2.3.4', []],
  ])('%s', (text, dates) => {
    expect(momentsMeant(text)).toEqual(dates);
  });
});
