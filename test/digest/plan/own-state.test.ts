import { describe, expect, it } from 'vitest';
import type { ClaimSays } from '../../../src/digest/claims/claim.js';
import { type LastReply, ownState } from '../../../src/digest/plan/own-state.js';
import type { RevisionRecord, SeriesRecord } from '../../../src/digest/series/record.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const NOW = '2026-11-30T08:00:00Z';
const POSTED = '2026-11-10T08:00:00Z';
const ADA = { name: 'Ada Quill', email: 'ada@example.org' };
const KIM = { name: 'Kim Keeper', email: 'kim@example.org' };
const BEN = { name: 'Ben Reed', email: 'ben@example.org' };

const wrote = (by: LastReply['by'], day: string, id = 'last@example.org'): LastReply => ({
  id,
  by,
  at: `2026-11-${day}T08:00:00Z`,
});
type Evidence = SeriesRecord['state']['evidence'][number];
const said = (by: LastReply['by'], says: ClaimSays): Evidence => ({
  messageId: 'said@example.org',
  url: null,
  by,
  date: '2026-11-20T08:00:00Z',
  source: 'person',
  says,
  tree: null,
  branch: null,
  confidence: 0.5,
  quote: 'That is needed.',
});
const reviewed: Partial<RevisionRecord> = {
  total: 1,
  received: 1,
  patches: [{ messageId: 'p@example.org', index: 1, author: '', title: 'gup', url: null, reviews: [] }],
  reviews: [{ kind: 'Reviewed-by', ...KIM, messageId: 'k@example.org' }],
  reviewedAt: '2026-11-18T08:00:00Z',
};

function words(
  name: SeriesRecord['state']['name'],
  last: LastReply | null,
  { evidence = [], heardAt = last?.at ?? null, of = {} }: Given = {},
): string | null {
  const revision = aRevision(of);
  const series = aSeries({ state: { name, evidence }, revisions: [revision], heardAt, updated: heardAt });
  const isOwn = (email: string) => email === ADA.email;
  return ownState({ series, revision, posted: POSTED, isOwn, last }, NOW);
}

interface Given {
  readonly evidence?: readonly Evidence[];
  readonly heardAt?: string | null;
  readonly of?: Partial<RevisionRecord>;
}

describe('one’s own series', () => {
  it.each<[string, string | null, string | null]>([
    ['without an answer', words('new', null), 'no answer for 20 days'],
    ['that someone answered', words('under-review', wrote(KIM, '27')), 'Kim Keeper answered 3 days ago'],
    ['that someone answered today', words('under-review', wrote(KIM, '30')), 'Kim Keeper answered today'],
    [
      'where its author wrote last',
      words('under-review', wrote(ADA, '18')),
      'you answered last, 12 days ago',
    ],
    [
      'where its author wrote last from another address',
      words('under-review', wrote({ name: 'Ada Quill', email: 'ada@home.example' }, '29')),
      'you answered last, 1 day ago',
    ],
    ['whose last answer is about an older version', words('under-review', wrote(KIM, '09')), 'under review'],
    ['of which it is not known who answered', words('under-review', null), 'under review'],
  ])('%s says who wrote last', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  it.each<[string, string | null, string]>([
    [
      'quiet after its review',
      words('under-review', wrote(KIM, '18'), { of: reviewed }),
      'reviewed, quiet for 12 days',
    ],
    [
      'still discussed after its review',
      words('under-review', wrote(BEN, '28'), { of: reviewed }),
      'reviewed, Ben Reed answered 2 days ago',
    ],
    [
      'that a person will take',
      words('under-review', wrote(BEN, '28'), { of: reviewed, evidence: [said(KIM, 'will-apply')] }),
      'Kim Keeper wants to apply it',
    ],
  ])('%s says that', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  it.each<[string, Evidence, LastReply | null, string]>([
    ['asked for', said(KIM, 'changes-requested'), null, 'changes requested by Kim Keeper'],
    [
      'asked for and answered',
      said(KIM, 'changes-requested'),
      wrote(ADA, '29'),
      'changes requested by Kim Keeper, you answered last, 1 day ago',
    ],
    ['asked for last', said(KIM, 'changes-requested'), wrote(KIM, '29'), 'changes requested by Kim Keeper'],
    [
      'promised',
      said(ADA, 'changes-requested'),
      wrote(ADA, '20', 'said@example.org'),
      'you promised changes',
    ],
  ])('whose changes were %s says by whom', (_, evidence, last, expected) => {
    expect(words('changes-requested', last, { evidence: [evidence] })).toBe(expected);
  });
});
