import { describe, expect, it } from 'vitest';
import { explainLinks } from '../../../src/digest/series/explain.js';
import type { Correction, SeriesGroup } from '../../../src/digest/series/group.js';
import { joinAtOnce } from '../revision/incremental-join.js';
import { BOB, DAY, full, type LittleMail, makeFacts, short } from '../revision/make-facts.js';
import { one, posting } from './make-postings.js';

const GUP = ['mm/gup: factor out duplicate code', 'mm/gup: track dma-pinned pages', 'mm/gup: FOLL_PIN'];
const TDP = ['x86/mmu: separate out the walker', 'x86/mmu: allocate root pages', 'x86/mmu: fault handlers'];
const CLK = ['clk: quux: new PLL', 'clk: quux: driver of the controller'];
const DTS = ['dts: zz5424: add the board', 'dts: zz5424: add the clocks'];

function groupsOf(
  mails: readonly LittleMail[],
  corrections: readonly Correction[] = [],
): readonly SeriesGroup[] {
  return joinAtOnce(mails.map(makeFacts), corrections).series;
}

/** `a b`, `c < a`: the postings of a series, and what it was split from. */
function tell({ revisions, origins = [] }: SeriesGroup): string {
  const own = revisions.map(({ id }) => short(id)).join(' ');
  return origins.length === 0 ? own : `${own} < ${origins.map(({ older }) => short(older)).join(' ')}`;
}

