import { describe, expect, it } from 'vitest';
import { pulledAt } from '../../../src/digest/plan/pulled.js';
import { decidedElsewhere } from '../../../src/digest/plan/waiting.js';
import type { RevisionRecord, SeriesRecord } from '../../../src/digest/series/record.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const patch = (title: string, author = 'Ada Quill'): RevisionRecord['patches'][number] => ({
  messageId: null,
  index: null,
  author,
  title,
  url: null,
  reviews: [],
});
const LATER = { date: '2026-11-20T08:00:00Z', arrived: '2026-11-20T08:01:00Z' };
const request = (
  patches: RevisionRecord['patches'],
  more: Partial<SeriesRecord> = {},
  revision: Partial<RevisionRecord> = LATER,
) =>
  aSeries({
    id: 'pull',
    kind: 'pull',
    revisions: [aRevision({ id: 'pull', patches, ...revision })],
    ...more,
  });
const posted = (...titles: string[]) =>
  aSeries({ id: 'work', revisions: [aRevision({ patches: titles.map((title) => patch(title)) })] });
const GUP = 'mm/gup: count pinned pages twice';
const SLUB = 'mm/slub: count free objects once';
const SWAP = 'mm/swap: count swapped pages never';

describe('what a pull request lists', () => {
  it.each<[string, SeriesRecord, SeriesRecord, boolean]>([
    ['by title and author', posted(GUP), request([patch(SLUB), patch(GUP)]), true],
    ['in other case', posted(GUP), request([patch('MM/gup: Count pinned pages twice')]), true],
    ['half of it', posted(GUP, SLUB), request([patch(GUP)]), true],
    ['a third of it', posted(GUP, SLUB, SWAP), request([patch(GUP)]), false],
    ['under the same title by another author', posted(GUP), request([patch(GUP, 'Ben Rook')]), false],
    ['nothing of it', posted(GUP), request([patch(SLUB)]), false],
    ['under a title that says nothing', posted('mm: fix typos'), request([patch('mm: fix typos')]), false],
    [
      'before it was posted',
      posted(GUP),
      request([patch(GUP)], {}, { date: '2026-11-10T08:00:00Z', arrived: '2026-11-10T08:01:00Z' }),
      false,
    ],
    [
      'though it was rejected',
      posted(GUP),
      request([patch(GUP)], { state: { name: 'rejected', evidence: [] } }),
      false,
    ],
    [
      'in another series, which no one asked to be pulled',
      posted(GUP),
      request([patch(GUP)], { kind: 'series' }),
      false,
    ],
    ['in another pull request', request([patch(GUP)], { id: 'x' }, {}), request([patch(GUP)]), false],
    ['without patches', posted(), request([patch(GUP)]), false],
  ])('%s', (_, work, pull, expected) => {
    expect(pulledAt([work, pull])(work)).toBe(expected ? LATER.arrived : null);
  });

  it.each(['review', 'new-version', 'application'] as const)('waits for no %s', (what) => {
    const work = posted(GUP);
    expect(decidedElsewhere([request([patch(GUP)])])({ for: what, series: work })).toBe(true);
    expect(decidedElsewhere([request([patch(SLUB)])])({ for: what, series: work })).toBe(false);
  });
});
