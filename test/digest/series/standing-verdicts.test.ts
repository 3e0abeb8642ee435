import { describe, expect, it } from 'vitest';
import { verdictText } from '../../../src/digest/plan/verdict-text.js';
import type { RevisionRecord, VerdictRecord } from '../../../src/digest/series/record.js';
import { aRevision } from '../../fixtures/series-record.js';

type Report = readonly [by: string, result: VerdictRecord['result'], day: number, patch?: string];

const dayOf = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T00:00:00Z`;

function posted(version: number, day: number, reports: readonly Report[]): RevisionRecord {
  const verdicts = reports.map(([by, result, at, patch = null]): VerdictRecord => {
    return { by, kind: 'build', result, patch, url: null, messageId: null, date: dayOf(at) };
  });
  return { ...aRevision({ version, arrived: dayOf(day) }), verdicts };
}

describe('the verdicts that stand', () => {
  it.each<[string, readonly RevisionRecord[], string | null]>([
    ['none', [posted(1, 1, [])], null],
    [
      'those on the newest posting',
      [
        posted(1, 1, [
          ['robot', 'fail', 2],
          ['lint', 'warning', 2],
          ['ci', 'pass', 2],
        ]),
      ],
      'CI 1✓ 1⚠ 1✗',
    ],
    ['a failure ends with the next version', [posted(1, 1, [['robot', 'fail', 2]]), posted(2, 3, [])], null],
    [
      'one that is found after the next version was out counts',
      [posted(1, 1, [['robot', 'fail', 4]]), posted(2, 3, [])],
      'CI 1✗',
    ],
    [
      'until the same program passes that',
      [posted(1, 1, [['robot', 'fail', 4]]), posted(2, 3, [['robot', 'pass', 5]])],
      'CI 1✓',
    ],
    [
      'a program counts once for each patch, by the worst',
      [
        posted(1, 1, [
          ['robot', 'warning', 2, 'a'],
          ['robot', 'fail', 3, 'a'],
          ['robot', 'fail', 3, 'b'],
        ]),
      ],
      'CI 2✗',
    ],
  ])('%s', (_, revisions, expected) => {
    expect(verdictText({ revisions })).toBe(expected);
  });
});
