import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { impossibleFollow } from '../../../src/digest/follow/impossible.js';
import { parseFollow } from '../../../src/digest/follow/parse-follow.js';
import { exampleCatalog } from '../subsystem/shared-maintainers.js';
import { anyFollow } from './any-follow.js';

/** What is wrong with a follow as typed, and what may have been meant; null if it can match. */
function impossible(text: string) {
  const parsed = parseFollow(text, exampleCatalog());
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return impossibleFollow(parsed.follow.where);
}

describe('a value that no mail can have', () => {
  it.each([
    ['list:"linux mm"', ['list:linux-mm']],
    ['list:https://lore.kernel.org/linux-mm/', ['list:linux-mm']],
    ['list:linux-mm@', []],
    ['list:linux-mm@@kvack.org', ['list:linux-mm@kvack.org']],
    ['list:a/b', []],
    ['author:jane@', ['author:jane']],
    ['author:@', []],
    ['author:jane@@example.org', ['author:jane@example.org']],
    ['author:"Jane Doe <jane@example.org>"', ['author:jane@example.org']],
    ['author:mailto:jane@example.org', ['author:jane@example.org']],
    ['author:"jane at example.org"', ['author:jane@example.org']],
    ['author:"jane (at) example (dot) org"', ['author:jane@example.org']],
    ['author:*@example.org', ['author:@example.org']],
    ['author:jane*', ['author:jane']],
    ['author:jane@example..org', []],
    ['author:https://example.org/jane', []],
    ['to:"Jane Doe"', []],
    ['to:"Jane Doe <jane@example.org>"', ['to:jane@example.org']],
    ['maintainer:jane@', ['maintainer:jane']],
    ['path:mm\\gup.c', ['path:mm/gup.c']],
    ['path:C:\\linux\\mm', ['path:linux/mm']],
    ['path:../mm/**', ['path:mm/**']],
    ['path:mm//gup.c', ['path:mm/gup.c']],
    ['path:mm/gup.c:120', ['path:mm/gup.c']],
    ['path:~/linux/mm', ['path:linux/mm']],
    ['path:https://git.example.org/mm', []],
    ['v:1000', []],
    ['kvm v>1000', []],
    ['kvm v<0', []],
    ['kvm v:5..2', ['kvm version:>=2 version:<=5']],
    ['kvm v>=5 v<=2', ['kvm version:>=2 version:<=5']],
    ['kvm v:2 v:3', []],
    ['kvm state:applied state:merged', ['kvm (state:applied OR state:merged)']],
    ['kvm kind:single kind:pull', ['kvm (kind:single OR kind:pull)']],
    ['kvm prefix:rfc', ['kvm kind:rfc']],
    ['kvm prefix:v2', ['kvm version:2']],
    ['kvm prefix:patch', []],
    ['series:"20260101.1 @ example.org"', ['series:"20260101.1 example.org"']],
    ['series:"https://example.org/page"', []],
    ['title:"[PATCH v2] page table"', ['"page table"']],
    ['kvm -author:jane@', ['kvm -author:jane']],
    ['kvm OR (mm path:mm\\gup.c)', ['kvm OR mm path:mm/gup.c']],
  ])('%s', (text, instead) => {
    const found = impossible(text);
    expect(found).not.toBeNull();
    expect(found?.suggestions).toEqual(instead);
    // An error without a text to use has advice.
    if (instead.length === 0 && !text.includes('v:2 v:3')) expect(found?.advice).toMatch(/\.$/);
    for (const meant of instead) expect(impossible(meant)).toBeNull();
  });

  // The tree holds a prefix in lower case.
  it.each(['patch', 'rfc', 'resend', 'v2'])('says what a prefix names, not that %s is none', (tag) => {
    const found = impossible(`prefix:${tag}`);
    expect(found?.message).toBe(`“${tag}” does not name a tree or a project.`);
    expect(found?.advice).toBe('Write a prefix that does, such as prefix:net-next.');
  });

  it.each([
    'list:linux-mm',
    'list:frobs@lists.example.org',
    'list:u-boot@lists.denx.de',
    'author:jane',
    'author:"jane doe"',
    'author:"o’brien"',
    'author:李',
    'author:root@localhost',
    'author:@example.org',
    'author:"matt at work"',
    'author:jane+lists@sub.example.org',
    'to:kvm',
    'path:mm/**',
    'path:*.rs',
    'path:.clang-format',
    'path:.../kvm/mmu.c',
    'path:drivers/net/[a-c]*/',
    'v>=2',
    'v:2..4',
    'v<1',
    'v:2 OR v:3',
    'kind:rfc kind:single',
    'kind:rfc,pull',
    'state:applied,merged',
    '-kind:single -kind:pull',
    'prefix:net-next',
    'prefix:6.1',
    'series:20260101.1@example.org',
    'series:foll_pin',
    'title:"[BUG] page table"',
    '"the end"',
  ])('may come tomorrow: %s', (text) => {
    expect(impossible(text)).toBeNull();
  });

  it('is looked for in any follow, and what is offered instead can be typed', () => {
    fc.assert(
      fc.property(anyFollow, ({ where }) => {
        for (const text of impossibleFollow(where)?.suggestions ?? [])
          expect(parseFollow(text, exampleCatalog()).ok).toBe(true);
      }),
    );
  });
});
