import { describe, expect, it } from 'vitest';
import { letterOf } from './letters.js';

const link = (id: string) => `https://lore.kernel.org/linux-mm/${id}@example.org/`;

/** [version, local part of the Message-ID] of each. */
const read = (text: string, version = 3) =>
  letterOf(text, { version }).previousVersions.map((one) => [
    one.version,
    one.messageId?.split('@')[0] ?? one.url,
  ]);

describe('the earlier versions that a letter names', () => {
  it.each<[string, string, (readonly [number | null, string])[]]>([
    [
      'a list',
      `v1: ${link('a')}\nv2: ${link('b')}`,
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    ['an arrow', `v1 -> ${link('a')}`, [[1, 'a']]],
    [
      "b4's form",
      `Changes in v3:\n- x\n- Link to v2: ${link('b')}\n\nChanges in v2:\n- y\n- Link to v1: ${link('a')}`,
      [
        [2, 'b'],
        [1, 'a'],
      ],
    ],
    [
      'brackets',
      `[v1] ${link('a')}\n[v2]: ${link('b')}`,
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    ['a label above', `v2:\n  ${link('b')}`, [[2, 'b']]],
    ['an RFC', `RFC: ${link('r')}`, [[null, 'r']]],
    ['a numbered RFC', `RFC v4: ${link('r')}`, [[4, 'r']]],
    ['`Previous:` over a link', `Previous:\n${link('b')}\n---`, [[null, 'b']]],
    [
      'several under one label',
      `Previous versions:\n\n${link('a')}\n${link('b')}`,
      [
        [null, 'a'],
        [null, 'b'],
      ],
    ],
    ['a sentence', `The previous version was posted here.\n\n${link('b')}`, [[null, 'b']]],
    ['a sentence with a version', `For v2, see the posting here: ${link('b')}`, [[2, 'b']]],
    ['a sentence over two lines', `You can find v1 of this series\nhere: ${link('a')}`, [[1, 'a']]],
    ['a heading of the changelog', `v1 -> v2:\n${link('a')}\n- x`, [[1, 'a']]],
    ['an older version in a heading', `Changes since v2 (${link('b')}):\n- x`, [[2, 'b']]],
    ['below `Changes since`', `Changes since v2:\n${link('b')}\n- x`, [[2, 'b']]],
    ['a reference', `It differs from v2 [1].\n\n[1] ${link('b')}`, [[2, 'b']]],
    [
      'two references',
      `See v1 [1], v2 [2].\n\n[1] ${link('a')}\n[2]: ${link('b')}`,
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    ['a reference with a label', `[1] v2: ${link('b')}`, [[2, 'b']]],
    ['a reference with the version behind', `[1] ${link('b')} (v2)`, [[2, 'b']]],
    [
      'the first and the last',
      `The previous RFC can be found at [2]. The\nfirst RFC at [3].\n\n[2] ${link('b')}\n[3] ${link('a')}`,
      [
        [null, 'b'],
        [1, 'a'],
      ],
    ],
    [
      'a bare Message-ID',
      'v2: <20250102030405.12345-1-ada@example.org>',
      [[2, '20250102030405.12345-1-ada']],
    ],
    [
      'an archive without Message-IDs',
      'v2: https://lkml.org/lkml/2020/3/25/125',
      [[2, 'https://lkml.org/lkml/2020/3/25/125']],
    ],
    [
      'once, though linked at two archives (T18)',
      `Changes in v3:\n- x\n- Link to v2: https://patch.msgid.link/b@example.org\n\nv2: ${link('b')}`,
      [[2, 'b']],
    ],
    [
      'once, however often it is named',
      `v2: ${link('b')}\nChanges since v2 [1]:\n- x\n\n[1] ${link('b')}`,
      [[2, 'b']],
    ],
    ['a sentence that says what it replaces', `This series supersedes ${link('b')}`, [[null, 'b']]],
    ['a patch that replaces another', `This patch replaces my patch at\n${link('b')}`, [[null, 'b']]],
    ['a replacement', `It is a replacement for [1].\n\n[1] ${link('b')}`, [[null, 'b']]],
    ['what it replaces, by its number', `This replaces v2: ${link('b')}`, [[2, 'b']]],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('may be the same number after RFCs', () => {
    expect(read(`RFC v3: ${link('r')}`, 1)).toEqual([[3, 'r']]);
  });

  it('may be newer than the subject, if the changelog says so', () => {
    expect(read(`v2: ${link('b')}`, 1)).toEqual([]);
    expect(read(`v2 -> v3:\n- x\n\nv2: ${link('b')}`, 1)).toEqual([[2, 'b']]);
  });
});

describe('links to something else', () => {
  it.each([
    `This series depends on v4 of the other one [1].\n\n[1] ${link('x')}`,
    `Based on v2 of Bo's work: ${link('x')}`,
    `QEMU side, v2: see ${link('x')}`,
    `A description of purpose for this series could be found here.\n\n${link('x')}`,
    `This version follows Bo's comments posted here.\n\n${link('x')}`,
    `And the discussion that sparked this journey:\n\n${link('x')}`,
    `Previous version from Bo Example: ${link('x')}`,
    `Bo's v2: ${link('x')}`,
    `This replaces the lock that was added by ${link('x')}`,
    `This supersedes fixes by Bo: ${link('x')}`,
    `This replaces Bo's series ${link('x')}`,
    `Replaced the lock, see ${link('x')}`,
    `v9: ${link('x')}`,
    `Reported-by: Bo <bo@example.org>\nCloses: ${link('x')}`,
    `v2: Bo Example <bo@example.org>`,
    'v2: https://github.com/example/linux/tree/free-v2',
    `[1] [PATCH v2 0/9] another title\n    ${link('x')}`,
    `> v2: ${link('x')}`,
  ])('%j', (text) => {
    expect(read(text)).toEqual([]);
  });
});