const CASES: readonly (readonly [string, readonly LittleMail[], readonly string[]])[] = [
  [
    'one v1 split into two v2 that both name it: the one that is most alike goes on, the other names it',
    [
      ...posting('a', 'PATCH', 'mm and x86', [...GUP, ...TDP]),
      ...posting('b', 'PATCH v2', 'mm/gup: pin pages', GUP, { at: 9 * DAY, earlier: [[1, 'a']] }),
      ...posting('c', 'PATCH v2', 'x86/mmu: walk', TDP, { at: 9 * DAY + 1, earlier: [[1, 'a']] }),
    ],
    ['a b', 'c < a'],
  ],
  [
    'the other half keeps its own later versions, also where they name v1 too',
    [
      ...posting('a', 'PATCH', 'mm and x86', [...GUP, ...TDP]),
      ...posting('b', 'PATCH v2', 'mm/gup: pin pages', GUP, { at: 9 * DAY, earlier: [[1, 'a']] }),
      ...posting('c', 'PATCH v2', 'x86/mmu: walk', TDP, { at: 9 * DAY + 1, earlier: [[1, 'a']] }),
      ...posting('d', 'PATCH v3', 'x86/mmu: walk', TDP, {
        at: 20 * DAY,
        earlier: [
          [1, 'a'],
          [2, 'c'],
        ],
      }),
    ],
    ['a b', 'c d < a'],
  ],
  [
    'halves that name nothing are known by their patches',
    [
      ...posting('a', 'PATCH', 'mm and x86', [...GUP, ...TDP.slice(0, 2)]),
      ...posting('b', 'PATCH v2', 'mm/gup: pin pages', GUP, { at: 9 * DAY }),
      ...posting('c', 'PATCH v2', 'x86/mmu: walk', TDP.slice(0, 2), { at: 9 * DAY }),
    ],
    ['a b', 'c < a'],
  ],
  [
    "two works that share a link, the kernel's and the emulator's, stay two, and neither comes from the other",
    [
      ...posting('k1', 'PATCH', 'virtio-mem: paravirtualized memory', GUP),
      ...posting('k2', 'PATCH v2', 'virtio-mem: paravirtualized memory', GUP, { at: 5 * DAY }),
      ...posting('k3', 'PATCH v3', 'virtio-mem: paravirtualized memory', GUP, {
        at: 60 * DAY,
        earlier: [[2, 'k2']],
      }),
      ...posting('q1', 'PATCH', 'virtio-mem: paravirtualized memory in the emulator', TDP, { at: 59 * DAY }),
      ...posting('q2', 'PATCH v2', 'virtio-mem: paravirtualized memory in the emulator', TDP, {
        at: 70 * DAY,
      }),
      ...posting('q3', 'PATCH v3', 'virtio-mem: paravirtualized memory in the emulator', TDP, {
        at: 80 * DAY,
        earlier: [[2, 'k2']],
      }),
    ],
    ['k1 k2 k3', 'q1 q2 q3'],
  ],
  [
    "the kernel's half and its tests, sent together under one title, are two works in each version",
    [
      ...posting('k1', 'PATCH', 'precise clock over migration', GUP.slice(0, 2)),
      ...posting('t1', 'PATCH', 'precise clock over migration', TDP.slice(0, 2), { at: 5 }),
      ...posting('k2', 'PATCH v2', 'precise clock over migration', GUP, { at: 3 * DAY }),
      ...posting('t2', 'PATCH v2', 'precise clock over migration', TDP, { at: 3 * DAY + 5 }),
    ],
    ['k1 k2', 't1 t2'],
  ],
  [
    'a link in the notes of one patch is of that patch',
    [
      ...posting('a', 'PATCH v4', 'add the quux controller', CLK, { from: BOB }),
      ...posting('b', 'PATCH', 'minimal boot support', DTS, { at: DAY }),
      ...posting('c', 'PATCH v2', 'minimal boot support', [CLK[0] ?? '', ...DTS], { at: 5 * DAY }).map(
        (mail): LittleMail => (mail.id === 'c.1' ? { ...mail, author: BOB, earlier: [[1, 'a.1']] } : mail),
      ),
    ],
    ['a', 'b c'],
  ],
  [
    'and so is one in the notes of the first patch where there is no letter',
    [
      ...posting('a', 'PATCH v4', 'add the quux controller', CLK, { from: BOB }),
      one('c.1', `[PATCH v2 1/2] ${DTS[0]}`, { at: DAY, earlier: [[1, 'a.1']] }),
      one('c.2', `[PATCH v2 2/2] ${DTS[1]}`, { at: DAY, re: ['c.1'] }),
    ],
    ['a', 'c.1'],
  ],
  [
    'a letter that picked one patch of other work names no version of its own',
    [
      ...posting('a', 'PATCH v4', 'add the quux controller', CLK, { from: BOB }),
      ...posting('c', 'PATCH v2', 'minimal boot support', [CLK[0] ?? '', ...DTS], {
        at: 5 * DAY,
        earlier: [[null, 'a.1']],
      }),
    ],
    ['a', 'c'],
  ],
  [
    'the notes of the only patch speak for the posting',
    [
      one('a', '[PATCH] mm: one thing'),
      one('b', '[PATCH v2] x86: quite another', { at: DAY, earlier: [[1, 'a']] }),
    ],
    ['a b'],
  ],
  [
    'work without a number that names v3 is none of its versions',
    [
      ...posting('a', 'PATCH v3', 'mm/gup: pin pages', GUP),
      one('f', '[PATCH] mm/gup: fix a leak of pinned pages', { at: DAY, earlier: [[null, 'a']] }),
    ],
    ['a', 'f'],
  ],
  [
    'one patch split off and sent as v2 keeps the real v2 out in no order',
    [
      ...posting('a', 'PATCH', 'mm/gup: pin pages', [...GUP, ...TDP.slice(0, 2)]),
      one('s', `[PATCH v2] ${GUP[0]}`, { at: DAY }),
      ...posting('b', 'PATCH v2', 'unmovable user memory', [...GUP.slice(1), 'x: y z', 'x: u v w'], {
        at: 9 * DAY,
      }),
    ],
    ['a b', 's < a'],
  ],
  [
    'what is dated a week after v2 and says no number is not v1',
    [
      ...posting('a', 'PATCH v2', 'kvm: nested state on demand', GUP),
      ...posting('b', 'PATCH', 'kvm: nested state on demand', GUP, { at: 7 * DAY }),
      ...posting('c', 'PATCH v3', 'kvm: nested state on demand', GUP, { at: 7 * DAY + 9 }),
    ],
    ['a c', 'b'],
  ],
  [
    'a title in another order of words, the next number',
    [
      ...posting('a', 'PATCH', 'zswap: cgroup accounting & control', ['a: one']),
      ...posting('b', 'PATCH v2', 'zswap: accounting & cgroup control', ['b: two'], { at: DAY }),
    ],
    ['a b'],
  ],
  [
    'an unlabelled resend under a title that says little, with all of its patches',
    [
      ...posting('a', 'PATCH', 'A sample series', ['test: add lorem ipsum', 'test: convert to markdown']),
      ...posting('b', 'PATCH', 'A sample series', ['test: add lorem ipsum', 'test: convert to markdown'], {
        at: 11,
      }),
    ],
    ['a b'],
  ],
  [
    'a labelled resend whose title lost a word',
    [
      ...posting('a', 'PATCH v12', 'guest branch recording', GUP),
      ...posting('b', 'PATCH v13', 'guest branch recording (kvm)', GUP.slice(0, 2), { at: 30 * DAY }),
      ...posting('c', 'PATCH RESEND v13', 'guest branch recording', GUP.slice(0, 2), { at: 99 * DAY }),
    ],
    ['a b c'],
  ],
  [
    'what another person sends under the same number and title is no resend',
    [
      ...posting('a', 'PATCH', 'kvm: fix the master clock', GUP.slice(0, 2)),
      ...posting('b', 'PATCH', 'kvm: fix the master clock', GUP.slice(0, 2), { at: 9, from: BOB }),
    ],
    ['a', 'b'],
  ],
];

describe('works that share a past', () => {
  it.each(CASES)('%s', (_, mails, expected) => {
    for (const order of [mails, mails.toReversed()])
      expect(groupsOf(order).map(tell).sort()).toEqual([...expected].sort());
  });

  it('say where they come from, in words', () => {
    const [, mails = []] = CASES[0] ?? [];
    expect(groupsOf(mails).flatMap(explainLinks)).toEqual([
      'link in the letter: the letter of v2 names a@x as v1',
      'split from v1 of “mm and x86”: the letter of v2 names a@x as v1',
    ]);
  });

  it('name no origin that a person put asunder', () => {
    const [, mails = []] = CASES[0] ?? [];
    const unlink: Correction = { kind: 'unlink', a: full('a'), b: full('c') };
    expect(groupsOf(mails, [unlink]).map(tell).sort()).toEqual(['a b', 'c']);
  });

  it('never hold two different postings of one number that say no word of being sent again', () => {
    for (const [name, mails] of CASES)
      for (const { revisions } of groupsOf(mails)) {
        const numbers = revisions.filter((one) => !one.resend).map((one) => `${one.rfc} ${one.version}`);
        const isResend = name.startsWith('an unlabelled resend');
        expect(new Set(numbers).size, name).toBe(isResend ? 1 : numbers.length);
      }
  });
});
