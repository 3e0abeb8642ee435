import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Digest, DigestItem } from '../../../src/digest/plan/digest.js';
import { DEFAULT_LAYOUT } from '../../../src/digest/plan/layout.js';
import type { PartContent } from '../../../src/digest/plan/part-content.js';
import { partContentSchema } from '../../../src/digest/plan/part-content.js';
import type { DigestPlan, ReportedSeries } from '../../../src/digest/plan/plan-digest.js';
import { type PartPlan, planParts } from '../../../src/digest/plan/plan-parts.js';
import { partActions, partView } from '../../../src/digest/view/part-view.js';
import type { View } from '../../../src/digest/view/view.js';

const window = { since: '2026-11-16T09:00:00Z', until: '2026-11-17T09:00:00Z' };

function anItem(overrides: Partial<DigestItem> = {}): DigestItem {
  return {
    id: 'abc',
    title: 'mm: do a thing',
    kind: 'series',
    prefixes: [],
    version: 1,
    rfc: false,
    resend: false,
    author: { name: 'Ada Quill', email: 'ada@example.org' },
    date: '2026-11-16T10:00:00Z',
    messageId: 'v1@example.org',
    url: 'https://lore.example.org/v1@example.org/',
    total: 3,
    received: 3,
    size: null,
    summary: 'It does a thing.',
    changed: null,
    state: 'new',
    stateText: null,
    reviews: null,
    replies: 0,
    repliers: 0,
    also: [],
    because: [],
    ...overrides,
  };
}

/** A plan with a number of new series and folded single patches in each subsystem. */
function aPlan(
  groups: readonly { readonly slug: string; readonly items: number; readonly singles?: number }[],
  options: { readonly item?: Partial<DigestItem>; readonly late?: number } = {},
): DigestPlan {
  const reported: ReportedSeries[] = [];
  const one = (slug: string, id: string, folded: boolean): ReportedSeries => ({
    id,
    slug,
    section: 'New series',
    folded,
    messageKeys: [`${id}-0`, `${id}-1`],
    mention: `${id}-0`,
  });
  const digest: Digest = {
    window,
    follows: groups.map(({ slug }) => `series in ${slug}`),
    groups: groups.map(({ slug, items, singles = 0 }) => {
      const ids = Array.from({ length: items }, (_, n) => `${slug}.${n}`);
      reported.push(...ids.map((id) => one(slug, id, false)));
      reported.push(...Array.from({ length: singles }, (_, n) => one(slug, `${slug}.single${n}`, true)));
      return {
        subsystem: { slug, name: '' },
        sections:
          items === 0
            ? []
            : [
                {
                  name: 'New series' as const,
                  items: ids.map((id) => anItem({ id, ...options.item })),
                  more: 0,
                },
              ],
        omitted: { items: 0, singlePatches: singles, singlePatchesApplied: 0, singlePatchesDiscussed: 0 },
      };
    }),
    counts: {
      series: groups.reduce((sum, { items }) => sum + items, 0),
      versions: 0,
      discussed: 0,
      applied: 0,
      singlePatches: groups.reduce((sum, { singles = 0 }) => sum + singles, 0),
      replies: 0,
    },
  };
  return { digest, reported, late: options.late ?? 0, heldBack: 0, waiting: [], cursorSeq: 9, upTo: 9 };
}

/** What there is to read: menus take no room of it. */
const textOf = (view: View): string =>
  JSON.stringify(view, (key, value: unknown) => (key === 'menu' ? undefined : value));
const within =
  (limit: number) =>
  (content: PartContent): boolean =>
    textOf(partView(content)).length <= limit;

/** `headline(2 titles) + details(10) + …`. */
function shape(parts: readonly PartPlan[]): string {
  return parts
    .map(({ content }) => {
      if (content.kind === 'notice') return content.kind;
      const items = content.groups.flatMap((group) => group.sections.flatMap((section) => section.items));
      return `${content.kind}(${items.length})`;
    })
    .join(' + ');
}

