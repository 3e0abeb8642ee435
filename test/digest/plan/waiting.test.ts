import { describe, expect, it } from 'vitest';
import { board, waitingOf } from '../../../src/digest/plan/waiting.js';
import type { RevisionRecord, SeriesRecord } from '../../../src/digest/series/record.js';
import { aBackport, aRevision, aSeries } from '../../fixtures/series-record.js';

const NOW = '2026-11-30T08:00:00Z';
const reviewed = (email: string, kind = 'Reviewed-by') => ({ kind, name: '', email, messageId: null });
const patch = (...reviews: RevisionRecord['reviews']) => ({
  messageId: null,
  index: 1,
  author: 'Ada Quill',
  title: 'mm: do a thing',
  url: null,
  reviews,
});
const series = (
  name: SeriesRecord['state']['name'],
  revision: Partial<RevisionRecord> = {},
  more: Partial<SeriesRecord> = {},
) => {
  const reviewed = name === 'under-review' ? { reviewedAt: '2026-11-16T08:01:00Z' } : {};
  return aSeries({
    state: { name, evidence: [] },
    revisions: [aRevision({ ...reviewed, ...revision })],
    ...more,
  });
};
const reply = (date: string): SeriesRecord['state']['evidence'][number] => ({
  messageId: 'r@example.org',
  url: null,
  by: { name: '', email: '' },
  date,
  source: 'person',
  tree: null,
  branch: null,
  confidence: 0.6,
  quote: 'Please use tabs.',
});
const taken = (email: string): NonNullable<SeriesRecord['state']['disbelieved']>[number] => ({
  messageId: 'd@example.org',
  by: { name: '', email },
  says: 'applied',
  date: '2026-11-19T08:00:00Z',
  reason: 'not-entitled',
});
const both = [patch(reviewed('bob@example.org')), patch(reviewed('cy@example.org', 'Acked-by'))];

