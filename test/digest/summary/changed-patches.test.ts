import { describe, expect, it } from 'vitest';
import { changedPatches } from '../../../src/digest/summary/changed-patches.js';

const patches = (...titles: string[]) => titles.map((title) => ({ title, size: '10 2' }));
const FOUR = ['mm: split the lock', 'mm: take it early', 'mm: free pages', 'mm: document it'];

describe('what comparing two versions by their patches shows', () => {
  it.each([
    ['nothing new', FOUR, FOUR, null],
    ['one added', FOUR, [...FOUR, 'mm: test it'], '1 patch added (mm: test it)'],
    ['one dropped', FOUR, FOUR.slice(0, 3), '1 patch dropped (mm: document it)'],
    [
      'both',
      FOUR,
      [...FOUR.slice(0, 3), 'mm: test it'],
      '1 patch added (mm: test it), 1 dropped (mm: document it)',
    ],
    [
      'more than there is room to name',
      FOUR,
      [
        ...FOUR,
        ...Array.from({ length: 9 }, (_, i) => `mm: name a rather long thing of its own, number ${i}`),
      ],
      expect.stringMatching(/^9 patches added \(mm: name .*; \+\d more\)$/),
    ],
    ['marks and case of titles do not count', FOUR, FOUR.map((title) => title.toUpperCase()), null],
    ['no patch in common', FOUR, ['x: other'], null],
    ['nothing to compare with', [], FOUR, null],
  ])('%s', (_name, before, after, line) => {
    expect(changedPatches(patches(...before), patches(...after))).toEqual(line);
  });

  it('counts the patches whose size is another', () => {
    const after = patches(...FOUR).map((patch, at) => (at < 2 ? { ...patch, size: '20 1' } : patch));
    expect(changedPatches(patches(...FOUR), after)).toBe('2 of 4 patches reworked');
  });
});
