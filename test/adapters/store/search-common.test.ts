import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/adapters/store/engine/sqlite.js';
import type { Db } from '../../../src/adapters/store/schema.js';
import { createSearchIndex } from '../../../src/adapters/store/search-sqlite.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const WORDS = ['fix', 'page', 'memory', 'zero', 'copy', 'ring', 'guest', 'dirty', 'log', 'quiesce'];
const SERIES = 60;

let db: Db;
beforeAll(async () => {
  ({ db } = await openDatabase(':memory:'));
  const index = createSearchIndex();
  for (let i = 1; i <= SERIES; i++) {
    // The first word stands in each, the last in few.
    const words = WORDS.filter((_, w) => (i * 7 + w * 3) % (w + 1) === 0);
    const patches = WORDS.filter((_, w) => (i * 5 + w) % (w + 2) === 0);
    const patch = { messageId: null, index: 1, author: '', title: patches.join(' '), url: null, reviews: [] };
    const revision = aRevision({ title: words.join(' '), patches: [patch] });
    const series = aSeries({ id: `series-${i}`, revisions: [revision] });
    const row = index.rowFor(i, series.updated);
    const document = JSON.stringify(series);
    await db
      .insertInto('series')
      .values({
        id: i,
        key: series.id,
        updated: series.updated,
        title_key: series.title,
        search_row: row,
        joined: '{}',
        document,
      })
      .execute();
    await index.add(db, [{ row, record: series }]);
  }
});
afterAll(() => db.destroy());

describe('a question of rare and common words', () => {
  it('finds the same, in the same order, whether the common ones are looked up or read', async () => {
    const asked = fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(asked, fc.integer({ min: 1, max: 12 }), fc.nat(40), async (words, limit, common) => {
        const query = words.join(' ');
        const expected = await createSearchIndex(1_000_000).find(db, query, limit, false);
        expect(await createSearchIndex(common).find(db, query, limit, false)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
