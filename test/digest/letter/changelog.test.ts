import { describe, expect, it } from 'vitest';
import { letterOf, TAIL } from './letters.js';

const WHY = 'This series frees pages, since they are short.\n\n';

/** Version, since, text of each entry. */
const read = (text: string, version = 2) =>
  letterOf(`${WHY}${text}\n\n${TAIL}`, { version }).changelog.map((one) => [
    one.version,
    one.since,
    one.text,
  ]);

describe('the version that an entry describes', () => {
  it.each<[string, number, [number | null, number | null][]]>([
    [
      'Changes since v7:\n- a\n\nChanges since v6:\n- b',
      8,
      [
        [8, 7],
        [7, 6],
      ],
    ],
    [
      'Changes since v3:\n- a\n\nChanges since v1:\n- b',
      4,
      [
        [4, 3],
        [3, 1],
      ],
    ],
    [
      'Changes in v5:\n- a\n\nChanges in v4:\n- b',
      5,
      [
        [5, null],
        [4, null],
      ],
    ],
    [
      'Changes from v2:\n- a\n\nv1 -> v2:\n- b',
      3,
      [
        [3, 2],
        [2, 1],
      ],
    ],
    [
      'v1 -> v2:\n- b\n\nv2 -> v3:\n- a',
      3,
      [
        [3, 2],
        [2, 1],
      ],
    ],
    ['Changes to v1:\n- a', 2, [[2, 1]]],
    ['Changes since RFC:\n- a', 1, [[1, null]]],
    ['Changes since RFC v3:\n- a', 1, [[1, null]]],
    [
      'Changes since RFC v2:\n- a\n\nChanges since RFC v1:\n- b',
      1,
      [
        [1, null],
        [2, 1],
      ],
    ],
    [
      'Changes since v1:\n- a\n\nChanges since RFC v1:\n- b',
      2,
      [
        [2, 1],
        [1, null],
      ],
    ],
    [
      'Changes since v3:\n- a\n\nChanges since RFC v2:\n- b',
      4,
      [
        [4, 3],
        [3, 2],
      ],
    ],
    [
      'Changes since RFC v3:\n- a\n\nChanges since RFC v2:\n- b',
      4,
      [
        [4, 3],
        [3, 2],
      ],
    ],
    [
      'RFC v2 -> v1:\n- a\n\nRFC v1 -> RFC v2:\n- b',
      1,
      [
        [1, null],
        [2, 1],
      ],
    ],
    // What a first version is, is no change; `Changes in v1` may be those since an RFC.
    ['Changelog:\n v1: first version of the driver', 1, []],
    ['Changelog:\n v1:\n - a\n - b', 1, [[1, null]]],
    ['Changes in v1:\n- a', 1, [[1, null]]],
    [
      'v1:\n- a\n\nv2:\n- b',
      2,
      [
        [2, null],
        [1, null],
      ],
    ],
    ['Changelog:\n- a', 2, [[2, null]]],
    ['Changelog:\n- a', 5, [[null, null]]],
    ['Changes since the last version:\n- a', 4, [[4, null]]],
    [
      'Changelog:\n v2:\n  - a\n v3:\n  - b',
      3,
      [
        [3, null],
        [2, null],
      ],
    ],
  ])('%j in v%i', (text, version, expected) => {
    expect(read(text, version).map(([of, since]) => [of, since])).toEqual(expected);
  });
});

