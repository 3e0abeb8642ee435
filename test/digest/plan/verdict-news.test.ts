import { describe, expect, it } from 'vitest';
import { verdictLines } from '../../../src/digest/plan/news-lines.js';
import { verdictNews } from '../../../src/digest/plan/verdict-news.js';
import type { VerdictRecord } from '../../../src/digest/series/record.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const verdict = (id: string, overrides: Partial<VerdictRecord> = {}): VerdictRecord => ({
  by: 'kernel test robot',
  kind: 'build',
  result: 'fail',
  patch: null,
  url: null,
  messageId: id,
  date: '2026-11-17T00:00:00Z',
  ...overrides,
});
const LATER = '2026-11-18T00:00:00Z';
const LATEST = '2026-11-19T00:00:00Z';
const ci = (id: string, overrides: Partial<VerdictRecord> = {}) =>
  verdict(id, { by: 'CI', kind: 'ci', ...overrides });

/** The lines about the verdicts that arrived (`mailIds`), of versions 1 and later. */
function lines(versions: readonly (readonly VerdictRecord[])[], mailIds: readonly string[]): string[] {
  const series = aSeries({
    revisions: versions.map((verdicts, at) =>
      aRevision({
        id: `v${at + 1}@x`,
        version: at + 1,
        arrived: `2026-11-1${at + 4}T00:00:00Z`,
        verdicts,
        patches: [1, 2, 3].map((index) => ({
          messageId: `p${index}@x`,
          index,
          author: 'Ada Quill',
          title: 'mm: do a thing',
          url: null,
          reviews: [],
        })),
      }),
    ),
  });
  const replies = { count: 0, people: 0, messageIds: [] };
  const verdicts = verdictNews(series, new Set(mailIds));
  return verdictLines({ series, arrived: [], replies, evidence: [], verdicts }).map(({ text }) => text);
}

describe('which verdicts are news', () => {
  it.each<[string, readonly (readonly VerdictRecord[])[], string[], string[]]>([
    ['a failed build', [[verdict('a')]], ['a'], ['kernel test robot: the build fails']],
    ['one that was posted', [[verdict('a')]], [], []],
    ['a warning', [[verdict('a', { result: 'warning' })]], ['a'], []],
    ['a pass', [[ci('a', { result: 'pass' })]], ['a'], []],
    [
      'of three patches, two together',
      [[verdict('a', { patch: 'p3@x' }), verdict('b', { patch: 'p1@x' })]],
      ['a', 'b'],
      ['kernel test robot: the build fails (patches 1, 3)'],
    ],
    [
      'a pass after a failed run',
      [[ci('b', { result: 'pass', was: 'fail' })]],
      ['b'],
      ['CI: CI passes again'],
    ],
    ['a pass after a pass', [[ci('b', { result: 'pass', was: 'pass' })]], ['b'], []],
    ['a warning after a failed run', [[ci('b', { result: 'warning', was: 'fail' })]], ['b'], []],
    [
      'a pass after a failure and a warning of the same patch',
      [
        [
          verdict('a', { patch: 'p1@x' }),
          verdict('b', { patch: 'p1@x', result: 'warning', date: LATER }),
          verdict('c', { patch: 'p1@x', result: 'pass', date: LATEST }),
        ],
      ],
      ['c'],
      ['kernel test robot: the build passes again (patch 1)'],
    ],
    [
      'a pass after a version that failed, and then one that was warned of',
      [[ci('a')], [ci('b', { result: 'warning' })], [ci('c', { result: 'pass' })]],
      ['c'],
      ['CI: CI passes again'],
    ],
    [
      'a pass after a version that failed and was then warned of',
      [[ci('b', { result: 'warning', was: 'fail' })], [ci('c', { result: 'pass' })]],
      ['c'],
      ['CI: CI passes again'],
    ],
    [
      'a pass after a version that was warned of alone',
      [[ci('b', { result: 'warning' })], [ci('c', { result: 'pass' })]],
      ['c'],
      [],
    ],
    [
      'a pass after a failure, a pass and a warning',
      [
        [
          verdict('a'),
          verdict('b', { result: 'pass', date: '2026-11-17T12:00:00Z' }),
          verdict('c', { result: 'warning', date: LATER }),
          verdict('d', { result: 'pass', date: LATEST }),
        ],
      ],
      ['d'],
      [],
    ],
    [
      'a new version that passes what the last failed',
      [[ci('a')], [ci('b', { result: 'pass' })]],
      ['b'],
      ['CI: CI passes again'],
    ],
    [
      'a new version that passes after one that did',
      [[ci('a')], [ci('b', { result: 'pass' })], [ci('c', { result: 'pass' })]],
      ['c'],
      [],
    ],
    [
      'a pass after a failure in the same version',
      [[verdict('a'), verdict('b', { result: 'pass', date: LATER })]],
      ['b'],
      ['kernel test robot: the build passes again'],
    ],
    [
      'one pass more in a version that passes what the last failed',
      [[verdict('a')], [verdict('b', { result: 'pass' }), verdict('c', { result: 'pass', date: LATER })]],
      ['c'],
      [],
    ],
    [
      'a pass of another patch than failed',
      [[verdict('a', { patch: 'p1@x' }), verdict('b', { patch: 'p2@x', result: 'pass', date: LATER })]],
      ['b'],
      [],
    ],
    [
      'a review by a program that has no more remarks',
      [
        [verdict('a', { by: 'Sashiko', kind: 'ai-review' })],
        [verdict('b', { by: 'Sashiko', kind: 'ai-review', result: 'pass' })],
      ],
      ['b'],
      ['Sashiko: has no more remarks'],
    ],
    ['a pass of another program', [[verdict('a')], [ci('b', { result: 'pass' })]], ['b'], []],
    [
      'an older version, found after the newest was out',
      [[verdict('a')], []],
      ['a'],
      ['kernel test robot: the build fails for v1'],
    ],
    ['an older version, found before', [[verdict('a', { date: '2026-11-14T12:00:00Z' })], []], ['a'], []],
  ])('%s', (_, versions, mailIds, expected) => {
    expect(lines(versions, mailIds)).toEqual(expected);
  });
});