describe('planParts', () => {
  it.each([
    ['nothing', aPlan([]), 100_000, 'headline(0)'],
    ['so little that it needs no thread', aPlan([{ slug: 'mm', items: 3 }]), 100_000, 'headline(3)'],
    ['single patches alone', aPlan([{ slug: 'mm', items: 0, singles: 37 }]), 100_000, 'headline(0)'],
    ['more, in one subsystem', aPlan([{ slug: 'mm', items: 8 }]), 100_000, 'headline(3) + details(8)'],
    [
      'two subsystems',
      aPlan([
        { slug: 'mm', items: 6 },
        { slug: 'kvm', items: 2 },
      ]),
      100_000,
      'headline(5) + details(8)',
    ],
    [
      'more than goes into one message',
      aPlan([{ slug: 'mm', items: 9 }]),
      1_900,
      'headline(3) + details(6) + details(3)',
    ],
    [
      'more than anybody reads',
      aPlan(Array.from({ length: 100 }, (_, n) => ({ slug: `area${n}`, items: 30 }))),
      100_000,
      'headline(0) + details(100)',
    ],
  ])('%s', (_, plan, limit, expected) => {
    expect(shape(planParts(plan, within(limit)))).toBe(expected);
  });

  it('has a headline and a thread for each subsystem where a place wants that', () => {
    const layout = { ...DEFAULT_LAYOUT, threads: 'subsystem' } as const;
    const plan = aPlan([
      { slug: 'mm', items: 12, singles: 4 },
      { slug: 'kvm', items: 2 },
      { slug: 'fs', items: 0, singles: 3 },
    ]);
    const parts = planParts(plan, within(100_000), ['It is late.'], layout);
    expect(shape(parts)).toBe('headline(3) + details(10) + headline(2) + headline(0)');
    const headlines = parts.flatMap(({ content }) => (content.kind === 'headline' ? [content] : []));
    expect(headlines.map(({ counts, notes }) => [counts.series, counts.singlePatches, notes])).toEqual([
      [12, 4, ['It is late.']],
      [2, 0, []],
      [0, 3, []],
    ]);
    expect(headlines.map(({ all }) => all)).toEqual([21, undefined, 21]);
    expect(
      parts.map(({ content }) => partActions(content).map((one) => ('label' in one ? one.label : ''))),
    ).toEqual([
      ['Show the whole digest (21)'],
      ['Show the whole digest (21)'],
      [],
      ['Show the whole digest (21)'],
    ]);
    for (const content of headlines) expect(textOf(partView(content))).not.toContain('· for ');
    expect(shape(planParts(aPlan([{ slug: 'mm', items: 12 }]), within(100_000), [], layout))).toBe(
      'headline(3) + details(10)',
    );
  });

  it('tells all that one thread would, each once, in no more than eight', () => {
    const layout = { ...DEFAULT_LAYOUT, threads: 'subsystem' } as const;
    const plan = aPlan(Array.from({ length: 20 }, (_, n) => ({ slug: `area${n}`, items: 5, singles: 1 })));
    const parts = planParts(plan, within(9_999), [], layout);
    expect(parts.filter(({ content }) => content.kind === 'headline')).toHaveLength(8);
    const reportedKeys = parts.flatMap(({ messageKeys }) => messageKeys);
    expect(reportedKeys.length).toBe(new Set(reportedKeys).size);
    expect(new Set(reportedKeys)).toEqual(new Set(plan.reported.flatMap(({ messageKeys }) => messageKeys)));
  });

  it('says what it leaves out, and why it is late', () => {
    const [headline] = planParts(aPlan([{ slug: 'mm', items: 1 }], { late: 2 }), within(9_999), [
      'covernote was away.',
    ]);
    expect(headline?.content).toMatchObject({
      notes: ['covernote was away.', '2 older postings came here more than a week late and are not listed.'],
    });
    const [, details] = planParts(aPlan([{ slug: 'mm', items: 30, singles: 2 }]), within(99_999));
    expect(details === undefined ? '' : textOf(partView(details.content))).toContain('+20 more');
  });

  it('leaves summaries out where they would make many messages more', () => {
    const long = { item: { summary: 'It does a thing of which there is much to tell. '.repeat(8) } };
    const short = planParts(aPlan([{ slug: 'mm', items: 25 }], long), within(1_500), [], {
      form: 'full',
      items: 25,
    });
    expect(short.length).toBeLessThanOrEqual(7);
    expect(
      short
        .slice(1)
        .map(({ content }) => textOf(partView(content)))
        .join(),
    ).not.toContain('much to tell');
  });

  it('shows as many of a section as the place wants', () => {
    const plan = aPlan([{ slug: 'mm', items: 30 }]);
    const shown = (items: number) => shape(planParts(plan, within(100_000), [], { form: 'compact', items }));
    expect([shown(4), shown(25)]).toEqual(['headline(3) + details(4)', 'headline(3) + details(25)']);
  });

  it.each<[string, Parameters<typeof aPlan>[0], (number | undefined)[]]>([
    ['nothing is left out', [{ slug: 'mm', items: 8 }], [undefined, undefined]],
    ['a section has more', [{ slug: 'mm', items: 30 }], [30, 30]],
    ['single patches are counted', [{ slug: 'mm', items: 5, singles: 7 }], [12, 12]],
    ['there are single patches alone', [{ slug: 'mm', items: 0, singles: 7 }], [7]],
  ])('offers to show all where %s', (_, groups, all) => {
    const parts = planParts(aPlan(groups), within(100_000));
    expect(parts.map(({ content }) => ('all' in content ? content.all : undefined))).toEqual(all);
  });

  it('names the most important titles in its headline', () => {
    const plan = aPlan([{ slug: 'mm', items: 8 }]);
    const [section] = plan.digest.groups[0]?.sections ?? [];
    const large = section?.items[7];
    if (large === undefined) throw new Error('there are eight');
    large.total = 40;
    const [headline] = planParts(plan, within(100_000));
    const named = headline?.content.kind === 'headline' ? headline.content.groups : [];
    expect(
      named.flatMap(({ sections }) => sections.flatMap(({ items }) => items.map(({ id }) => id))),
    ).toEqual(['mm.0', 'mm.1', 'mm.7']);
  });

  it('delivers all that it tells or hides, each in one part, in messages that fit', () => {
    const groups = fc.uniqueArray(
      fc.record({
        slug: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }),
        items: fc.integer({ min: 0, max: 40 }),
        singles: fc.nat(3),
      }),
      { maxLength: 8, selector: ({ slug }) => slug },
    );
    const hostile = fc.record({
      title: fc.oneof(fc.constant('x'.repeat(10_000)), fc.string()),
      stateText: fc.oneof(fc.constant(null), fc.constant('applied '.repeat(2_000))),
      reviews: fc.oneof(fc.constant(null), fc.string()),
    });
    fc.assert(
      fc.property(groups, hostile, fc.integer({ min: 2_000, max: 8_000 }), (counts, item, limit) => {
        const some = counts.filter(({ items, singles }) => items + singles > 0);
        const plan = aPlan(some, { item });
        const parts = planParts(plan, within(limit));
        for (const { content } of parts) {
          expect(within(limit)(content)).toBe(true);
          expect(partContentSchema.parse(content)).toEqual(content);
        }
        const keys = parts.flatMap(({ messageKeys }) => messageKeys);
        expect([...keys].sort()).toEqual(plan.reported.flatMap(({ messageKeys }) => messageKeys).sort());
        const details = parts.slice(1).map(({ content }) => content);
        expect(details.every((content) => content.kind === 'details' && content.of === details.length)).toBe(
          true,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('lets what is shown stand in the part that delivers it', () => {
    const parts = planParts(aPlan([{ slug: 'mm', items: 20, singles: 1 }]), within(3_000));
    for (const { content, messageKeys } of parts.slice(1)) {
      if (content.kind === 'notice') continue;
      const ids = content.groups.flatMap((group) =>
        group.sections.flatMap(({ items }) => items.map(({ id }) => id)),
      );
      expect(messageKeys).toEqual(expect.arrayContaining(ids.map((id) => `${id}-0`)));
    }
  });

  it.each<[string, readonly string[], boolean, string | undefined]>([
    ['a week of one subsystem', ['kvm'], true, 'kvm'],
    ['a week of one and its child', ['kvm', 'kvm/x86'], true, 'kvm'],
    ['a week of two', ['kvm', 'mm'], true, undefined],
    ['a week of none', ['other'], true, undefined],
    ['a day of one', ['kvm'], false, undefined],
  ])('shows the weeks of its subsystem as a picture: %s', (_, slugs, isReview, weeks) => {
    const plan = { ...aPlan(slugs.map((slug) => ({ slug, items: 4 }))), isReview };
    const [headline] = planParts(plan, within(100_000));
    if (headline?.content.kind !== 'headline') throw new Error('there is no headline');
    const { content } = headline;
    expect(content.weeksOf).toBe(weeks);
    expect(partView(content).picture).toBe(undefined);
    expect(partView(content, 'https://covernote.example.org').picture?.url).toBe(
      weeks && `https://covernote.example.org/s/${weeks}/weeks.png?asof=${encodeURIComponent(window.until)}`,
    );
  });
});
