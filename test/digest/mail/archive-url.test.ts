import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveUrl } from '../../../src/digest/mail/archive-url.js';

const lore = archiveUrl('https://lore.kernel.org/{list}/{id}/');

describe('archiveUrl', () => {
  it.each([
    ['a plain id', '20191209.1-a@example.org', ['kvm@vger.kernel.org'], 'kvm/20191209.1-a@example.org/'],
    [
      'a slash in the id',
      'ZjnzZhcOQ/xVDU3e@example.org',
      ['io-uring@vger.kernel.org'],
      'io-uring/ZjnzZhcOQ%2FxVDU3e@example.org/',
    ],
    ['markup in the id', '<b>"x"@example.org', ['kvm@vger.kernel.org'], 'kvm/%3Cb%3E%22x%22@example.org/'],
    [
      'linux-kernel beside another list',
      'a@example.org',
      ['linux-kernel@vger.kernel.org', 'linux-mm@kvack.org'],
      'linux-mm/a@example.org/',
    ],
    ['linux-kernel alone', 'a@example.org', ['linux-kernel@vger.kernel.org'], 'lkml/a@example.org/'],
    ['no list', 'a@example.org', [], 'all/a@example.org/'],
    [
      'what a replacement would take for a pattern',
      "a$&b$'c@example.org",
      ['kvm@vger.kernel.org'],
      "kvm/a$&b$'c@example.org/",
    ],
  ])('links %s', (_, id, lists, path) => {
    expect(lore(id, lists)).toBe(`https://lore.kernel.org/${path}`);
  });

  it('makes a URL of any id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        const url = new URL(lore(id, ['kvm@vger.kernel.org']));
        expect(url.host).toBe('lore.kernel.org');
        expect(url.href).not.toMatch(/[<>"\s]/);
      }),
    );
  });
});
