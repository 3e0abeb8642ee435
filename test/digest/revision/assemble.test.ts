import { describe, expect, it } from 'vitest';
import { assembleRevisions } from '../../../src/digest/revision/assemble.js';
import type { Revision } from '../../../src/digest/revision/revision.js';
import { ANN, BOB, DAY, full, type LittleMail, makeFacts, short } from './make-facts.js';

/** `v2 1/3: members`, sorted. */
function postings(mails: readonly LittleMail[]): readonly string[] {
  return assembleRevisions(mails.map(makeFacts)).revisions.map(tell).sort();
}

function tell({ version, slots, total, members }: Revision): string {
  const received = slots.filter((slot) => slot.id !== null).length;
  return `v${version} ${received}/${total}: ${members.map(short).sort().join(' ')}`;
}

function one(id: string, subject: string, rest: Omit<LittleMail, 'id' | 'subject'> = {}): LittleMail {
  return { id, subject, ...rest };
}

const cases: readonly (readonly [string, readonly LittleMail[], readonly string[]])[] = [
  [
    'G1: a cover dated after its patches is theirs',
    [
      one('p1', '[PATCH 1/2] kvm: split the lock', { re: ['c'] }),
      one('p2', '[PATCH 2/2] kvm: drop the old lock', { re: ['c'] }),
      one('c', '[PATCH 0/2] kvm: a finer lock', { at: 9 }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    'G2: patches dated in reverse order are one posting',
    [
      one('p3', '[PATCH 3/3] three', { at: 0, re: ['c'] }),
      one('p2', '[PATCH 2/3] two', { at: 1, re: ['c'] }),
      one('p1', '[PATCH 1/3] one', { at: 2, re: ['c'] }),
      one('c', '[PATCH 0/3] all', { at: 3 }),
    ],
    ['v1 3/3: c p1 p2 p3'],
  ],
  [
    'G3: without a cover the first patch is the root',
    [
      one('p1', '[PATCH 1/3] one'),
      one('p2', '[PATCH 2/3] two', { re: ['p1'] }),
      one('p3', '[PATCH 3/3] three', { re: ['p1'] }),
    ],
    ['v1 3/3: p1 p2 p3'],
  ],
  [
    'G3: patches under a cover that never came meet under its id',
    [one('p1', '[PATCH 1/3] one', { re: ['c'] }), one('p3', '[PATCH 3/3] three', { re: ['c'] })],
    ['v1 2/3: p1 p3'],
  ],
  [
    'G4: deep threading, each patch an answer to the one before',
    [
      one('c', '[PATCH 0/3] all'),
      one('p1', '[PATCH 1/3] one', { re: ['c'] }),
      one('p2', '[PATCH 2/3] two', { re: ['p1', 'c'] }),
      one('p3', '[PATCH 3/3] three', { re: ['p2', 'p1', 'c'] }),
    ],
    ['v1 3/3: c p1 p2 p3'],
  ],
  [
    'G4: a second posting in answer to a review of the first keeps its patches beside its cover',
    [
      one('q', '[PATCH v3 2/5] frob: the old lock', { from: BOB }),
      one('c', '[PATCH 0/2] kvm: a finer lock', { at: 10, re: ['q'] }),
      one('p1', '[PATCH 1/2] kvm: split the lock', { at: 11, re: ['q'] }),
      one('p2', '[PATCH 2/2] kvm: drop the old lock', { at: 12, re: ['q'] }),
      one('r', 'Re: [PATCH 0/2] kvm: a finer lock', { at: 60, re: ['c', 'q'], from: BOB, kind: 'reply' }),
      one('d', '[PATCH 0/2] kvm: use the finer lock', { at: 300, re: ['r', 'c', 'q'] }),
      one('e1', '[PATCH 1/2] kvm: use it in kcmp', { at: 301, re: ['r', 'c', 'q'] }),
      one('e2', '[PATCH 2/2] kvm: use it in perf', { at: 302, re: ['r', 'c', 'q'] }),
    ],
    ['v1 2/2: c p1 p2', 'v1 2/2: d e1 e2', 'v3 1/5: q'],
  ],
  [
    'G4: a patch sent days later in answer to a review is not of the cover beside it',
    [
      one('c', '[PATCH 0/2] kvm: a finer lock'),
      one('p1', '[PATCH 1/2] kvm: split the lock', { at: 1, re: ['c'] }),
      one('r', 'Re: [PATCH 0/2] kvm: a finer lock', { at: 60, re: ['c'], from: BOB, kind: 'reply' }),
      one('d', '[PATCH 0/2] kvm: use the finer lock', { at: 90, re: ['r', 'c'] }),
      one('p2', '[PATCH 2/2] kvm: drop the old lock', { at: 2000, re: ['r', 'c'] }),
    ],
    ['v1 0/2: d', 'v1 2/2: c p1 p2'],
  ],
  [
    'G4: deep threading with a hole',
    [one('p1', '[PATCH 1/3] one', { re: ['c'] }), one('p3', '[PATCH 3/3] three', { re: ['p2', 'p1', 'c'] })],
    ['v1 2/3: p1 p3'],
  ],
  [
    'G5: no References at all, with a cover',
    [
      one('c', '[PATCH 0/2] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH 1/2] one', { at: 1 }),
      one('p2', '[PATCH 2/2] two', { at: 2 }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    'G5: no References at all, without a cover',
    [one('p1', '[PATCH 1/2] one'), one('p2', '[PATCH 2/2] two', { at: 1 })],
    ['v1 2/2: p1 p2'],
  ],
  [
    'G5: days apart without References are two postings',
    [one('p1', '[PATCH 1/3] one'), one('p2', '[PATCH 2/3] two', { at: 3 * DAY })],
    ['v1 1/3: p1', 'v1 1/3: p2'],
  ],
  [
    'G5: a patch that the letter does not list stays out',
    [
      one('c', '[PATCH 0/2] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH 1/2] one', { at: 1 }),
      one('x2', '[PATCH 2/2] something else', { at: 2 }),
    ],
    ['v1 1/2: c p1', 'v1 1/2: x2'],
  ],
  [
    'G6: two series of one author and one N, minutes apart, never merge',
    [
      one('a', '[PATCH 0/2] MPX'),
      one('a1', '[PATCH 1/2] a one', { re: ['a'] }),
      one('b', '[PATCH 0/2] TLB', { at: 5 }),
      one('b1', '[PATCH 1/2] b one', { at: 5, re: ['b'] }),
      one('b2', '[PATCH 2/2] b two', { at: 5, re: ['b'] }),
    ],
    ['v1 1/2: a a1', 'v1 2/2: b b1 b2'],
  ],
  [
    'G6: two covers alone, as digests of covers hold them',
    [one('a', '[PATCH 0/2] MPX'), one('b', '[PATCH 0/2] TLB', { at: 5 })],
    ['v1 0/2: a', 'v1 0/2: b'],
  ],
  [
    'G6: the same unthreaded, one run after the other',
    [
      one('a1', '[PATCH 1/2] a one'),
      one('a2', '[PATCH 2/2] a two', { at: 1 }),
      one('b1', '[PATCH 1/2] b one', { at: 2 }),
      one('b2', '[PATCH 2/2] b two', { at: 3 }),
    ],
    ['v1 2/2: a1 a2', 'v1 2/2: b1 b2'],
  ],
  [
    'G7: one posting sent thrice is three postings',
    [0, 1, 2].flatMap((at) => [
      one(`c${at}`, '[PATCH 0/1] all', { at }),
      one(`p${at}`, '[PATCH 1/1] one', { at, re: [`c${at}`] }),
    ]),
    ['v1 1/1: c0 p0', 'v1 1/1: c1 p1', 'v1 1/1: c2 p2'],
  ],
  [
    'G8: an unlabelled resend below the first posting is another one',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
      one('d', '[PATCH 0/2] all', { at: 9000, re: ['c'] }),
      one('q1', '[PATCH 1/2] one', { at: 9000, re: ['d', 'c'] }),
      one('q2', '[PATCH 2/2] two', { at: 9000, re: ['d', 'c'] }),
    ],
    ['v1 2/2: c p1 p2', 'v1 2/2: d q1 q2'],
  ],
  [
    'G8: also where the resend has no cover of its own',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
      one('q1', '[PATCH 1/2] one', { at: 9000, re: ['c'] }),
      one('q2', '[PATCH 2/2] two', { at: 9000, re: ['c'] }),
    ],
    ['v1 2/2: c p1 p2', 'v1 2/2: q1 q2'],
  ],
  [
    'G9: v2 as an answer to the cover of v1',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
      one('d', '[PATCH v2 0/2] all', { at: DAY, re: ['c'] }),
      one('q1', '[PATCH v2 1/2] one', { at: DAY, re: ['d', 'c'] }),
      one('q2', '[PATCH v2 2/2] two', { at: DAY, re: ['d', 'c'] }),
    ],
    ['v1 2/2: c p1 p2', 'v2 2/2: d q1 q2'],
  ],
  [
    'G9: v2 without a cover as an answer to the cover of v1',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('q1', '[PATCH v2 1/2] one', { at: DAY, re: ['c'] }),
      one('q2', '[PATCH v2 2/2] two', { at: DAY, re: ['c'] }),
    ],
    ['v1 1/2: c p1', 'v2 2/2: q1 q2'],
  ],
  [
    'G9: v2 as an answer to a review of v1',
    [
      one('p1', '[PATCH 1/2] one'),
      one('p2', '[PATCH 2/2] two', { re: ['p1'] }),
      one('r', 'Re: [PATCH 2/2] two', { from: BOB, re: ['p2', 'p1'] }),
      one('q1', '[PATCH v2 1/2] one', { at: DAY, re: ['r', 'p2', 'p1'] }),
      one('q2', '[PATCH v2 2/2] two', { at: DAY, re: ['q1', 'r', 'p2', 'p1'] }),
    ],
    ['v1 2/2: p1 p2', 'v2 2/2: q1 q2'],
  ],
  [
    'G9: a single patch as an answer to a single patch',
    [one('p', '[PATCH] one'), one('q', '[PATCH v2] one', { at: 60, re: ['p'] })],
    ['v1 1/1: p', 'v2 1/1: q'],
  ],
  [
    'G10: v2 of two patches, each as an answer to its v1, is one posting',
    [
      one('c', '[PATCH 0/3] all'),
      ...[1, 2, 3].map((n) => one(`p${n}`, `[PATCH ${n}/3] patch ${n}`, { re: ['c'] })),
      one('q2', '[PATCH v2 2/3] patch 2', { at: DAY, re: ['p2', 'c'] }),
      one('q3', '[PATCH v2 3/3] patch 3', { at: DAY + 3, re: ['p3', 'c'] }),
    ],
    ['v1 3/3: c p1 p2 p3', 'v2 2/3: q2 q3'],
  ],
  [
    'G11: v2 of the very patch that is missing does not complete v1',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('q2', '[PATCH v2 2/2] two', { at: 30, re: ['p2', 'c'] }),
    ],
    ['v1 1/2: c p1', 'v2 1/2: q2'],
  ],
  [
    'G11: nor where the letter of v1 lists it, or v1 has neither a letter nor a thread',
    [
      one('c', '[PATCH 0/2] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('q2', '[PATCH v2 2/2] two', { at: 10, re: ['c'] }),
      one('a1', '[PATCH 1/3] eins', { at: 100 }),
      one('a3', '[PATCH 3/3] drei', { at: 100 }),
      one('b2', '[PATCH v2 2/3] zwei', { at: 110 }),
    ],
    ['v1 1/2: c p1', 'v2 1/2: q2', 'v1 2/3: a1 a3', 'v2 1/3: b2'],
  ],
  [
    'S11: without threads, the letter or the first patch says it for all',
    [
      one('c', '[PATCH v3 0/2] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH 1/2] one'),
      one('p2', '[PATCH 2/2] two', { at: 1 }),
      one('a1', '[PATCH v2 1/3] eins', { at: 100 }),
      one('a2', '[PATCH 2/3] zwei', { at: 101 }),
      one('a3', '[PATCH 3/3] drei', { at: 101 }),
    ],
    ['v3 2/2: c p1 p2', 'v2 3/3: a1 a2 a3'],
  ],
  [
    'S11: a v2 that answers to a letter of its own, not here, is no part of the v1 beside it, though its letter lists the patch',
    [
      one('c', '[PATCH 0/2] all', { shortlog: ['one', 'two'] }),
      one('q1', '[PATCH v2 1/2] one', { at: 1, re: ['d'] }),
    ],
    ['v1 0/2: c', 'v2 1/2: q1'],
  ],
  [
    'S11: the same where the letter says v2 and the patch says no version',
    [
      one('d', '[PATCH v2 0/2] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH 1/2] one', { at: 1, re: ['c'] }),
    ],
    ['v1 1/2: p1', 'v2 0/2: d'],
  ],
  [
    'S11: ids that tell two runs keep two versions apart where nothing is threaded',
    [
      one('20240101000000.14259-1-ann@example.org', '[PATCH 0/2] all', { shortlog: ['one', 'two'] }),
      one('20240101001500.15301-2-ann@example.org', '[PATCH v2 1/2] one', { at: 15 }),
    ],
    ['v1 0/2: 20240101000000.14259-1-ann@example.org', 'v2 1/2: 20240101001500.15301-2-ann@example.org'],
  ],
  [
    'G12: an extra patch 3/2 belongs to the series of two',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
      one('p3', '[PATCH 3/2] three', { at: 100, re: ['c'] }),
    ],
    ['v1 3/3: c p1 p2 p3'],
  ],
  [
    'G12: and so does an extra patch 3/3',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
      one('p3', '[PATCH 3/3] three', { at: 100, re: ['p2', 'c'] }),
    ],
    ['v1 3/3: c p1 p2 p3'],
  ],
  [
    'G13: a different series in answer to a series stays apart',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
      one('b', '[PATCH 0/2] tests', { at: 500, re: ['c'] }),
      one('b1', '[PATCH 1/2] check one', { at: 500, re: ['b', 'c'] }),
      one('b2', '[PATCH 2/2] check two', { at: 500, re: ['b', 'c'] }),
    ],
    ['v1 2/2: b b1 b2', 'v1 2/2: c p1 p2'],
  ],
  [
    'G13: also without a cover, in the same minute',
    [
      one('20240101000000.11-1-ann@x', '[PATCH 0/2] all'),
      one('20240101000000.11-2-ann@x', '[PATCH 1/2] one', { re: ['20240101000000.11-1-ann@x'] }),
      one('20240101000000.11-3-ann@x', '[PATCH 2/2] two', { re: ['20240101000000.11-1-ann@x'] }),
      one('20240101000500.12-1-ann@x', '[PATCH 1/2] check odd', { re: ['20240101000000.11-1-ann@x'] }),
      one('20240101000500.12-2-ann@x', '[PATCH 2/2] check even', { re: ['20240101000000.11-1-ann@x'] }),
    ],
    [
      'v1 2/2: 20240101000000.11-1-ann 20240101000000.11-2-ann 20240101000000.11-3-ann',
      'v1 2/2: 20240101000500.12-1-ann 20240101000500.12-2-ann',
    ],
  ],
  [
    "G13: another writer's patches in the thread are his own",
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
      one('b2', '[PATCH 2/2] two, but better', { from: BOB, at: 500, re: ['p2', 'c'] }),
    ],
    ['v1 1/2: b2', 'v1 2/2: c p1 p2'],
  ],
  [
    'G14: an unnumbered patch in answer is a posting of one; a diff in a reply is none',
    [
      one('c', '[PATCH 0/1] all'),
      one('p1', '[PATCH 1/1] one', { re: ['c'] }),
      one('f', '[PATCH] fix for one', { at: 50, re: ['p1', 'c'] }),
      one('r', 'Re: [PATCH 1/1] one', { from: BOB, at: 60, re: ['p1', 'c'], hasDiff: true }),
    ],
    ['v1 1/1: c p1', 'v1 1/1: f'],
  ],
  [
    'G15: a bare [PATCH] root with 2/3 and 3/3 beneath is 1/3',
    [
      one('p1', '[PATCH] one'),
      one('p2', '[PATCH 2/3] two', { re: ['p1'] }),
      one('p3', '[PATCH 3/3] three', { re: ['p1'] }),
    ],
    ['v1 3/3: p1 p2 p3'],
  ],
  [
    'G16: 0/1 and 1/1',
    [one('c', '[PATCH 0/1] all'), one('p', '[PATCH 1/1] one', { re: ['c'] })],
    ['v1 1/1: c p'],
  ],
  [
    'G17: a patch sent again in the thread is a duplicate of its place',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
      one('d2', '[PATCH 2/2] two', { at: 100, re: ['c'] }),
    ],
    ['v1 2/2: c d2 p1 p2'],
  ],
  [
    'G18: another prefix within the thread does not part a posting',
    [
      one('c', '[PATCH net-next 0/2] all'),
      one('p1', '[PATCH net-next 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    'G18: without a thread it does',
    [one('p1', '[PATCH net-next 1/2] one'), one('p2', '[PATCH 2/2] two', { at: 1 })],
    ['v1 1/2: p1', 'v1 1/2: p2'],
  ],
  [
    'G19: send-email died, the rest was sent in a thread of its own',
    [
      one('c', '[PATCH 0/4] all'),
      one('p1', '[PATCH 1/4] one', { re: ['c'] }),
      one('p2', '[PATCH 2/4] two', { re: ['c'] }),
      one('p3', '[PATCH 3/4] three', { at: 200 }),
      one('p4', '[PATCH 4/4] four', { at: 200, re: ['p3'] }),
    ],
    ['v1 4/4: c p1 p2 p3 p4'],
  ],
  [
    'G20: with and without a name, the address is the same',
    [
      one('c', '[PATCH 0/2] all', { from: 'ann@example.org' }),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    'a patch that somebody else wrote is of the posting that sends it',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH 1/2] one', { author: BOB, re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    'G22: a pull request with its patches beneath is their cover',
    [
      one('c', '[GIT PULL] kvm fixes for 6.8'),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    'G22: [PULL 0/2] and its patches',
    [one('c', '[PULL 0/2] kvm queue'), one('p1', '[PULL 1/2] one', { kind: 'patch', re: ['c'] })],
    ['v1 1/2: c p1'],
  ],
  [
    'G25: a long series in two batches, the second hours later',
    [
      one('c', '[PATCH 0/6] all'),
      ...[1, 2, 3].map((n) => one(`p${n}`, `[PATCH ${n}/6] patch ${n}`, { re: ['c'] })),
      ...[4, 5, 6].map((n) => one(`p${n}`, `[PATCH ${n}/6] patch ${n}`, { at: 300 })),
    ],
    ['v1 6/6: c p1 p2 p3 p4 p5 p6'],
  ],
  [
    'G25: 370 mails, of which 200 came first',
    [
      one('c', '[PATCH 000/370] all'),
      ...Array.from({ length: 370 }, (_, i) =>
        one(`p${i + 1}`, `[PATCH ${i + 1}/370] patch ${i + 1}`, i < 200 ? { re: ['c'] } : { at: 240 }),
      ),
    ],
    [`v1 370/370: ${['c', ...Array.from({ length: 370 }, (_, i) => `p${i + 1}`)].sort().join(' ')}`],
  ],
  [
    'G26: a patch 1 that belongs elsewhere is still 1/2 of what sends it',
    [
      one('c', '[PATCH v14 0/2] s390/vfio-ap: dynamic configuration'),
      one('p1', '[PATCH v14 1/2] s390/zcrypt: unrelated fix', { author: BOB, re: ['c'] }),
      one('p2', '[PATCH v14 2/2] s390/vfio-ap: the rest', { re: ['c'] }),
    ],
    ['v14 2/2: c p1 p2'],
  ],
  [
    'G27: a version claimed in the body leaves the posting a v1',
    [one('c', '[PATCH 0/1] all', { bodyVersion: 2 }), one('p1', '[PATCH 1/1] one', { re: ['c'] })],
    ['v1 1/1: c p1'],
  ],
  [
    'G30: a reply that quotes a patch is no patch',
    [one('p', '[PATCH] one'), one('r', 'Re: [PATCH] one', { from: BOB, hasDiff: true, re: ['p'] })],
    ['v1 1/1: p'],
  ],
  [
    'G31: ids that tell nothing, threading that does',
    [
      one('20240101@quilt.example.org', '[patch 0/2] all'),
      one('20240101120001.123456789@quilt.example.org', '[patch 1/2] one', {
        re: ['20240101@quilt.example.org'],
      }),
      one('20240101120002.987654321@quilt.example.org', '[patch 2/2] two', {
        re: ['20240101@quilt.example.org'],
      }),
    ],
    [
      'v1 2/2: 20240101120001.123456789@quilt.example.org 20240101120002.987654321@quilt.example.org 20240101@quilt.example.org',
    ],
  ],
  [
    'S11: the version on the cover alone is that of the patches',
    [
      one('c', '[PATCH net-next v3 0/2] all'),
      one('p1', '[PATCH net-next 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH net-next 2/2] two', { re: ['c'] }),
    ],
    ['v3 2/2: c p1 p2'],
  ],
  [
    'S11: the version on patch 1 alone is that of the rest',
    [one('p1', '[PATCH v3 1/2] one'), one('p2', '[PATCH 2/2] two', { re: ['p1'] })],
    ['v3 2/2: p1 p2'],
  ],
  [
    'S11: the version on the patches alone is that of the cover',
    [
      one('c', '[PATCH 0/2] all'),
      one('p1', '[PATCH v3 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH v3 2/2] two', { re: ['c'] }),
    ],
    ['v3 2/2: c p1 p2'],
  ],
  [
    'S7: v5.1 of one patch is a posting of its own',
    [
      one('c', '[PATCH v5 0/2] all'),
      one('p1', '[PATCH v5 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH v5 2/2] two', { re: ['c'] }),
      one('q2', '[PATCH v5.1 2/2] two', { at: 100, re: ['p2', 'c'] }),
    ],
    ['v5 2/2: c p1 p2', 'v5.1 1/2: q2'],
  ],
  [
    'a letter without a counter is the cover of the patches that answer to it',
    [
      one('c', 'Faster locks for everyone', { kind: 'other' }),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    "somebody else's bug report is not",
    [
      one('b', 'It crashes', { from: BOB, kind: 'other' }),
      one('p1', '[PATCH 1/2] one', { re: ['b'] }),
      one('p2', '[PATCH 2/2] two', { re: ['b'] }),
    ],
    ['v1 2/2: p1 p2'],
  ],
  [
    'a cover 0/3 over patches 1/2 and 2/2 of the same run was miscounted',
    [
      one('c', '[PATCH 0/3] all', { shortlog: ['one', 'two'] }),
      one('p1', '[PATCH 1/2] one', { re: ['c'] }),
      one('p2', '[PATCH 2/2] two', { re: ['c'] }),
    ],
    ['v1 2/2: c p1 p2'],
  ],
  [
    'a resend is one posting, the first is another',
    [one('p', '[PATCH v2] one'), one('q', '[PATCH RESEND v2] one', { at: DAY })],
    ['v2 1/1: p', 'v2 1/1: q'],
  ],
  ['copies of a mail are one mail (G21)', [one('p', '[PATCH] one'), one('p', '[PATCH] one')], ['v1 1/1: p']],
  [
    'mail that is no patch makes no posting',
    [one('m', 'Meeting notes'), one('r', 'Re: Meeting notes', { re: ['m'] })],
    [],
  ],
  [
    'mails that answer to each other in a circle end somewhere (M3)',
    [one('p1', '[PATCH 1/2] one', { re: ['p2'] }), one('p2', '[PATCH 2/2] two', { re: ['p1'] })],
    ['v1 2/2: p1 p2'],
  ],
];

describe('assembleRevisions', () => {
  it.each(cases)('%s', (_, mails, expected) => {
    const sorted = [...expected].sort();
    expect(postings(mails)).toEqual(sorted);
    expect(postings(mails.toReversed())).toEqual(sorted);
  });

  it('lists patches that are not here after those that are, from the letter', () => {
    const { revisions } = assembleRevisions(
      [
        one('c', '[PATCH 0/3] all', { shortlog: ['one', 'two', 'three'] }),
        one('p2', '[PATCH 2/3] two', { re: ['c'] }),
      ].map(makeFacts),
    );
    expect(revisions[0]?.slots.map(({ index, title, id }) => [index, title, id])).toEqual([
      [2, 'two', full('p2')],
      [null, 'one', null],
      [null, 'three', null],
    ]);
  });

  it('lets the newer of two mails stand for a place', () => {
    const { revisions } = assembleRevisions(
      [
        one('p1', '[PATCH 1/2] one'),
        one('p2', '[PATCH 2/2] two', { re: ['p1'] }),
        one('d2', '[PATCH 2/2] two', { at: 20, re: ['p1'] }),
      ].map(makeFacts),
    );
    expect(revisions[0]?.slots.map((slot) => slot.id)).toEqual([full('p1'), full('d2')]);
    expect(revisions[0]?.members).toContain(full('p2'));
  });

  it.each([
    ['a reply to a patch', 'r1', 'p1'],
    ['a reply to a reply', 'r2', 'p1'],
    ['a reply whose parent is not here, by its references', 'r3', 'p2'],
    ['a reply to the cover', 'r4', 'c'],
    ['a reply to a patch, whose references run from the newest to the oldest (M4)', 'r7', 'p2'],
    ['a reply that names a thousand mails before the patch (M4)', 'r8', 'p2'],
    ['a reply that answers itself', 'r5', undefined],
    ['a reply to nothing that is here', 'r6', undefined],
  ])('finds what %s speaks of', (_, id, target) => {
    const { targets } = assembleRevisions(
      [
        one('c', '[PATCH 0/2] all'),
        one('p1', '[PATCH 1/2] one', { re: ['c'] }),
        one('p2', '[PATCH 2/2] two', { re: ['c'] }),
        one('r1', 'Re: [PATCH 1/2] one', { from: BOB, re: ['p1', 'c'] }),
        one('r2', 'Re: [PATCH 1/2] one', { from: ANN, re: ['r1', 'p1', 'c'] }),
        one('r3', 'Re: [PATCH 2/2] two', { from: BOB, re: ['gone', 'p2', 'c'] }),
        one('r4', 'Re: [PATCH 0/2] all', { from: BOB, re: ['c'] }),
        one('r5', 'Re: x', { from: BOB, re: ['r5'] }),
        one('r6', 'Re: y', { from: BOB, re: ['gone'] }),
        one('r7', 'Re: [PATCH 2/2] two', { from: BOB, re: ['gone', 'c', 'p2'] }),
        one('r8', 'Re: [PATCH 2/2] two', {
          from: BOB,
          re: ['gone', 'p2', ...Array.from({ length: 1000 }, (_, i) => `old${i}`)],
        }),
      ].map(makeFacts),
    );
    expect(targets.get(full(id))).toBe(target === undefined ? undefined : full(target));
  });
});
