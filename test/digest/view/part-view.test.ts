import { describe, expect, it } from 'vitest';
import { buildDigest } from '../../../src/digest/plan/build-digest.js';
import type { PartContent } from '../../../src/digest/plan/part-content.js';
import { partView } from '../../../src/digest/view/part-view.js';
import { anActivity, aRevision, aSeries } from '../../fixtures/series-record.js';

type Window = { since: string; until: string };
const day = { since: '2026-11-16T00:00:00Z', until: '2026-11-17T00:00:00Z' };

/** The words of a headline over series of these subsystems, one each. */
function headline(
  slugs: readonly string[],
  options: { details?: number; follows?: string[]; otherGroups?: number; window?: Window; at?: string } = {},
): string {
  const activities = slugs.map((slug, i) => {
    const revision = aRevision({
      messageId: `m${i}@example.org`,
      id: `m${i}@example.org`,
      title: `title ${i}`,
    });
    const subsystems = [{ slug, name: `The ${slug} people`, primary: true, share: 1 }];
    return anActivity({ series: aSeries({ id: `s${i}`, subsystems, revisions: [revision] }) });
  });
  const { groups, counts } = buildDigest({ activities, follows: [], window: day, budget: 9 });
  const { details = 1, follows = ['kvm', 'mm -kind:rfc'], otherGroups = 0, window = day } = options;
  const content: PartContent = {
    kind: 'headline',
    version: 1,
    window,
    follows,
    counts,
    groups: [...groups],
    details,
    otherGroups,
    notes: [],
  };
  return partView(content, options.at)
    .blocks.map((block) => {
      const spans = 'spans' in block ? block.spans : block.kind === 'list' ? block.items.flat() : [];
      return spans
        .map((span) =>
          'text' in span
            ? span.text + (span.url?.startsWith('https://c.example.org') ? `<${span.url}>` : '')
            : '…',
        )
        .join('');
    })
    .join('\n');
}

describe('a headline', () => {
  it('counts once what there is of a single subsystem, and lists its titles', () => {
    expect(headline(['kvm', 'kvm'])).toBe(
      [
        'kvm: 2 new series',
        'title 0title 1',
        'Details are in the thread. From … to … · for kvm, mm -kind:rfc',
      ].join('\n'),
    );
  });

  it('counts each of several subsystems beneath the sum', () => {
    const text = headline(['kvm', 'mm']);
    expect(text).toContain('kvm, mm: 2 new series\n');
    expect(text).toContain('kvm · The kvm people: 1 new series');
    expect(text).toContain('mm · The mm people: 1 new series');
  });

  it('counts subsystems that are too many to be named', () => {
    expect(headline(['kvm', 'mm', 'net', 'block'])).toMatch(/^4 new series in 4 subsystems\n/);
    expect(headline(['kvm', 'mm', 'net'], { otherGroups: 9 })).toMatch(/^3 new series in 12 subsystems\n/);
  });

  it('says that nothing is new', () => {
    expect(headline([], { details: 0 })).toMatch(/^Nothing new in what is followed here\n/);
  });

  it('links to the same digest as a page where pages are published', () => {
    const at = 'https://c.example.org';
    expect(headline(['kvm'], { at })).toMatch(
      / · Web page<https:\/\/c\.example\.org\/digest\?follow=kvm&follow=mm%20-kind%3Arfc&since=2026-11-16T00%3A00%3A00Z&until=2026-11-17T00%3A00%3A00Z>$/,
    );
    expect(headline(['kvm'])).not.toContain('Web page');
  });

  it.each([
    ['more follows than a headline keeps', { follows: ['a', 'b', 'c', 'd', 'e', '3 more'] }],
    ['a follow that was shortened', { follows: ['path:mm/a-very-long-pa…'] }],
    ['one series, by its Message-ID', { follows: ['one series'] }],
    ['a longer time than a page takes', { window: { ...day, since: '2026-09-01T00:00:00Z' } }],
  ])('links to no page for %s', (_, options) => {
    expect(headline(['kvm'], { ...options, at: 'https://c.example.org' })).not.toContain('Web page');
  });

  it('names six follows at most', () => {
    const follows = ['a', 'b', 'c', 'd', 'e', '3 more'];
    expect(headline(['kvm'], { follows })).toMatch(/· for a, b, c, d, e, 3 more$/);
    expect(headline(['kvm'], { follows: [...follows, 'g', 'h'] })).toMatch(/3 more, 2 more$/);
  });
});
