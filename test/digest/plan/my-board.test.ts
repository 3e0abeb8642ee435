import { describe, expect, it } from 'vitest';
import { myBoard } from '../../../src/digest/plan/my-board.js';
import type { RevisionRecord, SeriesRecord } from '../../../src/digest/series/record.js';
import { buildCatalog, emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { parseMaintainers } from '../../../src/digest/subsystem/parse-maintainers.js';
import { aBackport, aRevision, aSeries } from '../../fixtures/series-record.js';

const NOW = '2026-11-30T08:00:00Z';
const BEN = { name: 'Ben Reed', email: 'ben@example.org', messageId: null };
const catalog = emptyCatalog();

const taken = (name: SeriesRecord['state']['name'], email: string): Partial<SeriesRecord> => ({
  state: {
    name,
    evidence: [],
    disbelieved: [
      {
        messageId: 'd@example.org',
        by: { name: '', email },
        says: 'applied',
        date: '2026-11-29T08:00:00Z',
        reason: 'not-entitled',
      },
    ],
  },
});
const willApply = (email: string): SeriesRecord['state']['evidence'][number] => ({
  messageId: 'w@example.org',
  url: null,
  by: { name: '', email },
  date: '2026-11-29T08:00:00Z',
  source: 'person',
  says: 'will-apply',
  tree: null,
  branch: null,
  confidence: 0.5,
  quote: "I'll queue it up.",
});
const series = (second: Partial<RevisionRecord>, more: Partial<SeriesRecord> = {}) =>
  aSeries({ revisions: [aRevision({ asked: [BEN] }), aRevision({ version: 2, ...second })], ...more });

describe('a new version of what a person asked to change', () => {
  it.each<[string, SeriesRecord, string[]]>([
    ['is listed', series({}), ['new-version']],
    ['is not after they asked again', series({ asked: [BEN] }), []],
    [
      'is not if it amends what they wrote about',
      aSeries({
        revisions: [
          aRevision({ asked: [BEN] }),
          aRevision({ version: 2, asked: [BEN] }),
          aRevision({ version: 2.1 }),
        ],
      }),
      [],
    ],
    [
      'is not if a patch of it is theirs',
      series({}, { authors: [{ name: 'Ben Reed', email: 'ben@example.org' }] }),
      [],
    ],
    [
      'is not after someone else took it who may not decide that',
      series({}, taken('under-review', 'kim@example.org')),
      [],
    ],
    [
      'is not after someone else said that they will apply it',
      series({}, { state: { name: 'under-review', evidence: [willApply('kim@example.org')] } }),
      [],
    ],
    [
      'is after its author accepted advice with that word',
      series({}, taken('under-review', 'ada@example.org')),
      ['new-version'],
    ],
    [
      'is after someone applied it to test what is still to be changed',
      series({}, taken('changes-requested', 'kim@example.org')),
      ['new-version'],
    ],
  ])('%s', (_, record, kinds) => {
    const rows = myBoard([record], { emails: ['ben@example.org'], catalog }, NOW);
    expect(rows.map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each([
    ['is not after they wrote about it', 'v2', []],
    ['is after they wrote once more about the version before', 'v1', ['new-version']],
  ])('%s', (_, posting, kinds) => {
    const record = aSeries({
      revisions: [aRevision({ id: 'v1', asked: [BEN] }), aRevision({ id: 'v2', version: 2 })],
    });
    const person = { emails: ['ben@example.org'], catalog, answered: new Set([posting]) };
    expect(myBoard([record], person, NOW).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('what waits for a person who maintains it', () => {
  const maintained = buildCatalog(
    parseMaintainers(`
MEMORY
M:	Ben Reed <ben@example.org>
R:	Wei Fu <wei@example.org>
R:	Kim Lund <kim@example.org>
F:	mm/

NETWORK
M:	Wei Fu <fu@example.com>
M:	Kimmy <lund@example.com>
F:	net/
`).entries,
  );
  it.each([
    ['someone else sent', 'Ada Quill', 'ada@example.org', ['to-review']],
    ['they sent from another address', 'Ben Reed', 'ben@work.example.org', []],
    ['someone with the same first name sent', 'Ben Rook', 'rook@example.org', ['to-review']],
  ])('has what %s', (_, name, email, kinds) => {
    expect(kindsFor('ben@example.org', { name, email })).toEqual(kinds);
  });

  it.each([
    ['whose name MAINTAINERS has with both', 'wei@example.org', 'Wei Fu', 'fu@example.com', ['to-review']],
    ['where it has two of the name', 'wei@example.org', 'Wei Fu', 'wei@home.example', ['to-review']],
    ['that it has with another name', 'kim@example.org', 'Kim Lund', 'lund@example.com', ['to-review']],
    ['that it does not have', 'kim@example.org', 'Kim Lund', 'kim@home.example', []],
  ])('has what was sent under their name from an address %s', (_, own, name, email, kinds) => {
    expect(kindsFor(own, { name, email })).toEqual(kinds);
  });

  it.each<[string, string[], string[]]>([
    ['is listed', [], ['it was sent to you']],
    ['is not if only an older version was', ['ben@example.org'], []],
  ])('what was sent to them %s', (_, formerRecipients, expected) => {
    const one = aSeries({ recipients: ['ben@example.org'], formerRecipients });
    const rows = myBoard([one], { emails: ['ben@example.org'], catalog: emptyCatalog() }, NOW);
    expect(rows.map(({ why }) => why)).toEqual(expected);
  });

  it('has both as theirs if they gave both', () => {
    const emails = ['wei@example.org', 'fu@example.com'];
    const author = { name: 'Wei Fu', email: 'wei@home.example' };
    expect(kindsFor(emails, author)).toEqual([]);
  });

  function kindsFor(own: string | string[], author: { name: string; email: string }): string[] {
    const record = aSeries({ author, authors: [author], revisions: [aRevision({ author })] });
    const rows = myBoard([record], { emails: [own].flat(), catalog: maintained }, NOW);
    return rows.map(({ kind }) => kind);
  }
});

describe("a person's own work", () => {
  const whyOf = (one: SeriesRecord, ...others: SeriesRecord[]) =>
    myBoard([one, ...others], { emails: ['ada@example.org'], catalog }, NOW)
      .filter(({ series: { id } }) => id === one.id)
      .map(({ kind, why }) => `${kind}: ${why}`);
  const below = (id: string, name: SeriesRecord['state']['name'] = 'new') =>
    aSeries({
      id,
      state: { name, evidence: [] },
      revisions: [aRevision({ id, messageId: `${id}@example.org`, below: 'cover@example.org' })],
    });

  it.each<[string, SeriesRecord, string[]]>([
    ['is theirs', aSeries(), ['mine: no answer yet']],
    ['is not what they proposed in a discussion', aSeries({ proposal: true }), []],
    [
      'is not a backport of it that someone else sent',
      aSeries({ backport: aBackport('dee@example.org') }),
      [],
    ],
    [
      'is a backport that they sent of what someone else wrote',
      aSeries({
        author: BEN,
        revisions: [aRevision({ author: BEN })],
        backport: aBackport('ada@example.org'),
      }),
      ['mine: no answer yet'],
    ],
  ])('%s', (_, one, expected) => {
    expect(whyOf(one)).toEqual(expected);
  });

  it('has its answers beside it where a sibling has them', () => {
    expect(whyOf(below('one'), below('other', 'under-review'))).toEqual([
      'mine: answered beside it in the thread',
    ]);
    expect(whyOf(below('one'), below('other'))).toEqual(['mine: no answer yet']);
  });
});
