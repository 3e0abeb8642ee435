import { describe, expect, it } from 'vitest';
import { renderView } from '../../../src/adapters/terminal/render-view.js';
import type { WhyPosting, WhySeries } from '../../../src/digest/series/why.js';
import { whyView } from '../../../src/digest/view/why-view.js';

function posting(version: number, overrides: Partial<WhyPosting> = {}): WhyPosting {
  return {
    version,
    versionInferred: false,
    rfc: false,
    resend: false,
    title: 'mm/gup: pin pages',
    author: { name: 'Ada Quill', email: 'ada@example.org' },
    date: `2026-11-0${version}T08:00:00Z`,
    messageId: `v${version}@example.org`,
    total: 1,
    received: 1,
    why: [],
    mails: [],
    carried: 0,
    doubles: [],
    missing: [],
    ...overrides,
  };
}

function why(overrides: Partial<WhySeries> = {}): WhySeries {
  return {
    id: 'abcdef012345',
    title: 'mm/gup: pin pages',
    postings: [posting(1), posting(2)],
    links: [
      {
        older: 'v1@example.org',
        newer: 'v2@example.org',
        reason: 'title',
        text: 'same title: v2 has that of v1',
      },
    ],
    origins: [],
    state: { name: 'new', evidence: [] },
    corrections: [],
    ...overrides,
  };
}

const shown = (overrides: Partial<WhySeries>): string =>
  renderView(whyView(why(overrides)), { columns: 200, color: false, zone: 'UTC', nowMs: 0 });

const EVIDENCE: WhySeries['state']['evidence'][number] = {
  messageId: 'thanks@example.org',
  url: 'https://lore.example.org/mm/thanks@example.org/',
  by: { name: 'Lea Marsh', email: 'lea@example.org' },
  date: '2026-11-05T08:00:00Z',
  source: 'b4-ty',
  tree: 'mm.git',
  branch: 'unstable',
  confidence: 0.9,
  quote: 'Applied to mm.git, thanks!',
};

describe('why mails are one series', () => {
  it.each<[string, Partial<WhySeries>, string]>([
    ['what joined the versions', {}, 'Why it is one series\n  - same title: v2 has that of v1\n'],
    [
      'that nothing was joined',
      { postings: [posting(1)], links: [] },
      'There is one posting; nothing was joined to it.',
    ],
    [
      'which of two sendings of one version is meant',
      {
        postings: [
          posting(1, { messageId: 'a@example.org' }),
          posting(2),
          posting(2, { messageId: 'b@example.org' }),
        ],
      },
      'same title: v2 has that of v1 · 2 Nov 2026',
    ],
    [
      'what people corrected',
      {
        corrections: [
          { kind: 'link', a: 'v1@example.org', b: null, by: 'ada', madeAt: '2026-11-07T09:00:00Z' },
        ],
      },
      'linked by ada on 7 Nov 2026 09:00: v1@example.org and a mail without Message-ID',
    ],
    ['that nobody answered', {}, 'State: new\n  - no replies yet'],
    [
      'the mail that proves a state, whose it is, and how sure it is',
      { state: { name: 'applied', evidence: [EVIDENCE] } },
      'a thank-you note from b4 · by Lea Marsh · tree mm.git (unstable) · 5 Nov 2026 · “Applied to mm.git, thanks!” · https://lore.example.org/mm/thanks@example.org/',
    ],
    [
      'which mails a posting is',
      {
        postings: [
          posting(1, {
            why: ['2 mails of one sender in one thread say they are of 1'],
            mails: [
              { role: 'cover', index: null, title: 'mm', messageId: 'v1@example.org', url: null },
              { role: 'patch', index: 1, title: 'mm/gup: count', messageId: 'v1-1@example.org', url: null },
            ],
          }),
        ],
      },
      '2 mails of one sender in one thread say they are of 1\n    cover v1@example.org\n    1. mm/gup: count v1-1@example.org',
    ],
    [
      'a version that only the text names',
      { postings: [posting(2, { versionInferred: true })] },
      'v2 · 2 Nov 2026 · 1 patch · Ada Quill · the text says so, not the subject',
    ],
    [
      'what is not here',
      { postings: [posting(1, { missing: ['a', 'b', 'c', 'd'] })] },
      'named, but not here: “a”, “b”, “c” +1',
    ],
    [
      'what still holds from an older version',
      { postings: [posting(3, { total: 7, carried: 6 })] },
      'the other 6 patches are carried over from an earlier version',
    ],
    [
      'mails that hold a place twice',
      { postings: [posting(1, { doubles: ['x@example.org'] })] },
      'besides: x@example.org, whose place another mail already has',
    ],
  ])('tells %s', (_, overrides, expected) => {
    expect(shown(overrides)).toContain(expected);
  });
});
