import { describe, expect, it } from 'vitest';
import { listInLink, namesAMail } from '../../../../src/bot/commands/series/mail-link.js';

describe('a link to a mail', () => {
  it.each([
    ['https://lore.kernel.org/kvm/20260301.1-1-ada@example.org/', 'kvm'],
    ['https://lore.kernel.org/linux-mm/20260301.1-1-ada%40example.org/T/#u', 'linux-mm'],
    ['look: https://lore.kernel.org/kvm/20260301.1-1-ada@example.org/ v2', 'kvm'],
    ['https://lore.kernel.org/r/20260301.1-1-ada@example.org', null],
    ['https://lore.kernel.org/all/20260301.1-1-ada@example.org/', null],
    ['https://patchwork.kernel.org/project/kvm/patch/20260301.1-1-ada@example.org/', null],
    ['https://lore.kernel.org/20260301.1-1-ada@example.org/', null],
    ['https://user@lore.kernel.org/kvm/', null],
    ['https://lore.kernel.org/..%2f..%2fetc/20260301.1-1-ada@example.org/', null],
    ['20260301.1-1-ada@example.org', null],
    ['', null],
  ])('%s names the list %s', (query, list) => expect(listInLink(query)).toBe(list));

  it.each([
    ['https://lore.kernel.org/kvm/x@example.org/', true],
    ['<x@example.org>', true],
    ['20260301.1-1-ada@example.org', true],
    ['ada@example.org', false],
    ['foll_pin', false],
    ['mail of 20260301.1-1-ada@example.org', false],
  ])('%s: %s', (query, expected) => expect(namesAMail(query)).toBe(expected));
});
