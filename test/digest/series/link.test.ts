import { describe, expect, it } from 'vitest';
import { explainLinks } from '../../../src/digest/series/explain.js';
import type { Correction, SeriesGroup } from '../../../src/digest/series/group.js';
import { linkRevisions } from '../../../src/digest/series/link.js';
import { joinAtOnce } from '../revision/incremental-join.js';
import { BOB, DAY, full, type LittleMail, makeFacts, short } from '../revision/make-facts.js';
import { one, posting } from './make-postings.js';

/** Each series as the ids of its revisions, oldest first. */
function seriesOf(mails: readonly LittleMail[], corrections: readonly Correction[] = []): readonly string[] {
  return joinAtOnce(mails.map(makeFacts), corrections).series.map(tell).sort();
}

function tell(group: SeriesGroup): string {
  return group.revisions.map((revision) => short(revision.id)).join(' ');
}

const GUP = [
  'mm/gup: factor out duplicate code',
  'mm/gup: track dma-pinned pages',
  'selftests: exercise FOLL_PIN',
];
const TDP = ['x86/mmu: separate out the walker', 'x86/mmu: allocate root pages', 'x86/mmu: fault handlers'];

const cases: readonly (readonly [string, readonly LittleMail[], readonly string[]])[] = [
  [
    'v2 after 17 months, under its title and by its author',
    [
      ...posting('a', 'PATCH', 'KVM: track pinned pages of guests', GUP),
      ...posting('b', 'PATCH v2', 'KVM: track pinned pages of guests', TDP, { at: 510 * DAY }),
    ],
    ['a b'],
  ],
  [
    'a v2 after 17 months goes to the v1 that is near it',
    [
      ...posting('a', 'PATCH', 'KVM: track pinned pages of guests', GUP),
      ...posting('b', 'PATCH', 'KVM: track pinned pages of guests', TDP, { at: 500 * DAY }),
      ...posting('c', 'PATCH v2', 'KVM: track pinned pages of guests', TDP, { at: 510 * DAY }),
    ],
    ['a', 'b c'],
  ],
  [
    'a v1 that has its v2 gets no other after 17 months',
    [
      ...posting('a', 'PATCH', 'KVM: track pinned pages of guests', GUP),
      ...posting('b', 'PATCH v2', 'KVM: track pinned pages of guests', GUP, { at: DAY }),
      ...posting('c', 'PATCH v2', 'KVM: track pinned pages of guests', TDP, { at: 510 * DAY }),
    ],
    ['a b', 'c'],
  ],
  [
    'what comes every year is no v2 of the last one, and neither is a v1, a v3, or what others send',
    [
      ...posting('a', 'PATCH', 'misc cleanups', ['a one', 'a two']),
      ...posting('b', 'PATCH v2', 'misc cleanups', ['b one', 'b two'], { at: 510 * DAY }),
      ...posting('c', 'PATCH', 'KVM: track pinned pages of guests', ['c one', 'c two']),
      ...posting('d', 'PATCH', 'KVM: track pinned pages of guests', ['d one', 'd two'], { at: 500 * DAY }),
      ...posting('e', 'PATCH', 'vfio: drop pins before the container', ['e one', 'e two']),
      ...posting('f', 'PATCH v3', 'vfio: drop pins before the container', ['f one', 'f two'], {
        at: 510 * DAY,
      }),
      ...posting('g', 'PATCH', 'net: split the queue of each link', ['g one', 'g two']),
      ...posting('h', 'PATCH v2', 'net: split the queue of each link', ['h one', 'h two'], {
        at: 510 * DAY,
        from: BOB,
      }),
      ...posting('i', 'PATCH', 'gpio: name each line of the chip', ['i one', 'i two']),
      ...posting('j', 'PATCH v2', 'gpio: name each line of the chip', ['j one', 'j two'], { at: 1200 * DAY }),
    ],
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'],
  ],
  [
    'a change-id joins what shares nothing else',
    [
      ...posting('a', 'PATCH', 'first words', ['one'], { changeId: '2024-x-1' }),
      ...posting('b', 'PATCH v2', 'other words', ['two'], { changeId: '2024-x-1', from: BOB, at: 800 * DAY }),
    ],
    ['a b'],
  ],
  [
    'a change-id that is renewed with each version parts nothing',
    [
      ...posting('a', 'PATCH', 'mm: track pinned pages', GUP, { changeId: 'one' }),
      ...posting('b', 'PATCH v2', 'mm: track pinned pages', GUP, { changeId: 'two', at: DAY }),
      ...posting('c', 'PATCH v3', 'mm: track pinned pages', GUP, { changeId: 'three', at: 2 * DAY }),
    ],
    ['a b c'],
  ],
  [
    'two change-ids part postings of one number',
    [
      ...posting('a', 'PATCH v2', 'mm: track pinned pages', GUP, { changeId: 'one' }),
      ...posting('b', 'PATCH v2', 'mm: track pinned pages', GUP, { changeId: 'two', at: DAY }),
    ],
    ['a', 'b'],
  ],
  [
    'two change-ids part what has little in common besides',
    [
      ...posting('a', 'PATCH', 'net/tcp: tracepoints', [...GUP, ...TDP], { changeId: 'one' }),
      ...posting('b', 'PATCH v2', 'selftests/net: updates', [...GUP.slice(0, 2), 'x: y', 'x: z', 'x: w'], {
        changeId: 'two',
        at: DAY,
      }),
    ],
    ['a', 'b'],
  ],
  [
    'two change-ids are one series where the text says so',
    [
      ...posting('a', 'PATCH', 'mm: track pinned pages', GUP, { changeId: 'one' }),
      ...posting('b', 'PATCH v2', 'mm: track pinned pages', GUP, {
        changeId: 'two',
        at: DAY,
        earlier: [[1, 'a']],
      }),
    ],
    ['a b'],
  ],
  [
    'Supersedes: joins',
    [
      ...posting('a', 'PATCH', 'first words', ['one']),
      ...posting('b', 'PATCH', 'other words', ['two'], { supersedes: ['a'], at: DAY }),
    ],
    ['a b'],
  ],
  [
    'Supersedes: of another author who keeps a patch joins',
    [
      ...posting('a', 'PATCH', 'first words', ['frob: count the wings', 'one']),
      ...posting('b', 'PATCH', 'other things', ['frob: count the wings', 'two'], {
        supersedes: ['a'],
        from: BOB,
        at: DAY,
      }),
    ],
    ['a b'],
  ],
  [
    'Supersedes: of another author whose work has nothing of it joins nothing',
    [
      ...posting('a', 'PATCH', 'first words', ['one']),
      ...posting('b', 'PATCH', 'other things', ['two'], { supersedes: ['a'], from: BOB, at: DAY }),
    ],
    ['a', 'b'],
  ],
  [
    'v2 in the thread of v1, retitled',
    [
      ...posting('a', 'PATCH', 'mm/gup: track pages', GUP),
      ...posting('b', 'PATCH v2', 'mm/gup: mark pinned pages', GUP.slice(1), { re: ['a'], at: DAY }),
    ],
    ['a b'],
  ],
  [
    'G13: another series in the thread of a series is other work',
    [
      ...posting('a', 'PATCH', 'mm/gup: track pinned pages', GUP),
      ...posting('b', 'PATCH', 'x86/mmu: fault in parallel', TDP, { re: ['a'], at: 60 }),
    ],
    ['a', 'b'],
  ],
  [
    'a link that the letter names as an earlier version joins, whatever changed (G28)',
    [
      ...posting('a', 'PATCH v4', 'mm/gup: FOLL_PIN, FOLL_LONGTERM', GUP),
      ...posting('b', 'PATCH v8', 'reads and writes of user pages', TDP, {
        at: 90 * DAY,
        earlier: [[4, 'a']],
      }),
    ],
    ['a b'],
  ],
  [
    'a link to a patch of the earlier version does too',
    [
      ...posting('a', 'PATCH', 'first words', GUP),
      ...posting('b', 'PATCH v2', 'other words', TDP, { at: DAY, earlier: [[1, 'a.2']] }),
    ],
    ['a b'],
  ],
  [
    'a link to another series joins nothing, though a parser may have taken it for a version (G24)',
    [
      ...posting('a', 'PATCH', 'mm/gup: track pinned pages', GUP, { from: BOB }),
      ...posting('b', 'PATCH', 'x86/mmu: fault in parallel', TDP, { at: DAY, earlier: [[null, 'a']] }),
    ],
    ['a', 'b'],
  ],
  [
    'a backport that names the original is other work',
    [
      ...posting('a', 'PATCH v3', 'sched: rework of bandwidth', GUP),
      ...posting('b', 'PATCH 6.1', 'sched: rework of bandwidth', GUP, { at: DAY, earlier: [[null, 'a']] }),
    ],
    ['a', 'b'],
  ],
  [
    'one title, one author, the next number',
    [
      ...posting('a', 'PATCH', 'mm: pages', ['a: one']),
      ...posting('b', 'PATCH v2', 'mm: pages', ['b: two'], { at: DAY }),
    ],
    ['a b'],
  ],
  [
    'case and punctuation of a title do not count',
    [one('a', '[PATCH] KVM: Fix the clock.'), one('b', '[PATCH v2] kvm: fix the clock', { at: DAY })],
    ['a b'],
  ],
  [
    'a single patch in three versions',
    [
      one('a', '[PATCH] kvm: one'),
      one('b', '[PATCH v2] kvm: one', { at: 9 }),
      one('c', '[PATCH v3] kvm: one', { at: 99 }),
    ],
    ['a b c'],
  ],
  [
    'titles that different people use do not join',
    [one('a', '[PATCH] Fix typos'), one('b', '[PATCH v2] Fix typos', { from: BOB, at: DAY })],
    ['a', 'b'],
  ],
  [
    'nor do Add support for … of two people',
    [
      ...posting('a', 'PATCH', 'Add support for ring resizing', GUP),
      ...posting('b', 'PATCH v2', 'Add support for ring resizing', TDP, { from: BOB, at: DAY }),
    ],
    ['a', 'b'],
  ],
  [
    "one author's recurring title is new work each time",
    [one('a', '[PATCH] io_uring: fix typo'), one('b', '[PATCH] io_uring: fix typo', { at: 90 * DAY })],
    ['a', 'b'],
  ],
  [
    'every pull request is its own series',
    [0, 7, 14].map((week) => one(`p${week}`, '[GIT PULL] io_uring fixes for 6.8', { at: week * DAY })),
    ['p0', 'p14', 'p7'],
  ],
  [
    'save for one that is sent again for the same patches',
    [
      one('a', '[GIT PULL] kvm 2026-03-02', { shortlog: GUP }),
      one('b', '[GIT PULL] kvm 2026-03-02', { shortlog: GUP, at: DAY }),
    ],
    ['a b'],
  ],
  [
    'and not for others, by someone else, or months later',
    [
      one('a', '[GIT PULL] kvm fixes', { shortlog: GUP }),
      one('b', '[GIT PULL] kvm fixes', { shortlog: GUP.slice(1), at: DAY }),
      one('c', '[GIT PULL] kvm fixes', { shortlog: GUP, from: BOB, at: 2 * DAY }),
      one('d', '[GIT PULL] kvm fixes', { shortlog: GUP, at: 60 * DAY }),
    ],
    ['a', 'b', 'c', 'd'],
  ],
  [
    'nor for one patch under a title that says little',
    [
      one('a', '[GIT PULL] MAINTAINERS update', { shortlog: ['MAINTAINERS: update'] }),
      one('b', '[GIT PULL] MAINTAINERS update', { shortlog: ['MAINTAINERS: update'], at: 20 * DAY }),
    ],
    ['a', 'b'],
  ],
  [
    'save for the second version of one',
    [one('a', '[GIT PULL] kvm fixes'), one('b', '[GIT PULL v2] kvm fixes', { at: DAY })],
    ['a b'],
  ],
  [
    'v1 years after v3 of the same title is new work',
    [
      one('a', '[PATCH v2] kvm: fix the master clock'),
      one('b', '[PATCH v3] kvm: fix the master clock', { at: DAY }),
      one('c', '[PATCH] kvm: fix the master clock', { at: 900 * DAY }),
    ],
    ['a b', 'c'],
  ],
  [
    'v1 months after v3 too',
    [
      one('a', '[PATCH v3] kvm: fix the master clock'),
      one('c', '[PATCH] kvm: fix the master clock', { at: 100 * DAY }),
    ],
    ['a', 'c'],
  ],
  [
    'v2 more than a year later is not found by its title alone',
    [one('a', '[PATCH] kvm: fix the clock'), one('b', '[PATCH v2] kvm: fix the clock', { at: 500 * DAY })],
    ['a', 'b'],
  ],
  [
    'G29: v3 dated before v2',
    [
      one('a', '[PATCH] kvm: fix the clock'),
      one('c', '[PATCH v3] kvm: fix the clock', { at: 2 * DAY }),
      one('b', '[PATCH v2] kvm: fix the clock', { at: 3 * DAY }),
    ],
    ['a b c'],
  ],
  [
    'G23: a RESEND is no new version, but of the series',
    [
      one('a', '[PATCH v2] kvm: fix the clock'),
      one('b', '[PATCH RESEND v2] kvm: fix the clock', { at: 30 * DAY }),
    ],
    ['a b'],
  ],
  [
    'G8: an unlabelled resend is of the series',
    [
      ...posting('a', 'PATCH', 'mm/gup: track pinned pages', GUP),
      ...posting('b', 'PATCH', 'mm/gup: track pinned pages', GUP, { at: DAY }),
      ...posting('c', 'PATCH v2', 'mm/gup: track pinned pages', GUP, { at: 9 * DAY }),
    ],
    ['a b c'],
  ],
  [
    'RFC counts on its own: RFC v2, then v1, then v2',
    [
      ...posting('r1', 'PATCH RFC', 'mm/gup: track pinned pages', GUP),
      ...posting('r2', 'PATCH RFC v2', 'mm/gup: track pinned pages', GUP, { at: DAY }),
      ...posting('a', 'PATCH', 'mm/gup: track pinned pages', GUP, { at: 9 * DAY }),
      ...posting('b', 'PATCH v2', 'mm/gup: track pinned pages', GUP, { at: 20 * DAY }),
    ],
    ['r1 r2 a b'],
  ],
  [
    'a single patch that grew into a series',
    [
      one('a', '[PATCH] mm/gup: track dma-pinned pages'),
      ...posting('b', 'PATCH v2', 'mm/gup: FOLL_PIN', GUP, { at: 3 * DAY }),
    ],
    ['a b'],
  ],
  [
    'the same by content where the title changed',
    [
      one('a', '[PATCH] something quite else', { patchId: 'feed' }),
      one('b', '[PATCH v2] mm/gup: track dma-pinned pages', { patchId: 'feed', at: DAY }),
    ],
    ['a b'],
  ],
  [
    '(was: …) names the older title',
    [
      one('a', '[PATCH] kvm: fix the clock'),
      one('b', '[PATCH v2] x86: repair timekeeping (was: kvm: fix the clock)', { at: DAY }),
    ],
    ['a b'],
  ],
  [
    'G27: a version that only the letter claims orders the series',
    [
      ...posting('a', 'PATCH', 'kvm: cpuid in order', GUP),
      ...posting('b', 'PATCH', 'kvm: cpuid in order', TDP, { bodyVersion: 2, at: 200 * DAY }),
    ],
    ['a b'],
  ],
  [
    'the address changed from company to private, the title with it',
    [
      ...posting('a', 'PATCH', 'mm/gup: track pages', GUP, { from: 'Ann Author <ann@corp.example.com>' }),
      ...posting('b', 'PATCH v2', 'mm/gup: pin pages', GUP, {
        from: 'Ann Author <ann@home.example.net>',
        at: DAY,
      }),
    ],
    ['a b'],
  ],
  [
    'another person took the series over',
    [
      ...posting('a', 'PATCH v3', 'mm/gup: track pages', GUP),
      ...posting('b', 'PATCH v4', 'mm/gup: pin pages', GUP, { from: BOB, at: 60 * DAY }),
    ],
    ['a b'],
  ],
  [
    'another person who carries some of the patches has work of his own',
    [
      ...posting('a', 'PATCH', 'mm/gup: track pages', GUP),
      ...posting('b', 'PATCH v4', 'x86: everything', [...TDP, ...GUP.slice(0, 2)], { from: BOB, at: DAY }),
    ],
    ['a', 'b'],
  ],
  [
    'a series split in two: the larger half goes on, the other is new work',
    [
      ...posting('a', 'PATCH', 'mm and x86', [...GUP, ...TDP.slice(0, 2)]),
      ...posting('b', 'PATCH v2', 'mm/gup: pin pages', GUP, { at: 9 * DAY }),
      ...posting('c', 'PATCH v2', 'x86/mmu: walk', TDP.slice(0, 2), { at: 9 * DAY }),
    ],
    ['a b', 'c'],
  ],
  [
    'two series merged: the merged one goes on with what it took most from',
    [
      ...posting('a', 'PATCH', 'mm/gup: pin pages', GUP),
      ...posting('b', 'PATCH', 'x86/mmu: walk', TDP.slice(0, 2)),
      ...posting('c', 'PATCH v2', 'mm and x86', [...GUP, ...TDP.slice(0, 2)], { at: 9 * DAY }),
    ],
    ['a c', 'b'],
  ],
  [
    'stable copies of a patch are no versions of it',
    [
      one('a', '[PATCH v2] kvm: fix the master clock', { patchId: 'feed' }),
      one('b', '[PATCH AUTOSEL 6.1 12/20] kvm: fix the master clock', {
        patchId: 'feed',
        from: BOB,
        at: 30 * DAY,
      }),
      one('c', '[PATCH AUTOSEL 5.15 9/14] kvm: fix the master clock', {
        patchId: 'feed',
        from: BOB,
        at: 30 * DAY,
      }),
    ],
    ['a', 'b', 'c'],
  ],
  [
    'a backport that says only in v2 what it copies',
    [
      one('a', '[PATCH 6.1] kvm: fix the master clock'),
      one('b', '[PATCH v2 6.1] kvm: fix the master clock', { at: DAY, upstream: '1a2b3c4d5e6f' }),
      one('c', '[PATCH 5.15] kvm: fix the master clock', { at: DAY, upstream: '1a2b3c4d5e6f' }),
    ],
    ['a b', 'c'],
  ],
  [
    'a release in the tags is no backport where the author sends new work for it',
    [
      ...posting('a', 'PATCH', 'a second pack of cleanups', GUP),
      ...posting('b', 'PATCH 5.12 v2', 'a second pack of cleanups', TDP, { at: DAY }),
    ],
    ['a b'],
  ],
  [
    "Gerrit's Change-Id names a patch: another one parts nothing",
    [
      ...posting('a', 'PATCH RFC', 'drm: a cgroup controller', GUP, { changeId: `I${'a'.repeat(40)}` }),
      ...posting('b', 'PATCH RFC v2', 'drm: a cgroup controller', TDP, {
        changeId: `I${'b'.repeat(40)}`,
        at: DAY,
      }),
    ],
    ['a b'],
  ],
  [
    'another person counts on where the first stopped',
    [
      ...posting('a', 'PATCH v15', 'io_uring: napi busy polling by ring', GUP),
      ...posting('b', 'PATCH v16', 'io_uring: napi busy polling by ring', TDP, { from: BOB, at: 200 * DAY }),
    ],
    ['a b'],
  ],
  [
    'a link whose target bears a higher number and another subject is a slip',
    [
      ...posting('a', 'PATCH v4', 'mm/gup: track pinned pages', GUP),
      ...posting('b', 'PATCH v3', 'x86/mmu: fault in parallel', TDP, { at: DAY, earlier: [[1, 'a']] }),
    ],
    ['a', 'b'],
  ],
  [
    'a title that changed a word, the next number',
    [
      one('a', '[PATCH v2] io_uring/sqpoll: do not put cpumask on stack'),
      one('b', '[PATCH v3] io_uring/sqpoll: do not put cpumasks on stack', { at: DAY }),
    ],
    ['a b'],
  ],
  [
    'seeds 004: three series of one author in one night stay three',
    [
      ...posting('a', 'PATCH', 'KVM: x86: MPX bug fix and cleanup', GUP.slice(0, 2)),
      ...posting('b', 'PATCH', 'KVM: x86: clean up guest_cpuid', TDP.slice(0, 2), { at: 12 }),
      ...posting('c', 'PATCH', 'KVM: x86: exit reason', TDP.slice(2), { at: 20 }),
    ],
    ['a', 'b', 'c'],
  ],
];

