import { describe, expect, it } from 'vitest';
import { seriesSummary } from '../../../src/digest/summary/series-summary.js';

describe('the description of a series', () => {
  it.each([
    [
      'is that of its newest revision',
      [
        [1, 'old'],
        [2, 'new'],
      ],
      ['new', 2],
    ],
    [
      'is an earlier one where the newest letter is a changelog alone',
      [
        [1, 'old'],
        [2, 'better'],
        [3, null],
      ],
      ['better', 2],
    ],
    [
      'goes by version, not by order',
      [
        [3, null],
        [2, 'second'],
        [1, 'first'],
      ],
      ['second', 2],
    ],
    [
      'is that of the resend, of two with one version',
      [
        [2, 'sent'],
        [2, 'sent again'],
      ],
      ['sent again', 2],
    ],
    [
      'is none where no letter has one',
      [
        [1, null],
        [2, null],
      ],
      null,
    ],
    ['is none of none', [], null],
  ] as [string, [number, string | null][], [string, number] | null][])('%s', (_name, revisions, expected) => {
    const found = seriesSummary(revisions.map(([version, summary]) => ({ version, summary })));
    expect(found === null ? null : [found.summary, found.from.version]).toEqual(expected);
  });
});
