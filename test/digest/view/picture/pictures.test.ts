import { describe, expect, it } from 'vitest';
import { type Week, weeksOf } from '../../../../src/digest/plan/weeks.js';
import type { RevisionRecord, SeriesRecord } from '../../../../src/digest/series/record.js';
import { hasTimeline, timelinePicture } from '../../../../src/digest/view/picture/timeline.js';
import { tagMails } from '../../../../src/digest/view/picture/timeline-facts.js';
import { weeksPicture } from '../../../../src/digest/view/picture/weeks-picture.js';
import { hostileTexts } from '../../../contract/chat-views.js';
import { aRevision, aSeries } from '../../../fixtures/series-record.js';

const by = { name: 'Bo Lindqvist', email: 'bo@example.org' };
const tag = (kind: string, messageId: string) => ({ kind, messageId, ...by });

function version(n: number, day: string, overrides: Partial<RevisionRecord> = {}): RevisionRecord {
  return aRevision({ version: n, arrived: `2026-${day}T08:00:00Z`, outcome: 'superseded', ...overrides });
}

const evidence = (day: string) => [
  {
    messageId: 'm',
    url: null,
    by,
    date: `2026-${day}T09:00:00Z`,
    source: 'person',
    tree: 'mm',
    branch: null,
    confidence: 1,
    quote: '',
  },
];

const three = aSeries({
  revisions: [
    version(1, '10-12', { reviews: [tag('Reviewed-by', 'r1'), tag('Nacked-by', 'r2')] }),
    // Tags on the patch itself were given to v1.
    version(2, '10-29', { reviews: [tag('Tested-by', 'r3'), tag('Reviewed-by', 'v2@example.org')] }),
    version(3, '11-16', { reviews: [tag('Acked-by', 'r4'), tag('Reported-by', 'r5')], outcome: 'new' }),
  ],
  state: { name: 'applied', evidence: evidence('11-20') },
  updated: '2026-11-20T09:00:00Z',
});
const received = new Map(
  ['10-14', '10-15', '11-02', '11-17', '11-18'].map((day, i) => [`r${i + 1}`, `2026-${day}T08:00:00Z`]),
);

/** The centers of marks and the left edges and widths of bars, by their ink. */
function inkOf(svg: string, ink: string): number {
  return svg.split(`class="fill-${ink}`).length - 1;
}