describe('linkRevisions', () => {
  it.each(cases)('%s', (_, mails, expected) => {
    expect(seriesOf(mails)).toEqual([...expected].sort());
    expect(seriesOf(mails.toReversed())).toEqual([...expected].sort());
  });

  const v1 = posting('a', 'PATCH', 'mm/gup: pin pages', GUP);
  const v2 = posting('b', 'PATCH v2', 'mm/gup: pin pages', GUP, { at: DAY });
  const other = posting('c', 'PATCH', 'x86/mmu: walk', TDP, { from: BOB, at: DAY });

  it.each<readonly [string, readonly Correction[], readonly string[]]>([
    ['none', [], ['a b', 'c']],
    ['link', [{ kind: 'link', a: full('a'), b: full('c.2') }], ['a c b']],
    ['unlink', [{ kind: 'unlink', a: full('a'), b: full('b') }], ['a', 'b', 'c']],
    [
      'the last word on a pair',
      [
        { kind: 'unlink', a: full('a'), b: full('b') },
        { kind: 'link', a: full('b'), b: full('a.1') },
      ],
      ['a b', 'c'],
    ],
    [
      'a later unlink parts what an earlier link joined in passing',
      [
        { kind: 'link', a: full('a'), b: full('c') },
        { kind: 'unlink', a: full('b'), b: full('c') },
      ],
      ['a b', 'c'],
    ],
    [
      'a later link overrules what kept the two works apart',
      [
        { kind: 'unlink', a: full('b'), b: full('c') },
        { kind: 'link', a: full('a'), b: full('c') },
      ],
      ['a c b'],
    ],
    ['one about mail that is not here', [{ kind: 'link', a: full('a'), b: full('gone') }], ['a b', 'c']],
  ])("heeds a person's corrections: %s", (_, corrections, expected) => {
    // A correction is part of what makes a component: the caller brings its revisions together.
    const facts = [...v1, ...v2, ...other].map(makeFacts);
    const { revisions } = joinAtOnce(facts);
    const groups = linkRevisions(revisions, new Map(facts.map((each) => [each.id, each])), corrections);
    expect(groups.map(tell).sort()).toEqual(expected);
  });

  it('brings two works together whole, though both have a v1 and a v2', () => {
    const w2 = posting('d', 'PATCH v2', 'x86/mmu: walk', TDP, { from: BOB, at: 2 * DAY });
    const facts = [...v1, ...v2, ...other, ...w2].map(makeFacts);
    const { revisions } = joinAtOnce(facts);
    const link: Correction = { kind: 'link', a: full('b'), b: full('d') };
    const groups = linkRevisions(revisions, new Map(facts.map((each) => [each.id, each])), [link]);
    expect(groups.map(tell)).toEqual(['a c b d']);
    expect(groups[0]?.links.map(({ reason, detail }) => [reason, detail])).toContainEqual([
      'correction',
      'v2 of “x86/mmu: walk” was linked to v2 of “mm/gup: pin pages” by hand',
    ]);
  });

  it('fills a partial reroll with the patches of the version that it answers to', () => {
    const mails = [
      ...posting('a', 'PATCH v5', 'mm/gup: pin pages', GUP),
      one('b', `[PATCH v5.1 2/3] ${GUP[1]}`, { re: ['a.2', 'a'], at: DAY }),
    ];
    const { series } = joinAtOnce(mails.map(makeFacts));
    expect(series.map(tell)).toEqual(['a b']);
    expect(series[0]?.links[0]?.reason).toBe('partial-reroll');
    const reroll = series[0]?.revisions[1];
    expect(reroll?.slots.map((slot) => short(slot.id ?? ''))).toEqual(['a.1', 'b', 'a.3']);
    expect(reroll?.members).toEqual([full('b')]);
  });

  it.each<readonly [string, readonly LittleMail[], readonly (readonly string[])[]]>([
    [
      'G10: v2 of one patch replaces it among the rest of v1',
      [
        ...posting('a', 'PATCH', 'mm/gup: pin pages', GUP),
        one('b', `[PATCH v2 2/3] ${GUP[1]}`, { re: ['a.2', 'a'], at: DAY }),
      ],
      [
        ['a.1', 'a.2', 'a.3'],
        ['a.1', 'b', 'a.3'],
      ],
    ],
    [
      'G11: v2 of the patch that v1 lacks leaves v1 incomplete',
      [
        ...posting('a', 'PATCH', 'mm/gup: pin pages', GUP).filter(({ id }) => id !== 'a.2'),
        one('b', `[PATCH v2 2/3] ${GUP[1]}`, { re: ['a'], at: DAY }),
      ],
      [
        ['a.1', 'a.3', ''],
        ['a.1', 'b', 'a.3'],
      ],
    ],
    [
      'G7: a posting sent thrice within minutes is one series of three postings',
      [0, 1, 2].flatMap((at) => posting(`s${at}`, 'PATCH', 'mm/gup: pin pages', GUP, { at })),
      [
        ['s0.1', 's0.2', 's0.3'],
        ['s1.1', 's1.2', 's1.3'],
        ['s2.1', 's2.2', 's2.3'],
      ],
    ],
  ])('%s', (_, mails, expected) => {
    for (const order of [mails, mails.toReversed()]) {
      const { series } = joinAtOnce(order.map(makeFacts));
      expect(series).toHaveLength(1);
      expect(
        series[0]?.revisions.map(({ slots }) =>
          slots.map((slot) => (slot.id === null ? '' : short(slot.id))),
        ),
      ).toEqual(expected);
    }
  });

  it('says why', () => {
    const { series } = joinAtOnce([...v1, ...v2].map(makeFacts));
    expect(series.flatMap(explainLinks)).toEqual(['same title: v2 has the title of v1 and its author']);
  });
});
