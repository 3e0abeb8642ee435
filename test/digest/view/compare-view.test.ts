import { describe, expect, it } from 'vitest';
import { renderView } from '../../../src/adapters/terminal/render-view.js';
import type {
  ComparedPair,
  ComparedPatch,
  ComparedRevision,
  Comparison,
} from '../../../src/digest/series/comparison.js';
import { compareView, inShort } from '../../../src/digest/view/compare-view.js';

function patch(place: number, title: string, index: number | null = place): ComparedPatch {
  return { place, index, title, author: 'Ada Quill', messageId: `${place}@example.org`, url: null };
}

function pair(older: ComparedPatch, newer: ComparedPatch, content: ComparedPair['content']): ComparedPair {
  return { older, newer, content, difference: null };
}

function revision(version: number, overrides: Partial<ComparedRevision> = {}): ComparedRevision {
  return {
    version,
    rfc: false,
    resend: false,
    title: 'mm/gup: pin pages',
    date: `2026-11-0${version}T08:00:00Z`,
    messageId: `v${version}@example.org`,
    url: null,
    total: 3,
    received: 3,
    known: 3,
    size: { files: 2, insertions: 1100, deletions: 5 },
    ...overrides,
  };
}

function comparison(overrides: Partial<Comparison> = {}): Comparison {
  return {
    series: {
      id: 'abcdef012345',
      title: 'mm/gup: pin pages',
      author: { name: 'Ada Quill', email: 'a@example.org' },
    },
    from: revision(1),
    to: revision(2),
    added: [],
    dropped: [],
    retitled: [],
    changed: [],
    unchanged: [],
    unknown: [],
    reordered: [],
    changelog: [],
    ...overrides,
  };
}

const shown = (overrides: Partial<Comparison>): string =>
  renderView(compareView(comparison(overrides)), { columns: 80, color: false, zone: 'UTC', nowMs: 0 });

describe('what changed in a patch', () => {
  const rows = Array.from({ length: 14 }, (_, n) => `++\tcount(${n});`);
  const lines = ['@@ a.c: int pin(void)', '  {', ...rows, '  }'];
  const changed = (difference: ComparedPair['difference']): Partial<Comparison> => ({
    changed: [{ ...pair(patch(1, 'mm: a'), patch(1, 'mm: a'), 'changed'), difference }],
  });

  it.each<[string, ComparedPair['difference'], readonly string[], string]>([
    [
      'the function, and the first lines that differ',
      { lines, rewritten: false },
      ['@@ a.c: int pin(void)', ...rows.slice(0, 9)],
      '+5 more lines',
    ],
    [
      'that only tags differ',
      { lines: [], rewritten: false },
      [],
      'Only white space, tags or line numbers differ.',
    ],
    [
      'that it was rewritten',
      { lines: [], rewritten: true },
      [],
      'Rewritten: too much differs to show it line by line.',
    ],
  ])('in a chat: %s', (_, difference, code, note) => {
    const { blocks } = compareView(comparison(changed(difference)));
    expect(blocks.flatMap((block) => (block.kind === 'code' ? block.lines : []))).toEqual(code);
    expect(JSON.stringify(blocks)).toContain(note);
  });

  it('is shown whole on the command line', () => {
    const { blocks } = compareView(comparison(changed({ lines, rewritten: false })), 'whole');
    expect(blocks.flatMap((block) => (block.kind === 'code' ? block.lines : []))).toEqual(lines);
  });

  it('shows the patches of a long series that have room, and counts the others', () => {
    const many = Array.from({ length: 12 }, (_, n) => ({
      ...pair(patch(n + 1, `mm: ${n}`), patch(n + 1, `mm: ${n}`), 'changed' as const),
      difference: { lines, rewritten: false },
    }));
    const { blocks } = compareView(comparison({ changed: many }));
    expect(blocks.filter((block) => block.kind === 'code')).toHaveLength(10);
    expect(JSON.stringify(blocks)).toContain('2 more patches changed.');
  });
});

