import { describe, expect, it } from 'vitest';
import type { ComparedPatch, Comparison } from '../../../src/digest/series/comparison.js';
import { describeComparison } from '../../../src/digest/series/describe-comparison.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';
import { joinAtOnce } from '../revision/incremental-join.js';
import { DAY, type LittleMail, makeFacts } from '../revision/make-facts.js';

/** The two postings that the mails are, compared. */
function compare(mails: readonly LittleMail[]): Comparison {
  const [group] = joinAtOnce(mails.map(makeFacts)).series;
  if (group === undefined) throw new Error('the mails are no series');
  const revisions = group.revisions.map(({ id, version, rfc, resend, total }) =>
    aRevision({ id, messageId: id, version, rfc, resend, total }),
  );
  const [from = '', to = ''] = group.revisions.map((revision) => revision.id);
  const series = aSeries({ revisions });
  const comparison = describeComparison({ series, group, from, to, messages: new Map(), texts: new Map() });
  if (comparison === null) throw new Error('the series does not hold the two');
  return comparison;
}

const tell = ({ place, title, messageId }: ComparedPatch) => `${place} ${title} ${messageId ?? 'not here'}`;

describe('two postings compared', () => {
  it('knows changed patches from unchanged ones by their content', () => {
    const { changed, unchanged, unknown } = compare([
      { id: 'a', subject: '[PATCH 0/2] mm/gup: pin pages' },
      { id: 'a.1', subject: '[PATCH 1/2] mm/gup: count the pins', re: ['a'], patchId: 'p1' },
      { id: 'a.2', subject: '[PATCH 2/2] mm/gup: test the pins', re: ['a'], patchId: 'p2' },
      { id: 'b', subject: '[PATCH v2 0/2] mm/gup: pin pages', at: DAY },
      { id: 'b.1', subject: '[PATCH v2 1/2] mm/gup: count the pins', re: ['b'], at: DAY, patchId: 'p1' },
      { id: 'b.2', subject: '[PATCH v2 2/2] mm/gup: test the pins', re: ['b'], at: DAY, patchId: 'p3' },
    ]);
    expect(unchanged.map((pair) => tell(pair.newer))).toEqual(['1 mm/gup: count the pins b.1@x']);
    expect(changed.map((pair) => tell(pair.newer))).toEqual(['2 mm/gup: test the pins b.2@x']);
    expect(unknown).toEqual([]);
  });

  it('claims nothing of the content of patches that are known from a list alone', () => {
    const titles = ['mm/gup: count the pins', 'mm/gup: test the pins'];
    const comparison = compare([
      { id: 'a', subject: '[PATCH 0/2] mm/gup: pin pages', shortlog: titles },
      { id: 'b', subject: '[PATCH v2 0/2] mm/gup: pin pages', shortlog: titles.toReversed(), at: DAY },
    ]);
    expect(comparison.unknown.map((pair) => tell(pair.newer))).toEqual([
      '1 mm/gup: test the pins not here',
      '2 mm/gup: count the pins not here',
    ]);
    expect([comparison.changed, comparison.unchanged]).toEqual([[], []]);
    expect(comparison.reordered).toHaveLength(1);
    expect(comparison.from).toMatchObject({ known: 2 });
  });

  it('takes the patches that a partial reroll builds on for unchanged', () => {
    const comparison = compare([
      { id: 'a', subject: '[PATCH v5 0/3] mm/gup: pin pages' },
      { id: 'a.1', subject: '[PATCH v5 1/3] mm/gup: count the pins', re: ['a'] },
      { id: 'a.2', subject: '[PATCH v5 2/3] mm/gup: test the pins', re: ['a'], patchId: 'p2' },
      { id: 'a.3', subject: '[PATCH v5 3/3] mm/gup: tell of the pins', re: ['a'], patchId: 'p3' },
      {
        id: 'b',
        subject: '[PATCH v5.1 2/3] mm/gup: test the pins',
        re: ['a.2', 'a'],
        at: DAY,
        patchId: 'p4',
      },
    ]);
    expect(comparison.changed.map((pair) => tell(pair.newer))).toEqual(['2 mm/gup: test the pins b@x']);
    expect(comparison.unchanged.map((pair) => tell(pair.newer))).toEqual([
      '1 mm/gup: count the pins a.1@x',
      '3 mm/gup: tell of the pins a.3@x',
    ]);
    expect([comparison.added, comparison.dropped]).toEqual([[], []]);
  });

  it('says how many patches it can compare where some are neither here nor named', () => {
    const { from, added } = compare([
      { id: 'a.1', subject: '[PATCH 1/2] mm/gup: count the pins' },
      { id: 'b', subject: '[PATCH v2 0/2] mm/gup: pin pages', at: DAY, earlier: [[1, 'a.1']] },
      { id: 'b.1', subject: '[PATCH v2 1/2] mm/gup: count the pins', re: ['b'], at: DAY },
      { id: 'b.2', subject: '[PATCH v2 2/2] mm/gup: test the pins', re: ['b'], at: DAY },
    ]);
    expect(from).toMatchObject({ known: 1, total: 2 });
    expect(added.map(tell)).toEqual(['2 mm/gup: test the pins b.2@x']);
  });

  it('is null where the series does not hold both', () => {
    const [group] = joinAtOnce([makeFacts({ id: 'a', subject: '[PATCH] mm: a' })]).series;
    expect(
      group &&
        describeComparison({
          series: aSeries(),
          group,
          from: 'a@x',
          to: 'gone@x',
          messages: new Map(),
          texts: new Map(),
        }),
    ).toBeNull();
  });
});
