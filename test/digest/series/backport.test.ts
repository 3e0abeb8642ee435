import { describe, expect, it } from 'vitest';
import { backportOf } from '../../../src/digest/series/backport.js';
import { joinAtOnce } from '../revision/incremental-join.js';
import { ANN, BOB, type LittleMail, makeFacts } from '../revision/make-facts.js';
import { one } from './make-postings.js';

/** `6.1.y by Bob Builder` of a posting; null for one that is none. */
function read(...mails: readonly LittleMail[]): string | null {
  const facts = mails.map(makeFacts);
  const [revision] = joinAtOnce(facts, []).series[0]?.revisions ?? [];
  if (revision === undefined) throw new Error('a posting is a series');
  const found = backportOf(revision, new Map(facts.map((fact) => [fact.id, fact])));
  return found === null ? null : `${found.branches.join(' ')} by ${found.sender.name}`.trim();
}

const copied = { from: BOB, author: ANN, upstream: '1a2b3c4d5e6f' };

describe('a backport', () => {
  it.each<[string, LittleMail[], string]>([
    ['picked by a program', [one('a', '[PATCH AUTOSEL 6.1 4/9] mm: fix', copied)], '6.1.y by Bob Builder'],
    ['sent to a stable branch', [one('a', '[PATCH 6.6.y] mm: fix')], '6.6.y by Ann Author'],
    [
      'in a stable review, of which no mail is by its author',
      [one('a', '[PATCH 5.15 012/317] mm: fix', copied)],
      '5.15.y by Bob Builder',
    ],
    [
      'that someone else wrote',
      [one('a', '[PATCH 6.12] mm: fix', { from: BOB, author: ANN })],
      '6.12.y by Bob Builder',
    ],
    [
      'whose patches name what they copy, not its letter',
      [
        one('a', '[PATCH][6.1][0/2] mm: fix two things'),
        one('b', '[PATCH][6.1][1/2] mm: fix one', { re: ['a'], upstream: '1a2b3c4d5e6f' }),
        one('c', '[PATCH][6.1][2/2] mm: fix two', { re: ['a'], upstream: '2b3c4d5e6f70' }),
      ],
      '6.1.y by Ann Author',
    ],
    [
      'named by its title',
      [one('a', '[PATCH 0/2] Backport the rework of frobs to 5.10.y')],
      '5.10.y by Ann Author',
    ],
    [
      'to the release of its tag',
      [one('a', '[PATCH 4.19 0/3] Backport patches that fix frobs')],
      '4.19.y by Ann Author',
    ],
    [
      'the letter of a stable review',
      [one('a', '[PATCH 6.1 00/97] 6.1.107-rc1 review')],
      '6.1.y by Ann Author',
    ],
  ])('%s', (_, mails, expected) => {
    expect(read(...mails)).toBe(expected);
  });

  it.each<[string, LittleMail[]]>([
    ['docs about backports', [one('a', '[PATCH] docs: stable-kernel-rules: say who does backports')]],
    ['backports of something else', [one('a', '[PATCH] btrfs: backport tracking for stable snapshots')]],
    ['words about firmware', [one('a', '[PATCH] frob: note backport of LTS firmware API')]],
    ['new work for the next release', [one('a', '[PATCH 5.13 0/16] mm: rework')]],
    [
      'new work for it, with one patch of another',
      [
        one('a', '[PATCH for-6.18 0/2] mm: updates'),
        one('b', '[PATCH for-6.18 1/2] mm: one', { re: ['a'] }),
        one('c', '[PATCH for-6.18 2/2] mm: two', { re: ['a'], author: BOB }),
      ],
    ],
    ['a candidate', [one('a', '[PATCH 6.1-rc2] mm: fix')]],
    ['a fix for a tree', [one('a', '[PATCH net 0/3] net: fix', copied)]],
    ['a project with branches of its own', [one('a', '[PATCH linux dev-6.6 v2] mm: fix', copied)]],
    ['backports into such a branch', [one('a', '[PATCH linux dev-6.1 0/5] Backports to support frobs')]],
    ['a test that notes one', [one('a', '[PATCH] frob09: Note backport of commit 1a2b3c4d5e6f')]],
    ['a branch that the cover talks about', [one('a', '[PATCH 0/2] mm: fix what broke v6.6.y')]],
    ['a branch of another system', [one('a', '[PATCH 1 of 2 stable V3] frob: fix')]],
  ])('is not %s', (_, mails) => {
    expect(read(...mails)).toBeNull();
  });
});
