import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PatchText } from '../../../src/digest/patch/patch-text.js';
import type { Revision, Slot } from '../../../src/digest/revision/revision.js';
import { compareRevisions, type PatchPair } from '../../../src/digest/series/compare.js';

/** `title=patchid` or a title alone. */
function revision(patches: readonly string[]): Revision {
  const slots = patches.map((patch, at): Slot => {
    const [title = '', patchId = null] = patch.split('=');
    return { index: at + 1, title, author: 'Ann Author', id: `${at}@x`, patchId };
  });
  return {
    id: '0@x',
    title: 'all',
    version: 1,
    versionInferred: true,
    rfc: false,
    resend: false,
    prefixes: [],
    author: { name: 'Ann Author', email: 'ann@example.org' },
    date: null,
    received: null,
    coverId: null,
    total: patches.length,
    slots,
    members: [],
    why: [],
  };
}

const titles = (slots: readonly Slot[]): readonly string[] => slots.map((slot) => slot.title);
const pairs = (list: readonly PatchPair[]): readonly string[] =>
  list.map(({ older, newer }) =>
    older.title === newer.title ? older.title : `${older.title} > ${newer.title}`,
  );

describe('compareRevisions', () => {
  it.each([
    ['nothing changed', ['a=1', 'b=2'], ['a=1', 'b=2'], { unchanged: ['a', 'b'] }],
    ['content changed', ['a=1'], ['a=2'], { changed: ['a'] }],
    ['content that is not known counts as changed', ['a'], ['a'], { changed: ['a'] }],
    ['a patch added', ['a=1'], ['a=1', 'b=2'], { unchanged: ['a'], added: ['b'] }],
    ['a patch dropped', ['a=1', 'b=2'], ['b=2'], { unchanged: ['b'], dropped: ['a'] }],
    ['retitled, known by its content', ['a=1'], ['b=1'], { retitled: ['a > b'] }],
    [
      'retitled, known by likeness',
      ['mm: track the pinned pages=1'],
      ['mm: track pinned pages=2'],
      { retitled: ['mm: track the pinned pages > mm: track pinned pages'] },
    ],
    ['nothing alike', ['x: one=1'], ['y: two=2'], { added: ['y: two'], dropped: ['x: one'] }],
    [
      'one patch moved to the front',
      ['a=1', 'b=2', 'c=3'],
      ['c=3', 'a=1', 'b=2'],
      { unchanged: ['c', 'a', 'b'], reordered: ['c'] },
    ],
    [
      'dropping one moves no other',
      ['a=1', 'b=2', 'c=3'],
      ['b=2', 'c=3'],
      { unchanged: ['b', 'c'], dropped: ['a'] },
    ],
    [
      'two patches of one content keep their titles',
      ['a=1', 'b=1'],
      ['b=1', 'a=1'],
      { unchanged: ['b', 'a'], reordered: ['a'] },
    ],
  ])('%s', (_, older, newer, expected) => {
    const found = compareRevisions(revision(older), revision(newer));
    expect({
      added: titles(found.added),
      dropped: titles(found.dropped),
      retitled: pairs(found.retitled),
      unchanged: pairs(found.unchanged),
      changed: pairs(found.changed),
    }).toEqual({ added: [], dropped: [], retitled: [], unchanged: [], changed: [], ...omit(expected) });
    const moved = 'reordered' in expected ? expected.reordered : [];
    expect(found.reordered).toHaveLength(moved?.length ?? 0);
  });

  it('accounts for each patch once', () => {
    const patch = fc.constantFrom(
      'a=1',
      'a=2',
      'b=1',
      'b',
      'kvm: fix the clock=3',
      'kvm: fix the master clock',
      '',
    );
    fc.assert(
      fc.property(fc.array(patch, { maxLength: 8 }), fc.array(patch, { maxLength: 8 }), (before, after) => {
        const { added, dropped, retitled, unchanged, changed, reordered } = compareRevisions(
          revision(before),
          revision(after),
        );
        const kept = retitled.length + unchanged.length + changed.length;
        expect(kept + dropped.length).toBe(before.length);
        expect(kept + added.length).toBe(after.length);
        expect(reordered.length).toBeLessThanOrEqual(kept);
      }),
    );
  });

  it('pairs patches under other titles by what they change, before titles that are alike', () => {
    const text = (...lines: string[]): PatchText => ({
      message: [],
      files: [
        {
          file: { path: 'a.c', oldPath: null, kind: 'modify', insertions: 0, deletions: 0 },
          hunks: [{ section: '', lines }],
        },
      ],
    });
    const older = revision(['mm: add pin counts=1']);
    const newer = revision(['mm: add pin flags=2', 'gup: track what is pinned=3']);
    const named = (posting: Revision, name: string): Revision => ({
      ...posting,
      slots: posting.slots.map((slot, at) => ({ ...slot, id: `${name}${at}` })),
    });
    const texts = new Map([
      ['old0', text('+\tcount(page);', '+\tcount(folio);')],
      ['new0', text('+\tflags |= PIN;')],
      ['new1', text('+\tcount(page);', '+\tcount(folio, 1);')],
    ]);
    const found = compareRevisions(named(older, 'old'), named(newer, 'new'), texts);
    expect(pairs(found.retitled)).toEqual(['mm: add pin counts > gup: track what is pinned']);
    expect(titles(found.added)).toEqual(['mm: add pin flags']);
  });

  it('compares a posting with itself without finding a change', () => {
    const same = revision(['a=1', 'b=2', 'c=3']);
    const { unchanged, reordered } = compareRevisions(same, same);
    expect([unchanged.length, reordered.length]).toEqual([3, 0]);
  });
});

function omit(expected: object): object {
  return Object.fromEntries(Object.entries(expected).filter(([key]) => key !== 'reordered'));
}
