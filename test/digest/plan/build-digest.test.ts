import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeriesActivity } from '../../../src/digest/plan/activity.js';
import { buildDigest } from '../../../src/digest/plan/build-digest.js';
import { digestSchema } from '../../../src/digest/plan/digest.js';
import type { DigestFollow } from '../../../src/digest/plan/digest-request.js';
import type { StateEvidence } from '../../../src/digest/state/outcome.js';
import { anActivity, aRevision, aSeries } from '../../fixtures/series-record.js';

const window = { since: '2026-11-16T00:00:00Z', until: '2026-11-17T00:00:00Z' };

function digestOf(activities: SeriesActivity[], follows: DigestFollow[] = [], budget = 10) {
  return buildDigest({ activities, follows, window, budget });
}

function follow(slug: string, overrides: Partial<DigestFollow> = {}): DigestFollow {
  return {
    text: slug,
    slugs: [slug],
    singles: false,
    matches: (series) => ({
      matched: series.subsystems.some((subsystem) => subsystem.slug === slug),
      because: [slug],
    }),
    ...overrides,
  };
}

const talk = { count: 3, people: 2, messageIds: ['a@example.org'] };
const applied: StateEvidence = {
  messageId: 'done@example.org',
  url: null,
  by: { name: 'Bo Lindqvist', email: 'bo@example.org' },
  date: '2026-11-16T09:00:00Z',
  source: 'b4-ty',
  tree: 'mm.git',
  branch: 'mm-stable',
  confidence: 0.9,
  quote: 'Applied, thanks!',
};
const v1 = aRevision();
const v2 = aRevision({ version: 2 });

describe('the section that lists a series', () => {
  const appliedSeries = aSeries({ state: { name: 'applied', evidence: [applied] } });
  it.each<[string, SeriesActivity, string]>([
    ['a first version that arrived', anActivity(), 'New series'],
    [
      'a later version',
      anActivity({ series: aSeries({ revisions: [v1, v2] }), arrived: [v2.id] }),
      'New versions',
    ],
    [
      'both versions in one window',
      anActivity({ series: aSeries({ revisions: [v1, v2] }), arrived: [v1.id, v2.id] }),
      'New versions',
    ],
    ['a v2 whose v1 never came here', anActivity({ series: aSeries({ revisions: [v2] }) }), 'New versions'],
    ['replies alone', anActivity({ arrived: [], replies: talk }), 'Discussed'],
    [
      'a notice that it was applied',
      anActivity({ series: appliedSeries, arrived: [], evidence: [applied], replies: talk }),
      'Applied',
    ],
    [
      'posted and applied in one window',
      anActivity({ series: appliedSeries, evidence: [applied] }),
      'New series',
    ],
  ])('%s', (_, activity, section) => {
    const { groups } = digestOf([activity]);
    expect(groups.map((group) => group.sections.map(({ name }) => name))).toEqual([[section]]);
  });

  it('is none where nothing happened', () => {
    expect(digestOf([anActivity({ arrived: [] })]).groups).toEqual([]);
  });
});