describe('a comparison of two versions', () => {
  it.each<[string, Partial<Comparison>, string]>([
    ['names the two', {}, 'mm/gup: pin pages v1 → v2'],
    ['tells the size before and after', {}, 'Size      2 files +1,100 −5 → 2 files +1,100 −5'],
    [
      'says where no size is known',
      { from: revision(1, { size: null }) },
      'Size      not known → 2 files +1,100 −5',
    ],
    ['tells when they were sent', {}, 'Sent      1 Nov 2026 → 2 Nov 2026'],
    ['says where there is no date', { from: revision(1, { date: null }) }, 'Sent      undated → 2 Nov 2026'],
    [
      'counts honestly what is here',
      { to: revision(2, { received: 2 }) },
      '3 patches → 2 of 3 patches received',
    ],
    [
      'tells the title that the series had',
      { from: revision(1, { title: 'mm: pin' }) },
      'Title     was “mm: pin”',
    ],
    [
      'names stage and resend',
      { from: revision(4, { rfc: true }), to: revision(1, { resend: true }) },
      'mm/gup: pin pages RFC v4 → v1 (resent)',
    ],
    ['lists what was added', { added: [patch(2, 'mm: b')] }, 'Added (1)\n  2. mm: b'],
    ['lists what was dropped', { dropped: [patch(2, 'mm: b')] }, 'Dropped (1)\n  2. mm: b'],
    [
      'numbers patches of a list by their place',
      { dropped: [patch(2, 'mm: b', null)] },
      'Dropped (1)\n  2. mm: b',
    ],
    [
      'tells the old title of a patch, and whether its content stayed',
      { retitled: [pair(patch(1, 'mm: a'), patch(1, 'mm: b'), 'same')] },
      'Retitled (1)\n  1. mm: b · was “mm: a” · content unchanged',
    ],
    [
      'does not call changed what it does not know',
      { unknown: [pair(patch(1, 'mm: a'), patch(1, 'mm: a'), 'unknown')] },
      'Same title, content not known (1)\n  1. mm: a',
    ],
    [
      'warns that a patch which is not here may only look added',
      { from: revision(1, { known: 1 }) },
      'Of v1 only 1 of 3 patches are known here: what looks added may be one of the\n  others.',
    ],
    [
      'warns that a patch which is not here may only look dropped',
      { to: revision(2, { known: 2 }) },
      'Of v2 only 2 of 3 patches are known here: what looks dropped may be one of the\n  others.',
    ],
    [
      'gives the words of the author, an item a line',
      { changelog: [{ version: 2, rfc: false, text: '- one\n- two', patch: null, messageId: null }] },
      'The author on v2\n  - one\n  - two',
    ],
    [
      'says which patch they are about',
      {
        changelog: [
          { version: 2, rfc: false, text: 'drop the lock', patch: patch(3, 'mm: c'), messageId: null },
        ],
      },
      'The author on v2, patch 3\n  - drop the lock',
    ],
    [
      'takes what could act on the terminal out of mail',
      { added: [patch(1, 'mm: \u001b[2Ja')] },
      '1. mm: [2Ja',
    ],
  ])('%s', (_, overrides, expected) => {
    expect(shown(overrides)).toContain(expected);
  });

  it('tells from where a patch moved, beside what else became of it', () => {
    const moved = pair(patch(3, 'mm: c'), patch(1, 'mm: c'), 'same');
    const stayed = pair(patch(1, 'mm: a'), patch(2, 'mm: a'), 'changed');
    const text = shown({ unchanged: [moved], changed: [stayed], reordered: [moved] });
    expect(text).toContain('Unchanged (1)\n  1. mm: c · moved from 3');
    expect(text).toContain('Changed (1)\n  2. mm: a\n');
    expect(text).toContain('In short  1 changed, 1 unchanged, 1 moved');
  });

  it('says how much of a long list it leaves out', () => {
    const unchanged = Array.from({ length: 14 }, (_, at) =>
      pair(patch(at + 1, `mm: ${at}`), patch(at + 1, `mm: ${at}`), 'same'),
    );
    const text = shown({ unchanged });
    expect(text).toContain('Unchanged (14)');
    expect(text).toContain('+4 more');
    expect(text).not.toContain('mm: 11');
  });

  it('is complete in one sentence', () => {
    const overrides = { added: [patch(1, 'a'), patch(2, 'b')], dropped: [patch(3, 'c')] };
    expect(compareView(comparison(overrides)).fallback).toBe(
      'mm/gup: pin pages, v1 → v2: 2 added, 1 dropped.',
    );
    expect(inShort(comparison())).toBe('no patch is known');
  });
});
