import { describe, expect, it } from 'vitest';
import { myBoard } from '../../../src/digest/plan/my-board.js';
import type { RevisionRecord, SeriesRecord } from '../../../src/digest/series/record.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const NOW = '2026-11-30T08:00:00Z';
const BEN = { name: 'Ben Reed', email: 'ben@example.org', messageId: null };
const catalog = emptyCatalog();

const series = (second: Partial<RevisionRecord>, more: Partial<SeriesRecord> = {}) =>
  aSeries({ revisions: [aRevision({ asked: [BEN] }), aRevision({ version: 2, ...second })], ...more });

describe('a new version of what a person asked to change', () => {
  it.each<[string, SeriesRecord, string[]]>([
    ['is listed', series({}), ['new-version']],
    ['is not after they asked again', series({ asked: [BEN] }), []],
    [
      'is not if a patch of it is theirs',
      series({}, { authors: [{ name: 'Ben Reed', email: 'ben@example.org' }] }),
      [],
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
