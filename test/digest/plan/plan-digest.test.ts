import { describe, expect, it } from 'vitest';
import { candidatesOf, type DeliveryFollow } from '../../../src/digest/plan/candidates.js';
import { planDigest } from '../../../src/digest/plan/plan-digest.js';
import type { Arrival, TouchedSeries } from '../../../src/digest/plan/touched.js';
import type { RevisionRecord, SeriesRecord } from '../../../src/digest/series/record.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const NOW = '2026-11-17T09:00:00Z';

const mm: DeliveryFollow = {
  text: 'mm',
  slugs: ['mm'],
  singles: false,
  sinceSeq: 0,
  reachesBackTo: null,
  matches: (series) => ({
    matched: series.subsystems.some((subsystem) => subsystem.slug === 'mm'),
    because: ['mm'],
  }),
};

/** A copy of a patch of v1 that arrived yesterday, by default. */
function anArrival(overrides: Partial<Arrival> = {}): Arrival {
  return {
    seq: 10,
    first: true,
    messageKey: 'v1@example.org',
    revision: 'v1@example.org',
    received: '2026-11-16T08:00:00Z',
    arrivedAt: '2026-11-16T08:01:00Z',
    bot: false,
    author: 'ada@example.org',
    ...overrides,
  };
}

const reply = (overrides: Partial<Arrival> = {}) =>
  anArrival({ messageKey: 're@example.org', revision: null, author: 'ben@example.org', ...overrides });

const patch = (messageId: string, index: number) => ({
  messageId,
  index,
  author: 'Ada Quill',
  title: 'mm: do a part',
  url: null,
  reviews: [],
});
const v1: RevisionRecord = aRevision({
  patches: [patch('v1-1@example.org', 1), patch('v1-2@example.org', 2)],
});
const v2: RevisionRecord = aRevision({ version: 2 });

function touched(arrivals: readonly Arrival[], overrides: Partial<SeriesRecord> = {}): TouchedSeries {
  const series = aSeries({ revisions: [v1], ...overrides });
  const members = new Map(
    series.revisions.map((one) => [one.id, [one.id, one.id.replace('@', '-1@'), one.id.replace('@', '-2@')]]),
  );
  return { series, members, arrivals };
}

interface PlanOptions {
  readonly after?: number;
  readonly follow?: Partial<DeliveryFollow>;
  readonly delivered?: readonly string[];
  readonly mentioned?: Readonly<Record<string, number>>;
}

function plan(there: readonly TouchedSeries[], options: PlanOptions = {}) {
  const follows = [{ ...mm, ...options.follow }];
  return planDigest({
    candidates: candidatesOf({ follows, touched: there, after: options.after ?? 0, upTo: 100 }),
    delivered: new Set(options.delivered),
    mentioned: new Map(Object.entries(options.mentioned ?? {})),
    follows,
    window: { since: '2026-11-16T09:00:00Z', until: NOW },
    nowMs: Date.parse(NOW),
    upTo: 100,
  });
}

/** `New versions v2`, and what is kept back: what a reader gets of one series. */
function summarize(there: readonly TouchedSeries[], options: PlanOptions = {}): string {
  const planned = plan(there, options);
  const items = planned.digest.groups.flatMap((group) =>
    group.sections.flatMap((section) =>
      section.items.map(
        (item) => `${section.name} v${item.version}${item.replies > 0 ? `, ${item.replies} replies` : ''}`,
      ),
    ),
  );
  return [
    ...items,
    ...(planned.late > 0 ? [`late ${planned.late}`] : []),
    ...(planned.waiting.length > 0 ? [`waits from ${planned.cursorSeq}`] : []),
  ].join('; ');
}

const incomplete = aRevision({ received: 1, patches: [patch('v1-1@example.org', 1)] });
const justNow = { received: '2026-11-17T08:40:00Z', arrivedAt: '2026-11-17T08:41:00Z' };
const applied: SeriesRecord['state'] = {
  name: 'applied',
  evidence: [
    {
      messageId: 'done@example.org',
      url: null,
      by: { name: 'Bo', email: 'bo@example.org' },
      date: '2026-11-16T10:00:00Z',
      source: 'b4-ty',
      tree: 'mm.git',
      branch: null,
      confidence: 1,
      quote: '',
    },
  ],
};

