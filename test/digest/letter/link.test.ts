import { describe, expect, it } from 'vitest';
import { isMailLink, linksIn, messageIdOf } from '../../../src/digest/letter/link.js';

describe('the links of a line', () => {
  it.each<[string, string[]]>([
    ['See https://example.org/a.', ['https://example.org/a']],
    ['(https://example.org/a), https://example.org/b;', ['https://example.org/a', 'https://example.org/b']],
    ['<https://example.org/a>', ['https://example.org/a']],
    ['"https://example.org/a_(b)"', ['https://example.org/a_(b)']],
    ['[http://example.org/a]', ['http://example.org/a']],
    ['git://example.org/a ssh://example.org/b', []],
    ['https://', []],
  ])('%s', (line, links) => {
    expect(linksIn(line)).toEqual(links);
  });
});

describe('the Message-ID in a link', () => {
  it.each<[string, string | null]>([
    [
      'https://lore.kernel.org/linux-mm/20250102030405.1-1-ada@example.org/',
      '20250102030405.1-1-ada@example.org',
    ],
    ['https://lore.kernel.org/r/20250102030405.1-1-ada@example.org', '20250102030405.1-1-ada@example.org'],
    ['https://lore.kernel.org/all/1@example.org/T/#u', '1@example.org'],
    ['https://lore.kernel.org/all/1@example.org/t/#r', '1@example.org'],
    ['https://lore.kernel.org/all/1@example.org/raw', '1@example.org'],
    ['https://lkml.kernel.org/r/1@example.org', '1@example.org'],
    ['https://patch.msgid.link/1@example.org', '1@example.org'],
    ['http://lore.kernel.org/1@example.org', '1@example.org'],
    ['https://lore.kernel.org/all/a%2Bb%2Fc@example.org/', 'a+b/c@example.org'],
    ['https://lore.kernel.org/all/%ZZ@example.org/', '%ZZ@example.org'],
    ['https://patchwork.kernel.org/project/kvm/patch/1@example.org/', '1@example.org'],
    ['https://patchwork.kernel.org/project/kvm/cover/1@example.org/', '1@example.org'],
    ['https://yhbt.net/lore/all/1@example.org/', '1@example.org'],
    ['https://patchew.org/QEMU/1@example.org/', '1@example.org'],
    ['https://inbox.example.org/dev/1@example.org/T/#t', '1@example.org'],
    ['https://lwn.net/ml/linux-mm/1@example.org/', '1@example.org'],
    ['https://groups.google.com/d/msgid/a-list/1%40example.org', '1@example.org'],
    ['https://groups.google.com/g/a-list/c/1@example.org', null],
    ['https://www.mail-archive.com/devel@lists.example.org/msg764551.html', null],
    ['https://patchwork.kernel.org/cover/11356033/', null],
    ['https://lkml.org/lkml/2020/3/25/125', null],
    ['https://example.org/1@example.org', null],
    ['https://lore.kernel.org/linux-mm/?q=free', null],
  ])('%s', (link, id) => {
    expect(messageIdOf(link)).toBe(id);
  });
});

it.each<[string, boolean]>([
  ['https://lkml.org/lkml/2020/3/25/125', true],
  ['https://www.spinics.net/lists/kvm/msg1.html', true],
  ['https://marc.info/?l=linux-mm&m=1', true],
  ['https://patchwork.kernel.org/cover/1/', true],
  ['https://lists.example.org/archives/1.html', true],
  ['https://github.com/example/linux/tree/v2', false],
  ['https://www.example.org/', false],
])('%s leads to a mail: %s', (link, expected) => {
  expect(isMailLink(link)).toBe(expected);
});
