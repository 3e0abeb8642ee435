import { describe, expect, it } from 'vitest';
import { digestSchema } from '../../../src/digest/plan/digest.js';
import { sections } from '../../../src/digest/plan/sections.js';
import { partView } from '../../../src/digest/view/part-view.js';

/** As outboxes and slots hold it. */
const STORED = {
  window: { since: '2026-11-16T00:00:00Z', until: '2026-11-17T00:00:00Z' },
  follows: ['kvm'],
  groups: [
    {
      subsystem: { slug: 'kvm', name: 'KVM' },
      sections: [],
      omitted: { items: 0, singlePatches: 2, singlePatchesApplied: 3, singlePatchesDiscussed: 4 },
    },
  ],
  counts: { series: 1, versions: 2, discussed: 3, applied: 4, singlePatches: 9, replies: 7 },
};

describe('the sections of a digest', () => {
  it('have names, counts and precedences of their own', () => {
    for (const field of ['name', 'count', 'precedence'] as const)
      expect(new Set<string | number>(sections.map((row) => row[field])).size, field).toBe(sections.length);
  });

  it('keep the form in which digests are stored and printed', () => {
    expect(JSON.stringify(digestSchema.parse(STORED))).toBe(JSON.stringify(STORED));
  });

  it('are counted in the order in which they are shown', () => {
    const { window, follows, counts, groups } = digestSchema.parse(STORED);
    const view = partView({
      kind: 'headline',
      version: 1,
      window,
      follows,
      counts,
      groups,
      details: 0,
      notes: [],
    });
    expect(view.fallback).toBe(
      'kvm: 1 new series, 2 new versions, 3 discussed, 4 applied, 9 single patches.',
    );
    expect(JSON.stringify(view.blocks)).toContain('9 single patches: 2 new, 4 discussed, 3 applied.');
  });
});