describe('planDigest', () => {
  it.each<[string, TouchedSeries, PlanOptions, string]>([
    ['a revision that arrived', touched([anArrival()]), {}, 'New series v1'],
    ['one that was delivered', touched([anArrival()]), { delivered: ['v1@example.org'] }, ''],
    ['one of which a patch was delivered', touched([anArrival()]), { delivered: ['v1-2@example.org'] }, ''],
    [
      'a patch that comes after its revision was delivered',
      touched([anArrival({ messageKey: 'v1-2@example.org', seq: 60 })]),
      { after: 50, delivered: ['v1@example.org', 'v1-1@example.org'] },
      '',
    ],
    [
      'a copy on a second list that wakes a follow for the first time',
      touched([anArrival({ seq: 60, first: false })]),
      { after: 50 },
      'New series v1',
    ],
    ['nothing that this follow wants', touched([anArrival()], { subsystems: [] }), {}, ''],
    ['what arrived before the cursor', touched([anArrival({ seq: 40 })]), { after: 50 }, ''],
    [
      'what arrived before the follow was made',
      touched([anArrival({ seq: 40 })]),
      { follow: { sinceSeq: 50 } },
      '',
    ],
    [
      'what a first follow reaches back to',
      touched([anArrival({ seq: 40 })]),
      { follow: { sinceSeq: 50, reachesBackTo: '2026-11-16T07:00:00Z' } },
      'New series v1',
    ],
    [
      'what was received before that, though it is here only since',
      touched([anArrival({ seq: 40 })]),
      { follow: { sinceSeq: 50, reachesBackTo: '2026-11-16T09:00:00Z' } },
      '',
    ],
    [
      'a second version, the first one posted',
      touched([anArrival({ seq: 60, revision: v2.id, messageKey: v2.id })], { revisions: [v1, v2] }),
      { delivered: ['v1@example.org'] },
      'New versions v2',
    ],
    [
      'a first version that comes after the second was posted',
      touched([anArrival({ seq: 60 })], { revisions: [v1, v2] }),
      { delivered: ['v2@example.org'] },
      'New versions v1',
    ],
    [
      'both versions at once',
      touched([anArrival(), anArrival({ revision: v2.id, messageKey: v2.id })], { revisions: [v1, v2] }),
      {},
      'New versions v2',
    ],
    ['an archive that was read', touched([anArrival({ received: '2026-11-01T08:00:00Z' })]), {}, 'late 1'],
    ['mail of which nobody knows when it was sent', touched([anArrival({ received: null })]), {}, 'late 1'],
    [
      'a late patch of a revision whose cover is news',
      touched([anArrival(), anArrival({ messageKey: 'v1-1@example.org', received: '2026-11-01T08:00:00Z' })]),
      {},
      'New series v1',
    ],
    [
      'a revision that lacks a patch, still coming in',
      touched([anArrival({ seq: 70, ...justNow })], { revisions: [incomplete] }),
      {},
      'waits from 69',
    ],
    [
      'the same, quiet for half an hour',
      touched([anArrival({ seq: 70, ...justNow, arrivedAt: '2026-11-17T08:30:00Z' })], {
        revisions: [incomplete],
      }),
      {},
      'New series v1',
    ],
    [
      'the same, quiet but for a copy from a second list',
      touched(
        [
          anArrival({ seq: 70, arrivedAt: '2026-11-17T08:20:00Z', received: justNow.received }),
          anArrival({ seq: 71, first: false, ...justNow }),
        ],
        { revisions: [incomplete] },
      ),
      {},
      'New series v1',
    ],
    [
      'numbered patches whose cover is still to come',
      touched([anArrival({ seq: 70, ...justNow })], {
        revisions: [
          aRevision({
            messageId: 'v1-1@example.org',
            id: 'v1@example.org',
            patches: [patch('v1-1@example.org', 1), patch('v1-2@example.org', 2)],
          }),
        ],
      }),
      {},
      'waits from 69',
    ],
    [
      'talk about what waits',
      touched([reply({ seq: 65, ...justNow }), anArrival({ seq: 70, ...justNow })], {
        revisions: [incomplete],
      }),
      {},
      'waits from 64',
    ],
    [
      'talk about what was posted',
      touched([reply(), reply({ seq: 11, messageKey: 're2@example.org' })]),
      { delivered: ['v1@example.org'], mentioned: { 'v1@example.org': 9 } },
      'Discussed v1, 2 replies',
    ],
    [
      'talk that was counted when the series was named last',
      touched([reply(), reply({ seq: 11, messageKey: 're2@example.org' })]),
      { mentioned: { 'v1-1@example.org': 10 } },
      'Discussed v1, 1 replies',
    ],
    ['what a bot replied', touched([reply({ bot: true })]), {}, ''],
    ['a second copy of a reply', touched([reply({ first: false })]), {}, ''],
    [
      'word that it was applied',
      touched([reply({ messageKey: 'done@example.org', bot: true })], { state: applied }),
      { delivered: ['v1@example.org'] },
      'Applied v1',
    ],
    [
      'the same reply, posted before',
      touched([reply({ messageKey: 'done@example.org', bot: true })], { state: applied }),
      { delivered: ['v1@example.org'], mentioned: { 'v1@example.org': 10 } },
      '',
    ],
  ])('%s', (_, there, options, expected) => {
    expect(summarize([there], options)).toBe(expected);
  });

  it('delivers every cover and patch of what it tells, and of what it only counts', () => {
    const single = touched([anArrival()], { kind: 'single' });
    const { reported: parts, digest } = plan([single]);
    expect(digest.groups[0]?.omitted.singlePatches).toBe(1);
    expect(parts).toMatchObject([
      {
        folded: true,
        messageKeys: ['v1@example.org', 'v1-1@example.org', 'v1-2@example.org'],
        mention: 'v1@example.org',
      },
    ]);
  });

  it('looks on where it stopped, unless something waits', () => {
    expect(plan([touched([anArrival()])]).cursorSeq).toBe(100);
  });
});