describe('buildDigest', () => {
  it('shows the newest of the versions that arrived, with what changed', () => {
    const series = aSeries({ revisions: [v1, { ...v2, changed: 'Fixed a leak' }] });
    const [item] =
      digestOf([anActivity({ series, arrived: [v1.id, v2.id] })]).groups[0]?.sections[0]?.items ?? [];
    expect(item).toMatchObject({ version: 2, changed: 'Fixed a leak' });
  });

  it('names the version that was talked about, not one that came after the window', () => {
    const later = aRevision({ version: 3, arrived: '2026-12-01T00:00:00Z' });
    const series = aSeries({ revisions: [v1, v2, later] });
    const { groups } = digestOf([anActivity({ series, arrived: [], replies: talk })]);
    expect(groups[0]?.sections[0]?.items[0]?.version).toBe(2);
  });

  it('folds single patches into a count, unless a follow asks for them', () => {
    const single = anActivity({ series: aSeries({ kind: 'single' }) });
    expect(digestOf([single, anActivity()]).groups[0]).toMatchObject({
      sections: [{ name: 'New series', items: [{ kind: 'series' }] }],
      omitted: { singlePatches: 1 },
    });
    const listed = digestOf([single], [follow('mm', { singles: true })]);
    expect(listed.groups[0]).toMatchObject({
      sections: [{ items: [{ kind: 'single' }] }],
      omitted: { singlePatches: 0 },
    });
  });

  it('lists a series once, under what is followed, and names the rest', () => {
    const both = aSeries({
      subsystems: [
        { slug: 'mm', name: 'Memory management', primary: true, share: 0.7 },
        { slug: 'kvm', name: 'KVM', primary: false, share: 0.3 },
      ],
    });
    const groupsFor = (...follows: DigestFollow[]) =>
      digestOf([anActivity({ series: both })], follows).groups.map(({ subsystem, sections }) => [
        subsystem.slug,
        sections[0]?.items[0]?.also,
      ]);
    expect(groupsFor()).toEqual([['mm', ['kvm']]]);
    expect(groupsFor(follow('kvm'))).toEqual([['kvm', ['mm']]]);
    expect(groupsFor(follow('kvm'), follow('mm'))).toEqual([['mm', ['kvm']]]);
  });

  it('names other subsystems by their widest names', () => {
    const slugs = ['kvm', 'kvm/x86', 'x86', 'mm/gup'];
    const subsystems = slugs.map((slug, i) => ({ slug, name: slug, primary: i === 0, share: 0.5 }));
    const { groups } = digestOf([anActivity({ series: aSeries({ subsystems }) })]);
    expect(groups[0]?.sections[0]?.items[0]?.also).toEqual(['x86', 'mm/gup']);
  });

  it('leaves out what nobody follows', () => {
    expect(digestOf([anActivity()], [follow('kvm')])).toMatchObject({ groups: [], counts: { series: 0 } });
  });

  it('puts RFCs behind what asks to be merged, and talk before silence', () => {
    const one = (title: string, overrides: object, people = 0) =>
      anActivity({
        series: aSeries({
          id: title,
          revisions: [aRevision({ title, messageId: `${title}@example.org`, ...overrides })],
        }),
        replies: { ...talk, people },
      });
    const { groups } = digestOf([
      one('rfc', { rfc: true }, 9),
      one('quiet', {}),
      one('large', { total: 30 }),
      one('loud', {}, 4),
    ]);
    expect(groups[0]?.sections[0]?.items.map((item) => item.title)).toEqual([
      'loud',
      'large',
      'quiet',
      'rfc',
    ]);
  });

  it('says how much of a series was applied, and by whom', () => {
    const series = aSeries({
      state: { name: 'applied', evidence: [applied] },
      applied: { patches: 1, total: 2 },
    });
    const { groups } = digestOf([anActivity({ series })]);
    expect(groups[0]?.sections[0]?.items[0]?.stateText).toBe(
      '1 of 2 patches applied to mm.git (mm-stable) by Bo Lindqvist',
    );
  });

  it('loses nothing to the budget: what is not shown is counted', () => {
    const many = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(many, fc.integer({ min: 1, max: 12 }), (n, budget) => {
        const activities = Array.from({ length: n }, (_, i) =>
          anActivity({ series: aSeries({ id: String(i) }) }),
        );
        const digest = digestOf(activities, [], budget);
        const section = digest.groups[0]?.sections[0];
        expect((section?.items.length ?? 0) + (section?.more ?? 0)).toBe(n);
        expect(section?.items.length ?? 0).toBeLessThanOrEqual(budget);
        expect(digest.counts.series).toBe(n);
        expect(digestSchema.parse(digest)).toEqual(digest);
      }),
    );
  });

  it('is the same whatever the order of what happened', () => {
    const activities = ['a', 'b', 'c', 'd'].map((id) =>
      anActivity({
        series: aSeries({
          id,
          subsystems: [{ slug: id < 'c' ? 'mm' : 'kvm', name: '', primary: true, share: 1 }],
        }),
      }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(activities, { minLength: 4 }), (shuffled) => {
        expect(digestOf(shuffled)).toEqual(digestOf(activities));
      }),
    );
  });
});
