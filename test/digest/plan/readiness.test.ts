import { describe, expect, it } from 'vitest';
import { readinessOf } from '../../../src/digest/plan/readiness.js';
import type { RevisionRecord, SeriesRecord } from '../../../src/digest/series/record.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

type Patch = RevisionRecord['patches'][number];
const review = (name: string, kind = 'Reviewed-by') => ({
  kind,
  name,
  email: `${name.toLowerCase()}@example.org`,
  messageId: `by-${name}@x`,
});
const patch = (index: number, ...names: string[]): Patch => ({
  messageId: `p${index}@x`,
  index,
  author: 'Ada Quill',
  title: 'mm: do a thing',
  url: null,
  reviews: names.map((name) => review(name)),
});
const failed = {
  by: 'kernel test robot',
  kind: 'build',
  result: 'fail',
  patch: 'p1@x',
  url: null,
  messageId: 'robot@x',
  date: '2026-11-17T00:00:00Z',
} as const;
const passed = { ...failed, by: 'CI', kind: 'ci', result: 'pass', messageId: 'ci@x' } as const;

const of = (revision: Partial<RevisionRecord>, overrides: Partial<SeriesRecord> = {}) =>
  readinessOf(aSeries({ ...overrides, revisions: [aRevision(revision)] }));
const lines = (readiness: ReturnType<typeof of>) =>
  readiness === null
    ? null
    : [readiness.missing, readiness.given].map((reasons) =>
        reasons
          .map(({ text, messageId }) => (messageId === null ? text : `${text} <${messageId}>`))
          .join(' · '),
      );

describe('whether a series is ready to apply', () => {
  it.each<[string, Partial<RevisionRecord>, string[]]>([
    ['no patch is reviewed', { patches: [patch(1), patch(2)] }, ['no review', '']],
    [
      'one is not',
      { patches: [patch(1, 'Bo'), patch(2)] },
      ['no review of patch 2 <p2@x>', 'reviewed in part by Bo <by-Bo@x>'],
    ],
    [
      'all are',
      { patches: [patch(1, 'Bo'), patch(2, 'Bo', 'Kit')] },
      ['', 'reviewed by Bo <by-Bo@x> · Kit <by-Kit@x>'],
    ],
    ["its author's own word is none", { patches: [patch(1, 'Ada'), patch(2, 'Ada')] }, ['no review', '']],
    [
      'a review of the whole',
      { reviews: [review('Bo')], patches: [patch(1), patch(2)] },
      ['', 'reviewed by Bo <by-Bo@x>'],
    ],
    [
      'patches that are missing',
      { reviews: [review('Bo')], patches: [patch(1), patch(2)], total: 3 },
      ['1 of 3 patches is not here', 'reviewed by Bo <by-Bo@x>'],
    ],
    [
      'a build that fails',
      { reviews: [review('Bo')], patches: [patch(1), patch(2)], verdicts: [failed] },
      ['kernel test robot: the build fails <robot@x>', 'reviewed by Bo <by-Bo@x>'],
    ],
    [
      'CI that passes',
      { reviews: [review('Bo')], patches: [patch(1), patch(2)], verdicts: [passed] },
      ['', 'reviewed by Bo <by-Bo@x> · CI 1✓ <ci@x>'],
    ],
  ])('%s', (_, revision, expected) => {
    expect(lines(of(revision))).toEqual(expected);
  });

  it('names who asked for changes', () => {
    const evidence = [
      {
        messageId: 'asked@x',
        url: null,
        by: { name: 'Bo', email: 'bo@example.org' },
        date: null,
        source: 'reply',
        tree: null,
        branch: null,
        confidence: 0.8,
        quote: 'Please resend.',
      },
    ];
    const requested = of(
      { reviews: [review('Kit')], patches: [patch(1)] },
      { state: { name: 'changes-requested', evidence } },
    );
    expect(lines(requested)?.[0]).toBe('changes requested by Bo <asked@x>');
  });

  it.each<[string, Partial<RevisionRecord>, Partial<SeriesRecord>]>([
    ['an RFC', { rfc: true }, {}],
    ['what is applied', {}, { state: { name: 'applied', evidence: [] } }],
    ['a pull request', {}, { kind: 'pull' }],
  ])('is no question of %s', (_, revision, overrides) => {
    expect(of(revision, overrides)).toBeNull();
  });
});
