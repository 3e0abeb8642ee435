import { describe, expect, it } from 'vitest';
import { answeredBeside } from '../../../src/digest/plan/answered-beside.js';
import type { RevisionRecord, SeriesRecord } from '../../../src/digest/series/record.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const BEN = { name: 'Ben Rook', email: 'ben@example.org' };
const posted = (
  name: string,
  revision: Partial<RevisionRecord>,
  state: SeriesRecord['state']['name'] = 'new',
  more: Partial<SeriesRecord> = {},
) =>
  aSeries({
    id: name,
    state: { name: state, evidence: [] },
    revisions: [aRevision({ id: name, messageId: `${name}@example.org`, ...revision })],
    ...more,
  });
const BELOW = { below: 'cover@example.org' };
const later = { date: '2026-11-16T11:00:00Z', arrived: '2026-11-16T11:01:00Z' };

const asked = posted('asked', BELOW);
const patches = aRevision().patches.concat({
  messageId: 'asked.2@example.org',
  index: 2,
  author: 'Ada Quill',
  title: 'mm: do more',
  url: null,
  reviews: [],
});

describe('a series whose answers are in another series of its thread', () => {
  it.each<[string, SeriesRecord, SeriesRecord, boolean]>([
    ['an answered sibling below the same mail', asked, posted('other', BELOW, 'under-review'), true],
    ['a sibling of which changes were requested', asked, posted('other', BELOW, 'changes-requested'), true],
    ['a sibling that no one has answered', asked, posted('other', BELOW), false],
    ['a sibling below another mail', asked, posted('other', { below: 'x@example.org' }, 'applied'), false],
    ['what someone else sent there', asked, posted('other', { ...BELOW, author: BEN }, 'applied'), false],
    ['what they sent there hours later', asked, posted('other', { ...BELOW, ...later }, 'applied'), false],
    ['the answered cover that it is below', asked, posted('cover', {}, 'under-review'), true],
    ['the cover that it is below, unanswered', asked, posted('cover', {}), false],
    [
      'a cover of someone else: they were asked to answer there',
      asked,
      posted('cover', { author: BEN }, 'under-review'),
      false,
    ],
    [
      'an older series that it is below',
      asked,
      posted('cover', { date: '2026-10-01T08:00:00Z' }, 'applied'),
      false,
    ],
    [
      "a patch of someone else's in answer to it",
      posted('asked', {}),
      posted('fix', { below: 'asked@example.org', author: BEN }, 'new', { proposal: true, paths: [] }),
      true,
    ],
    [
      'a patch in answer to one of its patches',
      posted('asked', { patches }),
      posted('fix', { below: 'asked.2@example.org', author: BEN }, 'rejected'),
      true,
    ],
    [
      'what its author sent below it',
      posted('asked', {}),
      posted('fix', { below: 'asked@example.org' }),
      false,
    ],
    [
      'a series of someone else that was sent below it',
      posted('asked', {}),
      posted('work', { below: 'asked@example.org', author: BEN }, 'new', {
        paths: [{ path: 'net/core/dev.c', changes: 1 }],
      }),
      false,
    ],
    [
      'what they sent from another address',
      asked,
      posted('other', { ...BELOW, author: { name: 'Ada Quill', email: 'ada@work.example.org' } }, 'applied'),
      true,
    ],
    [
      'what a program sent below it',
      posted('asked', {}),
      posted('fix', { below: 'asked@example.org', author: BEN }, 'new', { bot: true, proposal: true }),
      false,
    ],
  ])('%s', (_, one, other, expected) => {
    expect(answeredBeside([one, other])(one)).toBe(expected);
    expect(answeredBeside([other])(one)).toBe(expected);
  });

  it('is not beside itself', () => {
    const answered = posted('asked', BELOW, 'under-review');
    expect(answeredBeside([answered])(answered)).toBe(false);
  });
});
