import { describe, expect, it } from 'vitest';
import { assembleRevisions } from '../../../src/digest/revision/assemble.js';
import type { Revision } from '../../../src/digest/revision/revision.js';
import { joinAtOnce } from './incremental-join.js';
import { BOB, DAY, type LittleMail, makeFacts, short } from './make-facts.js';

function one(id: string, subject: string, rest: Omit<LittleMail, 'id' | 'subject'> = {}): LittleMail {
  return { id, subject, ...rest };
}

/** `v2 1/3: members`, sorted. */
function tell({ version, slots, total, members }: Revision): string {
  const received = slots.filter((slot) => slot.id !== null).length;
  return `v${version} ${received}/${total}: ${members.map(short).sort().join(' ')}`;
}

const RUN = (n: number): string => `20240101000000.14259-${n}-ann@example.org`;
const OTHER_RUN = (n: number): string => `20240101001000.15301-${n}-ann@example.org`;

const CASES: readonly (readonly [string, readonly LittleMail[], readonly string[]])[] = [
  [
    'a forgotten letter in answer to the first patch, where all answer to a mail that is not here',
    [
      one('p1', '[PATCH v2 1/3] one', { re: ['r'] }),
      one('p2', '[PATCH v2 2/3] two', { re: ['r'] }),
      one('p3', '[PATCH v2 3/3] three', { re: ['r'] }),
      one('c', '[PATCH v2 0/3] all', { at: 20, re: ['p1'] }),
    ],
    ['v2 3/3: c p1 p2 p3'],
  ],
  [
    'a forgotten letter in answer to the last of chained patches, hours later',
    [
      one('p1', '[PATCH 1/2] one'),
      one('p2', '[PATCH 2/2] two', { re: ['p1'] }),
      one('c', '[PATCH 0/2] all', { at: 300, re: ['p2', 'p1'], shortlog: ['one', 'two'] }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    'a letter sent again in answer to the one that did not come',
    [
      one('p1', '[PATCH 1/2] one', { re: ['r'] }),
      one('p2', '[PATCH 2/2] two', { re: ['r'] }),
      one('c', '[PATCH 0/2] all', { at: 40, re: ['r'] }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    'the letter of other work in answer to a patch lists other patches',
    [
      one('p1', '[PATCH 1/2] one', { re: ['r'] }),
      one('p2', '[PATCH 2/2] two', { re: ['r'] }),
      one('c', '[PATCH 0/2] tests', { at: 20, re: ['p1'], shortlog: ['check one', 'check two'] }),
    ],
    ['v1 0/2: c', 'v1 2/2: p1 p2'],
  ],
  [
    'nor is one of another version, of another person, or of days later theirs',
    [
      one('p1', '[PATCH 1/2] one', { re: ['r'] }),
      one('p2', '[PATCH 2/2] two', { re: ['r'] }),
      one('v', '[PATCH v2 0/2] all', { at: 300, re: ['p1'] }),
      one('b', '[PATCH 0/2] all', { at: 20, re: ['p1'], from: BOB }),
      one('d', '[PATCH 0/2] all', { at: 3 * DAY, re: ['p1'] }),
    ],
    ['v1 0/2: b', 'v1 0/2: d', 'v1 2/2: p1 p2', 'v2 0/2: v'],
  ],
  [
    'a letter v4 over patches v5 is v5, where its list names them',
    [
      one('c', '[PATCH v4 0/2] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH v5 1/2] one', { at: 1, re: ['c'] }),
      one('p2', '[PATCH v5 2/2] two', { at: 1, re: ['c'] }),
    ],
    ['v5 2/2: c p1 p2'],
  ],
  [
    'also without a list, in the same minute; and a letter ahead of its patches bears their number',
    [
      one('c', '[PATCH v6 0/2] all'),
      one('p1', '[PATCH v5 1/2] one', { at: 1, re: ['c'] }),
      one('p2', '[PATCH v5 2/2] two', { at: 1, re: ['p1', 'c'] }),
    ],
    ['v5 2/2: c p1 p2'],
  ],
  [
    'also without a thread, where the run shows it',
    [
      one(RUN(1), '[PATCH v4 0/2] all'),
      one(RUN(2), '[PATCH v5 1/2] one'),
      one(RUN(3), '[PATCH v5 2/2] two', { at: 1 }),
    ],
    [`v5 2/2: ${[1, 2, 3].map(RUN).join(' ')}`],
  ],
  [
    'or the list',
    [
      one('c', '[PATCH v4 0/2] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH v5 1/2] one', { at: 1 }),
      one('p2', '[PATCH v5 2/2] two', { at: 2 }),
    ],
    ['v5 2/2: c p1 p2'],
  ],
  [
    'v5 in answer to the letter of v4 is another posting: days later, of another run, or where v4 is here',
    [
      one('c', '[PATCH v4 0/2] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH v5 1/2] one', { at: DAY, re: ['c'] }),
      one('p2', '[PATCH v5 2/2] two', { at: DAY, re: ['c'] }),
      one(RUN(1), '[PATCH v4 0/3] more', { at: 9, shortlog: ['x', 'y', 'z'] }),
      one(OTHER_RUN(1), '[PATCH v5 1/3] x', { at: 15, re: [RUN(1)] }),
      one('e', '[PATCH v4 0/4] most'),
      one('e1', '[PATCH v4 1/4] u', { re: ['e'] }),
      one('f1', '[PATCH v5 1/4] u', { at: 9, re: ['e'] }),
    ],
    [
      'v4 0/2: c',
      'v5 2/2: p1 p2',
      `v4 0/3: ${RUN(1)}`,
      `v5 1/3: ${OTHER_RUN(1)}`,
      'v4 1/4: e e1',
      'v5 1/4: f1',
    ],
  ],
  [
    'an extra patch without a version belongs to the v4 that it extends, however late it comes',
    [
      one('c', '[PATCH v4 0/2] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH v4 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH v4 2/2] two', { re: ['c'] }),
      one('x', '[PATCH 3/2] three', { at: 5 * DAY, re: ['p2', 'c'] }),
    ],
    ['v4 3/3: c p1 p2 x'],
  ],
  [
    'an extra patch outside of the thread belongs to the posting of its number of the same day',
    [
      one('c', '[PATCH v4 0/2] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH v4 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH v4 2/2] two', { re: ['c'] }),
      one('x', '[PATCH v4 3/2] three', { at: 200 }),
    ],
    ['v4 3/3: c p1 p2 x'],
  ],
  [
    'an unthreaded patch whose title differs a little from the list is in its place',
    [
      one('c', '[PATCH 0/2] rework', { shortlog: ['demo: one', 'demo/core: free the second buffer'] }),
      one('p1', '[PATCH 1/2] demo: one', { at: 1 }),
      one('p2', '[PATCH 2/2] demo/mm: free the second buffer', { at: 1 }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    'one that differs little from the entry of another place is not, nor is one of hours later',
    [
      one('c', '[PATCH 0/2] rework', { shortlog: ['demo: one', 'demo/core: free the second buffer'] }),
      one('p2', '[PATCH 2/2] demo: two', { at: 1 }),
      one('d', '[PATCH 0/3] rework', { shortlog: ['demo: one', 'demo/core: free a buffer', 'demo: three'] }),
      one('q2', '[PATCH 2/3] demo/mm: free a buffer', { at: 600 }),
    ],
    ['v1 0/2: c', 'v1 1/2: p2', 'v1 0/3: d', 'v1 1/3: q2'],
  ],
  [
    'a patch of a run that alone says v2, since it alone was sent before, is of the run',
    [
      one(RUN(1), '[PATCH 0/3] all', { shortlog: ['one', 'two', 'three'] }),
      one(RUN(2), '[PATCH v2 1/3] one', { re: [RUN(1)] }),
      one(RUN(3), '[PATCH 2/3] two', { re: [RUN(1)] }),
      one(RUN(4), '[PATCH 3/3] three', { re: [RUN(1)] }),
    ],
    [`v2 3/3: ${[1, 2, 3, 4].map(RUN).join(' ')}`],
  ],
];

describe('letters and patches that do not match by their tags', () => {
  it.each(CASES)('%s', (_, mails, expected) => {
    for (const order of [mails, mails.toReversed()])
      expect(assembleRevisions(order.map(makeFacts)).revisions.map(tell).sort()).toEqual(
        [...expected].sort(),
      );
  });

  it('name the number that the letter bears', () => {
    const mails = CASES.find(([name]) => name.startsWith('a letter v4 over'))?.[1] ?? [];
    const [revision] = assembleRevisions(mails.map(makeFacts)).revisions;
    expect(revision?.problems).toEqual([
      { code: 'version-of-cover', detail: 'The cover letter is numbered v4, its patches v5.' },
    ]);
  });

  it('say nothing of it where the letter alone, or one patch alone, says a number', () => {
    const mails = [
      one('c', '[PATCH v4 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
    ];
    expect(assembleRevisions(mails.map(makeFacts)).revisions[0]?.problems).toBeUndefined();
  });

  it('let an extra patch whose posting is not here be no version', () => {
    const mails = [
      one('a', '[PATCH v3] mm: pin all pages of a user', { patchId: 'feed' }),
      one('x', '[PATCH v4 9/8] mm: pin all pages of a user', { at: DAY, patchId: 'feed' }),
    ];
    expect(joinAtOnce(mails.map(makeFacts)).series).toHaveLength(2);
  });
});
