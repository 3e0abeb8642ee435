import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFollow } from '../../../src/digest/follow/describe-follow.js';
import type { Follow, Where } from '../../../src/digest/follow/follow.js';
import { followedSlugs, wantsEverything, wantsSingles } from '../../../src/digest/follow/followed-slugs.js';
import { compileFollow, hasWords } from '../../../src/digest/follow/matches-follow.js';
import { parseFollow } from '../../../src/digest/follow/parse-follow.js';
import { compilePathGlob } from '../../../src/digest/follow/path-glob.js';
import type { SeriesRecord } from '../../../src/digest/series/record.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';
import { finishes } from '../../lib/hang-guard.js';
import { exampleCatalog } from '../subsystem/shared-maintainers.js';
import { anyWhere } from './any-follow.js';

const catalog = exampleCatalog();

function follow(text: string): Follow {
  const parsed = parseFollow(text, catalog);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.message}`);
  return parsed.follow;
}

/** The third version of a series over mm and vfio; v1 was an RFC under another title. */
const PINS: SeriesRecord = aSeries({
  id: '20261012.1@example.org',
  author: { name: 'Ada Quill', email: 'Ada.Quill@example.org' },
  authors: [
    { name: 'ada quill', email: 'ada.quill@example.org' },
    { name: 'léa fontaine', email: 'lea@sub.example.net' },
  ],
  subsystems: [
    { slug: 'mm', name: 'Memory management', primary: true, share: 0.8 },
    { slug: 'mm/gup', name: 'GUP', primary: false, share: 0.5 },
  ],
  lists: ['linux-mm@kvack.org'],
  recipients: ['bo@example.org', 'kvm@vger.kernel.org', 'linux-mm@kvack.org'],
  paths: [
    { path: 'mm/gup.c', changes: 80 },
    { path: 'drivers/vfio/vfio_iommu_type1.c', changes: 20 },
    { path: '.../selftests/mm/gup_test.c', changes: 2 },
  ],
  prefixes: ['mm-unstable'],
  state: { name: 'under-review', evidence: [] },
  revisions: [
    aRevision({
      version: 1,
      rfc: true,
      title: 'mm/gup: introduce FOLL_LONGTERM',
      messageId: '20261012.1@example.org',
    }),
    aRevision({
      version: 3,
      title: 'mm/gup: track pinned pages: FOLL_PIN',
      messageId: '20261112.1@example.org',
    }),
  ],
  latest: '20261112.1@example.org',
});

describe('a follow and a series', () => {
  it.each([
    ['mm', true],
    ['mm/gup', true],
    ['kvm', false],
    ['touches:vfio', true],
    ['touches:mm', true],
    ['touches:netdev', false],
    ['list:kvm', true],
    ['list:linux-mm@kvack.org', true],
    ['list:netdev', false],
    ['author:ada.quill@example.org', true],
    ['author:ADA', true],
    ['author:"Ada Q"', true],
    ['author:@example.net', true],
    ['author:@example', false],
    ['author:quill@example.org', false],
    ['to:bo@example.org', true],
    ['to:bo', true],
    ['to:@example.org', true],
    ['to:ada', false],
    ['maintainer:kbrandt@example.org', true],
    ['maintainer:"Ada Quill"', true],
    ['maintainer:chidi.obi@example.org', false],
    ['path:mm/**', true],
    ['path:drivers/vfio', true],
    ['path:kernel/', false],
    ['series:foll_pin', true],
    ['series:foll_longterm', true],
    ['series:20261012.1@example.org', true],
    ['series:20261112.1@example.org', true],
    ['series:20261112.2@example.org', false],
    ['kind:series', true],
    ['kind:single', false],
    ['kind:rfc', false],
    ['version:3', true],
    ['version:>=2', true],
    ['version:<3', false],
    ['version:2..4', true],
    ['state:under-review', true],
    ['state:applied', false],
    ['prefix:MM-unstable', true],
    ['"pinned pages"', true],
    ['"pages pinned"', false],
    ['pin', true],
    ['pinn', false],
    ['"pinn*"', true],
    ['mm -kind:rfc', true],
    ['mm kind:rfc', false],
    ['kvm OR author:ada', true],
    ['-mm', false],
    ['all', true],
  ])('%s: %s', (text, matched) => {
    expect(compileFollow(follow(text), catalog)(PINS).matched).toBe(matched);
  });

  it.each([
    ['mm', ['Memory management']],
    ['touches:vfio', ['touches drivers/vfio/vfio_iommu_type1.c']],
    ['list:kvm author:ada -kind:rfc', ['sent to kvm@vger.kernel.org', 'by Ada Quill']],
    ['kvm OR path:mm/** OR pin', ['path mm/gup.c', '“pin” in the title']],
    ['maintainer:kbrandt@example.org', ['kbrandt@example.org maintains drivers/vfio/vfio_iommu_type1.c']],
    ['v>=2', ['version 3']],
    ['mm mm', ['Memory management']],
    ['kvm', []],
  ])('%s because of %j', (text, because) => {
    expect(compileFollow(follow(text), catalog)(PINS).because).toEqual(because);
  });

  it('leaves out what only bots wrote, unless the follow wants it', () => {
    const made = { ...PINS, bot: true };
    expect(compileFollow(follow('mm'), catalog)(made).matched).toBe(false);
    expect(compileFollow(follow('mm bots:on'), catalog)(made).matched).toBe(true);
  });

  it('follows the rules of logic', () => {
    const matched = (where: Where): boolean =>
      compileFollow({ version: 1, where, bots: false }, catalog)(PINS).matched;
    const not = (term: Where): Where => ({ kind: 'not', term });
    fc.assert(
      fc.property(anyWhere, anyWhere, (a, b) => {
        expect(matched(not(not(a)))).toBe(matched(a));
        expect(matched(not(a))).toBe(!matched(a));
        expect(matched(not({ kind: 'and', terms: [a, b] }))).toBe(
          matched({ kind: 'or', terms: [not(a), not(b)] }),
        );
        expect(matched(not({ kind: 'or', terms: [a, b] }))).toBe(
          matched({ kind: 'and', terms: [not(a), not(b)] }),
        );
        expect(matched({ kind: 'or', terms: [a, b] })).toBe(matched({ kind: 'or', terms: [b, a] }));
      }),
    );
  });
});

describe('hasWords', () => {
  it.each([
    ['netlink: a fix', 'net', false],
    ['net: a fix', 'net', true],
    ['mm/gup: track FOLL_PIN', 'foll_pin', true],
    ['mm/gup: track FOLL_PIN', 'pin', true],
    ['KVM: x86: fix', 'kvm: x86', true],
    ['a  b', 'a b', true],
    ['one', 'one two', false],
    ['naïve', 'na', false],
    ['a+b', '+', true],
    ['reclaiming', 'reclaim*', true],
    ['unreclaimed', 'reclaim*', false],
    ['', 'a', false],
  ])('%j has %j: %s', (title, words, expected) => {
    expect(hasWords(title, words)).toBe(expected);
  });
});

describe('compilePathGlob', () => {
  it.each([
    ['mm', 'mm/gup.c', true],
    ['mm/', 'mm/damon/core.c', true],
    ['mm', 'arch/x86/mm/init.c', false],
    ['mm/*', 'mm/gup.c', true],
    ['mm/*', 'mm/damon/core.c', false],
    ['mm/**', 'mm/damon/core.c', true],
    ['mm/**', 'mmc/core.c', false],
    ['mm/*.c', 'mm/gup.c', true],
    ['mm/gup.c', 'mm/gup.c', true],
    ['mm/gup', 'mm/gup.c', false],
    ['**/kvm/**', 'arch/x86/kvm/x86.c', true],
    ['**/kvm/*.c', 'kvm/a.c', true],
    ['arch/*/kvm', 'arch/x86/kvm/vmx/vmx.c', true],
    ['arch/*/kvm', 'arch/x86/new/kvm/a.c', false],
    ['arch/**/kvm/', 'arch/x86/new/kvm/a.c', true],
    ['*.rs', 'rust/kernel/lib.rs', true],
    ['Kconfig', 'drivers/net/Kconfig', true],
    ['/mm/gup.c', 'mm/gup.c', true],
    ['mm/gup?.c', 'mm/gup2.c', true],
    ['mm/[a-h]*.c', 'mm/gup.c', true],
    ['mm/[!a-h]*.c', 'mm/gup.c', false],
    ['mm/[', 'mm/[', true],
    ['arch/x86/kvm/**', '.../x86/kvm/mmu.c', true],
    ['arch/x86/kvm/**', '.../kvm/mmu.c', false],
    ['**', 'a/b/c', true],
    ['*', 'a', true],
  ])('%s takes %s: %s', (glob, path, expected) => {
    expect(compilePathGlob(glob)(path)).toBe(expected);
  });

  it('is not held up by stars', () => {
    finishes(() => {
      compilePathGlob('**/*a*a*a*a*a*b/'.repeat(50))('a/'.repeat(50_000));
      compilePathGlob('*a'.repeat(500))('a'.repeat(2_000).concat('b'));
      compilePathGlob('**/'.repeat(300).concat('x'))('a/'.repeat(5_000));
    });
  });
});

describe('describeFollow', () => {
  it.each([
    [
      'kvm author:@example.org v>=2 -kind:rfc',
      'series of KVM by anyone at example.org, version 2 or later, without RFCs',
    ],
    ['mm', 'series of Memory management (mm)'],
    ['kvm OR path:mm/** -kind:rfc', 'series of KVM or (that change mm/**, without RFCs)'],
    ['kvm -kind:resend -kind:single', 'series of KVM, without resends, without single patches'],
    ['kvm (mm OR -kind:rfc)', 'series of KVM, (of Memory management (mm) or without RFCs)'],
    ['(kvm OR mm) kind:rfc', 'RFCs of KVM or of Memory management (mm)'],
    ['-(kvm page)', 'series not (of KVM, with “page” in the title)'],
    ['to:me@example.org bots:on', 'series addressed to me@example.org; mail of bots too'],
    ['to:me@example.org when:now', 'series addressed to me@example.org; posted at once'],
    ['series:foll_pin', 'series called “foll_pin”'],
    ['-kind:rfc', 'series that are not RFC'],
    ['kind:rfc', 'RFCs'],
    ['kind:rfc kvm', 'RFCs of KVM'],
    ['kind:resend kvm', 'series of KVM, only resends'],
    ['kind:single kvm', 'single patches of KVM'],
    ['kvm kind:pull author:ada', 'pull requests of KVM by ada'],
    ['kind:single', 'single patches'],
    ['state:applied', 'series that are applied'],
    ['all', 'everything'],
    ['state:under-review prefix:net-next', 'series under review, tagged [net-next]'],
  ])('%s: %s', (text, words) => {
    expect(describeFollow(follow(text), catalog)).toBe(words);
  });
});

describe('what a follow asks for', () => {
  it.each([
    ['kvm OR touches:mm -vfio', ['kvm', 'mm'], false, false],
    ['kvm kind:single', ['kvm'], true, false],
    ['kvm -kind:single', ['kvm'], false, false],
    ['all', [], false, true],
    ['kvm OR all', ['kvm'], false, true],
    ['all -kind:rfc', [], false, true],
    ['-kind:rfc', [], false, true],
    ['all kvm', ['kvm'], false, false],
    ['NOT NOT kvm', ['kvm'], false, false],
    ['-(all OR -kvm)', ['kvm'], false, false],
    ['v>=2 state:new', [], false, true],
    ['kind:pull', [], false, false],
    ['path:**', [], false, true],
  ])('%s: subsystems %j, singles %s, everything %s', (text, slugs, singles, everything) => {
    expect(followedSlugs(follow(text))).toEqual(slugs);
    expect(wantsSingles(follow(text))).toBe(singles);
    expect(wantsEverything(follow(text))).toBe(everything);
  });
});
