import { describe, expect, it } from 'vitest';
import { letterOf } from './letters.js';

const id = (name: string) => `20250102030405.123-1-${name}@example.org`;
const link = (name: string) => `https://lore.kernel.org/r/${id(name)}`;

describe('what a posting says that it replaces', () => {
  it.each<[string, string[]]>([
    ['Supersedes: <1@example.org>\nSupersedes: 2@example.org', ['1@example.org', '2@example.org']],
    [`Supersedes: ${link('a')}`, [id('a')]],
    [`Supersedes: <${link('a')}/>`, [id('a')]],
    [`Supersedes: ${link('a')}, ${link('b')}`, [id('a'), id('b')]],
    [`Supersedes:\n  ${link('a')}\n  <${id('b')}>\n\nMore words.`, [id('a'), id('b')]],
    [`Supersedes: [PATCH] a title of two words\n  (${link('a')})`, [id('a')]],
    [`Supersedes: v1 (${link('a')})`, [id('a')]],
    [`- Supersedes: ${link('a')}`, [id('a')]],
    [`Supercedes: ${link('a')}`, [id('a')]],
    [`Replaces: https://patchwork.kernel.org/project/kvm/patch/${id('a')}/`, [id('a')]],
    [`Obsoletes: https://patchew.org/QEMU/${id('a')}/`, [id('a')]],
    // Not a mail, or not this posting's word.
    ['Replaces: the lock of the whole table', []],
    ['Supersedes: https://lkml.org/lkml/2020/3/25/125', []],
    [`> Supersedes: ${link('a')}`, []],
    [`Depends-on: ${link('a')}`, []],
    [`This series replaces: ${link('a')}`, []],
  ])('%j', (text, ids) => {
    expect(letterOf(`Some words.\n\n${text}`).supersedes).toEqual(ids);
  });

  it('is no part of the intro, unless it names no mail', () => {
    expect(letterOf(`Some words.\n\nReplaces:\n${link('a')}\n`).intro).toBe('Some words.');
    expect(letterOf('Replaces: the lock of the whole table').intro).toBe(
      'Replaces: the lock of the whole table',
    );
  });
});
