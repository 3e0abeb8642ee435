import { describe, expect, it } from 'vitest';
import type { SeriesActivity } from '../../../src/digest/plan/activity.js';
import { buildDigest } from '../../../src/digest/plan/build-digest.js';
import { digestSchema } from '../../../src/digest/plan/digest.js';
import { sectionOf } from '../../../src/digest/plan/sections.js';
import type { SeriesRecord } from '../../../src/digest/series/record.js';
import { aBackport, anActivity, aRevision, aSeries } from '../../fixtures/series-record.js';

const window = { since: '2026-11-16T00:00:00Z', until: '2026-11-17T00:00:00Z' };

/** Copies for a branch, without a letter, of patches with these titles. */
function copies(
  branch: string,
  titles: readonly string[],
  overrides: Partial<SeriesRecord> = {},
): SeriesActivity {
  const patches = titles.map((title, at) => ({
    messageId: `${branch}-${at}@example.org`,
    index: at + 1,
    author: 'Ada Quill',
    title,
    url: null,
    reviews: [],
  }));
  const messageId = `${branch}-0@example.org`;
  const revision = aRevision({
    messageId,
    title: titles[0] ?? '',
    total: 40,
    received: titles.length,
    patches,
  });
  return anActivity({
    series: aSeries({
      id: `s${branch}`,
      revisions: [revision],
      backport: aBackport('dee@example.org', [branch]),
      ...overrides,
    }),
  });
}

/** A letter over one patch. */
function letter(branch: string, title: string, patch: string): SeriesActivity {
  const patches = [
    { messageId: `${branch}-1@example.org`, index: 1, author: '', title: patch, url: null, reviews: [] },
  ];
  const revision = aRevision({ messageId: `${branch}-0@example.org`, title, total: 1, received: 1, patches });
  return anActivity({
    series: aSeries({
      id: `s${branch}`,
      revisions: [revision],
      backport: aBackport('dee@example.org', [branch]),
    }),
  });
}

/** `Backports: mm: fix for 6.12.y 6.6.y`, an item a line. */
function listed(...activities: readonly SeriesActivity[]): string[] {
  const { groups } = digestSchema.parse(buildDigest({ activities, follows: [], window, budget: 9 }));
  return groups.flatMap(({ sections }) =>
    sections.flatMap(({ name, items }) =>
      items.map(({ title, backport }) => `${name}: ${title} for ${backport?.branches.join(' ') ?? 'next'}`),
    ),
  );
}

describe('backports in a digest', () => {
  it.each<[string, SeriesActivity[], string[]]>([
    [
      'are not new series',
      [anActivity(), copies('6.6.y', ['mm: fix it'])],
      ['New series: mm: do a thing for next', 'Backports: mm: fix it for 6.6.y'],
    ],
    [
      'of one patch are one line, the newest branch first',
      [copies('5.15.y', ['mm: fix it']), copies('6.12.y', ['mm: fix it']), copies('6.6.y', ['mm: fix it'])],
      ['Backports: mm: fix it for 6.12.y 6.6.y 5.15.y'],
    ],
    [
      'of which older branches get only some patches are one line',
      [
        copies('6.1.y', ['mm: fix two', 'mm: fix three']),
        copies('6.12.y', ['mm: fix one', 'mm: fix two', 'mm: fix three']),
      ],
      ['Backports: mm: fix one for 6.12.y 6.1.y'],
    ],
    [
      'that share less than half are two',
      [
        copies('6.1.y', ['mm: fix two', 'mm: a', 'mm: b']),
        copies('6.12.y', ['mm: fix one', 'mm: fix two', 'mm: c', 'mm: d']),
      ],
      ['Backports: mm: fix one for 6.12.y', 'Backports: mm: fix two for 6.1.y'],
    ],
    [
      'that two people sent are two',
      [
        copies('6.1.y', ['mm: fix it']),
        copies('6.6.y', ['mm: fix it'], { backport: aBackport('kim@example.org', ['6.6.y']) }),
      ],
      ['Backports: mm: fix it for 6.1.y', 'Backports: mm: fix it for 6.6.y'],
    ],
    [
      'under one letter are one line, whatever their patches',
      [letter('6.6.y', 'mm: fixes for stable', 'mm: a'), letter('6.1.y', 'mm: fixes for stable', 'mm: b')],
      ['Backports: mm: fixes for stable for 6.6.y 6.1.y'],
    ],
  ])('%s', (_, activities, expected) => {
    expect(listed(...activities).sort()).toEqual([...expected].sort());
    expect(listed(...activities.toReversed()).sort()).toEqual([...expected].sort());
  });

  it('are counted by change, and say nothing of what became of one branch', () => {
    const decided = copies('6.6.y', ['mm: fix it'], { state: { name: 'applied', evidence: [] } });
    const { counts, groups } = buildDigest({
      activities: [decided, copies('6.1.y', ['mm: fix it'])],
      follows: [],
      window,
      budget: 9,
    });
    expect(counts).toMatchObject({ series: 0, versions: 0, backports: 1 });
    expect(groups[0]?.sections[0]?.items[0]).toMatchObject({ state: 'under-review', stateText: null });
  });

  it('are not shown as anything else where a place does not list them', () => {
    const chosen = ['series', 'versions'] as const;
    expect(sectionOf(copies('6.6.y', ['mm: fix it']), chosen)).toBeNull();
  });
});