describe('the timeline of a series', () => {
  it('says in words what it shows', () => {
    expect(timelinePicture(three, received).alt).toBe(
      'Timeline of “mm: do a thing”: v1 on 12 Oct 2026 (superseded, 1 review, 1 objection); v2 on 29 Oct 2026 (superseded, 1 test); v3 on 16 Nov 2026 (applied, 1 review). State: applied to mm by Bo Lindqvist.',
    );
  });

  it('has a line and a bar for each version, a mark for each tag, and a legend of those that there are', () => {
    const { svg } = timelinePicture(three, received);
    for (const words of [
      'v1 · 12 Oct · 2 patches · superseded',
      'v3 · 16 Nov · 2 patches · applied',
      'review or ack',
      'test',
      'objection',
      '>applied<',
    ])
      expect(svg).toContain(words);
    expect(svg).not.toContain('changes requested');
    // The bar of v3, its mark of what was decided, and that of the legend.
    expect(inkOf(svg, 'good')).toBe(3);
    expect(svg).toContain('viewBox="0 0 360 ');
  });

  it('needs the times of mails that gave tags, not of those that carried them over', () => {
    expect(tagMails(three)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5']);
  });

  it.each([
    ['one version without an answer', aSeries(), false],
    ['two versions', aSeries({ revisions: [version(1, '10-12'), version(2, '10-29')] }), true],
    ['a review', aSeries({ revisions: [version(1, '10-12', { reviews: [tag('Acked-by', 'x')] })] }), true],
    ['a decision', aSeries({ state: { name: 'rejected', evidence: [] } }), true],
  ])('is worth a place for %s: %s', (_, series, isThere) => {
    expect(hasTimeline(series)).toBe(isThere);
  });

  it.each<[string, Partial<SeriesRecord>]>([
    ['no version', { revisions: [] }],
    ['no known time', { revisions: [version(1, '10-12', { arrived: null, date: null })] }],
    ['a time that is none', { updated: 'yesterday', revisions: [version(1, '99-99')] }],
    ['one moment', { updated: '2026-10-12T08:00:00Z', revisions: [version(1, '10-12')] }],
    [
      '40 versions',
      { revisions: Array.from({ length: 40 }, (_, i) => version(i + 1, `10-${10 + (i % 20)}`)) },
    ],
    [
      '1,000 tags',
      {
        revisions: [
          version(1, '10-12', {
            reviews: Array.from({ length: 1000 }, (_, i) => tag('Acked-by', `r${i % 5}${i}`)),
          }),
        ],
      },
    ],
  ])('is drawn for %s, within bounds', (_, overrides) => {
    const { svg, alt } = timelinePicture(aSeries(overrides), received);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(svg.length).toBeLessThan(60_000);
    expect(alt.length).toBeLessThan(2_000);
  });

  it('shows hostile words as words', () => {
    for (const text of [...hostileTexts, '</text><script>alert(1)</script>', '"onload="alert(1)']) {
      const author = { name: text, email: '' };
      const { svg } = timelinePicture(
        aSeries({ title: text, author, revisions: [version(1, '10-12', { title: text })] }),
        received,
      );
      expect(svg.replaceAll(/<\/?(?:svg|rect|text|path)(?: [a-zA-Z-]+="[^"<>]*")*>/g, '')).not.toMatch(
        /[<>]/,
      );
      expect(svg).not.toMatch(/[\u0000-\u001f\u202a-\u202e\ud800-\udbff](?![\udc00-\udfff])/);
    }
  });
});

describe('the weeks of a subsystem', () => {
  const until = Date.parse('2026-11-17T06:00:00Z');
  const posted = (day: string, name: SeriesRecord['state']['name'], bot = false) =>
    aSeries({ revisions: [version(1, day)], state: { name, evidence: [] }, bot });

  it('begin on Mondays, and hold what became of the series that were posted first in them', () => {
    const weeks = weeksOf(
      [
        posted('11-16', 'new'),
        posted('11-16', 'applied'),
        posted('11-15', 'merged'),
        posted('11-09', 'changes-requested'),
        posted('11-10', 'stale'),
        posted('09-28', 'superseded'),
        posted('09-27', 'new'),
        posted('11-16', 'new', true),
      ],
      until,
    );
    expect(weeks.map(({ from }) => from.slice(5, 10)).join(' ')).toBe(
      '09-28 10-05 10-12 10-19 10-26 11-02 11-09 11-16',
    );
    const counts = (week?: Week) => [week?.applied, week?.waiting, week?.ended];
    expect([weeks[0], weeks[5], weeks[6], weeks[7]].map(counts)).toEqual([
      [0, 0, 1],
      [0, 0, 0],
      [1, 1, 1],
      [1, 1, 0],
    ]);
  });

  it('are drawn and described', () => {
    const weeks = weeksOf(
      [posted('11-16', 'new'), posted('11-16', 'applied'), posted('11-10', 'rejected')],
      until,
      3,
    );
    const { svg, alt } = weeksPicture('kvm/x86', weeks);
    expect(alt).toBe(
      'New series of kvm/x86 in the last 3 weeks: 3, by the Monday of each week. 2 Nov: none; 9 Nov: 1 (1 ended otherwise); 16 Nov: 2 (1 applied, 1 waiting).',
    );
    expect(svg).toContain('kvm/x86: new series by week');
    expect(weeksPicture('mm', []).svg).not.toMatch(/NaN|Infinity/);
  });
});