describe('what a series waits for', () => {
  it.each<[string, SeriesRecord, string | null]>([
    ['no one has answered', series('new'), 'review 13'],
    ['someone has answered', series('under-review'), null],
    [
      'no one has answered, and the version before was applied',
      series(
        'new',
        {},
        { revisions: [aRevision({ outcome: 'applied', total: 1 }), aRevision({ version: 2 })] },
      ),
      null,
    ],
    [
      'no one has answered, and the version before was applied, perhaps in part',
      series(
        'new',
        {},
        { revisions: [aRevision({ outcome: 'applied', total: 3 }), aRevision({ version: 2 })] },
      ),
      'review 13',
    ],
    [
      'no one has answered but its author, who says that it is in',
      series('new', {}, { state: { name: 'new', evidence: [], disbelieved: [taken('ada@example.org')] } }),
      null,
    ],
    ['its author maintains all of it', series('new', {}, { ownGround: true }), null],
    [
      'its author maintains all of it, and it was reviewed',
      series('under-review', { patches: both }, { ownGround: true }),
      null,
    ],
    ...(
      [
        ['bob@example.org', 'new-version 10'],
        ['ada@example.org', null],
      ] as const
    ).map(([email, expected]): [string, SeriesRecord, string | null] => [
      `its author maintains all of it, and ${email} speaks of changes`,
      series(
        'changes-requested',
        {},
        {
          ownGround: true,
          state: {
            name: 'changes-requested',
            evidence: [{ ...reply('2026-11-20T08:00:00Z'), by: { name: '', email } }],
          },
        },
      ),
      expected,
    ]),
    ['it was proposed in a discussion', series('new', {}, { proposal: true }), null],
    ['it calls itself unfinished', series('new', {}, { unfinished: true }), null],
    ['it amends one patch of a posting', series('new', { version: 6.1 }), null],
    [
      'it was reviewed, and someone said they would apply it',
      series(
        'under-review',
        { patches: both },
        {
          state: {
            name: 'under-review',
            evidence: [{ ...reply('2026-11-20T08:00:00Z'), says: 'will-apply' }],
          },
        },
      ),
      null,
    ],
    [
      'a review is the last word',
      series(
        'under-review',
        { patches: both, reviewedAt: '2026-11-19T09:00:00Z' },
        { heardAt: '2026-11-19T09:00:00Z' },
      ),
      'application 10',
    ],
    [
      'a program wrote after the last review',
      series(
        'under-review',
        { patches: both, reviewedAt: '2026-11-19T09:00:00Z' },
        { heardAt: '2026-11-19T09:00:00Z', updated: '2026-11-28T09:00:00Z' },
      ),
      'application 10',
    ],
    [
      'it is talked of since the last review',
      series(
        'under-review',
        { patches: both, reviewedAt: '2026-11-18T09:00:00Z' },
        { heardAt: '2026-11-19T09:00:00Z' },
      ),
      null,
    ],
    [
      'the tags came with it, and it is talked of',
      aSeries({ state: { name: 'under-review', evidence: [] }, revisions: [aRevision({ patches: both })] }),
      null,
    ],
    ...(
      [
        ['applied', 'not-entitled', null],
        ['will-apply', 'not-entitled', null],
        ['applied', 'not-authenticated', 'application 13'],
        ['rejected', 'not-entitled', 'application 13'],
      ] as const
    ).map(([says, reason, expected]): [string, SeriesRecord, string | null] => [
      `it was reviewed, and a mail says ${says} that is ${reason}`,
      series(
        'under-review',
        { patches: both },
        {
          state: {
            name: 'under-review',
            evidence: [],
            disbelieved: [
              {
                messageId: 'd@example.org',
                by: { name: '', email: '' },
                says,
                date: '2026-11-19T08:00:00Z',
                reason,
              },
            ],
          },
        },
      ),
      expected,
    ]),
    [
      'an older version was said to be applied by someone who may not',
      series(
        'under-review',
        { patches: both },
        {
          state: {
            name: 'under-review',
            evidence: [],
            disbelieved: [
              {
                messageId: 'd@example.org',
                by: { name: '', email: '' },
                says: 'applied',
                date: '2026-01-02T08:00:00Z',
                reason: 'not-entitled',
              },
            ],
          },
        },
      ),
      'application 13',
    ],
    [
      'a record of older rules says neither when a person wrote nor when it was reviewed',
      withoutHeardAt(series('under-review', { patches: both })),
      'application 13',
    ],
    ['it is an RFC', series('new', { rfc: true }), null],
    ['a program sent it', series('new', {}, { bot: true }), null],
    ['it is a pull request', series('new', {}, { kind: 'pull' }), null],
    ['it is a backport', series('new', {}, { backport: aBackport('dee@example.org') }), null],
    ['its tag names the release that it is for', series('new', {}, { prefixes: ['6.1'] }), 'review 13'],
    ['its tag names a tree', series('new', {}, { prefixes: ['net-next'] }), 'review 13'],
    ['it came yesterday', series('new', { arrived: '2026-11-29T09:00:00Z' }), null],
    ['it has been silent for months', series('new', {}, { updated: '2026-05-01T00:00:00Z' }), null],
    ['each patch was reviewed', series('under-review', { patches: both }), 'application 13'],
    ['the tags came with it', series('new', { patches: both }), 'application 13'],
    [
      'one patch was acked in part',
      series('under-review', {
        patches: [both[0] ?? patch(), patch({ ...reviewed('cy@example.org', 'Acked-by'), ofPart: true })],
      }),
      null,
    ],
    ['one patch was not', series('under-review', { patches: [both[0] ?? patch(), patch()] }), null],
    [
      'the whole posting was',
      series('under-review', { patches: [patch()], total: 1, reviews: [reviewed('bob@example.org')] }),
      'application 13',
    ],
    [
      'its author gave the tag',
      series('under-review', { patches: [patch(reviewed('ADA@example.org'))] }),
      null,
    ],
    [
      'it was tested alone',
      series('under-review', { patches: [patch(reviewed('bob@example.org', 'Tested-by'))] }),
      null,
    ],
    ['a patch is missing', series('under-review', { patches: both, received: 1 }), null],
    [
      'it was reviewed and talked of since',
      series('under-review', { patches: both }, { heardAt: '2026-11-28T00:00:00Z' }),
      null,
    ],
    [
      'changes were asked for',
      series(
        'changes-requested',
        {},
        { state: { name: 'changes-requested', evidence: [reply('2026-11-20T08:00:00Z')] } },
      ),
      'new-version 10',
    ],
    [
      'changes were asked for lately',
      series(
        'changes-requested',
        {},
        {
          state: {
            name: 'changes-requested',
            evidence: [reply('2026-11-20T08:00:00Z'), reply('2026-11-28T08:00:00Z')],
          },
        },
      ),
      null,
    ],
    ['it was applied', series('applied', { patches: both }), null],
    ['it was rejected', series('rejected'), null],
  ])('where %s', (_, one, expected) => {
    const found = waitingOf(one, NOW);
    expect(found === null ? null : `${found.for} ${found.days}`).toBe(expected);
  });

  it('concerns the newest version alone', () => {
    const two = aSeries({
      revisions: [aRevision(), aRevision({ version: 2, arrived: '2026-11-29T09:00:00Z' })],
    });
    expect(waitingOf(two, NOW)).toBeNull();
  });

  it.each([
    ['some of its patches sent again', 'v1-1@example.org', 3, '2026-11-16T08:20:00Z', null],
    [
      'some of its patches sent again, that no one answered',
      'v1-1@example.org',
      0,
      '2026-11-16T08:20:00Z',
      'review',
    ],
    ['all of its patches sent again', 'v2-1@example.org', 3, '2026-11-16T08:20:00Z', 'review'],
    ['all of its patches sent again at once', 'v2-1@example.org', 3, '2026-11-16T08:00:04Z', null],
    [
      'all of its patches sent again at once, that no one answered',
      'v2-1@example.org',
      0,
      '2026-11-16T08:00:04Z',
      'review',
    ],
  ])('concerns a new version with %s', (_, first, replies, date, expected) => {
    const [one, two] = [
      ['v1-1@example.org', 'v1-2@example.org'],
      [first, 'v2-2@example.org'],
    ].map((ids) => ids.map((messageId) => ({ ...patch(), messageId })));
    const revisions = [
      aRevision({ patches: one ?? [] }),
      aRevision({ version: 2, date, patches: two ?? [] }),
    ];
    expect(waitingOf(aSeries({ revisions, replies }), NOW)?.for ?? null).toBe(expected);
  });

  const earlier = { date: '2026-11-16T08:00:00Z', arrived: '2026-11-16T08:01:00Z' };
  it.each<[string, Partial<RevisionRecord>, Partial<RevisionRecord>, number, string | null]>([
    ['a conversation', {}, {}, 2, null],
    ['one answer, perhaps of its author', {}, {}, 1, 'review'],
    ['one answer, a review', { reviewedAt: '2026-11-17T08:00:00Z' }, {}, 1, null],
    [
      'one answer, a request',
      { asked: [{ name: '', email: 'bob@example.org', messageId: null }] },
      {},
      1,
      null,
    ],
    ['answers, received days before', { arrived: '2026-11-01T08:01:00Z' }, {}, 2, 'review'],
    ['answers, dated days before', { date: '2026-11-01T08:00:00Z' }, {}, 2, 'review'],
    ['answers, where only the list has a clock', {}, { date: null }, 2, null],
    ['answers, where no clock is known for both', { arrived: null }, { date: null }, 2, 'review'],
  ])('concerns a version sent at once after one with %s', (_, one, two, replies, expected) => {
    const revisions = [
      aRevision({ ...earlier, ...one }),
      aRevision({ version: 2, ...earlier, arrived: '2026-11-16T08:01:30Z', ...two }),
    ];
    expect(waitingOf(aSeries({ revisions, replies }), NOW)?.for ?? null).toBe(expected);
  });

  it('is listed with what waits longest first', () => {
    const [late, early] = ['2026-11-25T00:00:00Z', '2026-11-10T00:00:00Z'].map((arrived, at) =>
      series('new', { arrived }, { id: `s${at}`, updated: arrived }),
    );
    const waiting = board(
      [late, early, series('applied')].flatMap((one) => one ?? []),
      NOW,
    );
    expect(waiting.map((one) => one.series.id)).toEqual(['s1', 's0']);
  });
});

/** As stored by older rules. */
function withoutHeardAt({ heardAt: _, ...record }: SeriesRecord): SeriesRecord {
  return record;
}