describe('the text of an entry', () => {
  it.each<[string, string, string]>([
    ['keeps its points whole', 'Changes since v1:\n\n* a\n  and so on\n\n* b', '* a\n  and so on\n\n* b'],
    ['starts on the line of the heading', 'v2: rebased, and\nretested', 'rebased, and\nretested'],
    ['may be indented without points', 'v2:\n\tFix it as Ada said.', 'Fix it as Ada said.'],
    [
      'starts below a sentence that says what changed',
      'The marks are gone, as the code got lots of\nfixes since v1:\n\n- a',
      '- a',
    ],
    [
      'starts at a version below a line without an end',
      'These are the tests of the call that reads pages\nv1->v2\n* a',
      '* a',
    ],
    ['may be one paragraph', 'Changes since v1:\nRebased.\n\nThe rest is as it was.', 'Rebased.'],
    ['ends where prose returns', 'Changes since v1:\n- a\n\nThere is a branch, too.', '- a'],
    ['ends at a ruler', 'Changes since v1:\n- a\n---\nOverview of it all', '- a'],
    ['goes on below a ruler that underlines', 'Change log v1-v2:\n-----------------\n* a', '* a'],
    [
      'goes on with points below a patch named',
      'v1 -> v2:\nPatch 1:\n- a\n\nPatch 2:\n- b',
      'Patch 1:\n- a\n\nPatch 2:\n- b',
    ],
    ['ends before the greetings', 'Changes since v1:\n- a\n\nBest regards,\nAda', '- a'],
    [
      'is not the link to the older version',
      'Changes in v2:\n- a\n- Link to v1: https://lore.kernel.org/r/1@example.org',
      '- a',
    ],
    [
      'is not the link below the heading',
      'v1 -> v2:\nv1: https://lore.kernel.org/r/1@example.org\n- a',
      '- a',
    ],
    [
      'may stand in lines that lost their indentation',
      'Changes since v1:\n\n* a long point\nthat goes on\n\n* b',
      '* a long point\nthat goes on\n\n* b',
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text).map(([version, , entry]) => [version, entry])).toEqual([[2, expected]]);
  });
});

describe('no changelog', () => {
  it.each([
    "I know that this conflicts, and I'll send a v2.",
    'In v2 we discussed whether to do this at all.',
    'v1: https://lore.kernel.org/r/1@example.org',
    'Benchmark:\n\nv6.8:  10 s\nv6.9:  12 s',
    'The v2 format is documented.',
    'v4:\n- planned for later',
    'The new hardware comes with quite a number of\nimprovements compared to v1.0:\n\n- one bell for each door',
    'This goes on with the cleanup, and most of the\npatches are new in v2.  They come from two findings:\n\n1) a\n2) b',
  ])('%s', (text) => {
    expect(read(text)).toEqual([]);
  });
});

describe('the version that the body claims', () => {
  it.each<[string, number, number | null]>([
    ['v2:\n- a', 1, 2],
    ['Changes since v1:\n- a', 1, 2],
    ['v2 -> v3:\n- a', 2, 3],
    ['Changes in v3:\n- a', 3, 3],
    ['Changes in v3:\n- a', 5, null],
    ['RFC v2 -> RFC v3:\n- a', 1, null],
    ["I'll send a v2 to fix those conflicts.", 1, null],
  ])('%j in v%i', (text, version, expected) => {
    expect(letterOf(`${WHY}${text}\n\n${TAIL}`, { version }).bodyVersion).toBe(expected);
  });
});

it('reads the changelog of a patch below its three dashes', () => {
  const text =
    'Free them early.\n\nSigned-off-by: Ada <ada@example.org>\n---\nv2: drop the lock\n\n mm/free.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n';
  const letter = letterOf(text, { total: 3, kind: 'patch' });
  expect(letter.changelog).toEqual([{ version: 2, since: null, text: 'drop the lock' }]);
  expect(letter.intro).toBe('Free them early.');
});

it('reads a changelog of a thousand lines', () => {
  const points = Array.from({ length: 1000 }, (_, at) => `- point ${at}`).join('\n');
  expect(letterOf(`Changes since v1:\n${points}\n`).changelog[0]?.text).toBe(points);
});

describe('a heading over the entries', () => {
  it.each([
    ['Notes:\n    v3: take the lock\n    v2: name it', 3],
    ['Notes (review):\n    v3:\n    - take the lock\n\n    v2:\n    - name it', 3],
    ['Differences related to previous versions:\nv3:\n- take the lock\n\nv2:\n- name it', 3],
    ['What is not as it was:\nv3:\n- take the lock\n\nv2:\n- name it', 3],
  ])('keeps none of them: %s', (text, version) => {
    expect(read(text, version).map(([entry]) => entry)).toEqual([3, 2]);
  });
});
