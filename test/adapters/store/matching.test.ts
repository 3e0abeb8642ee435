import { afterAll, beforeAll, expect, it } from 'vitest';
import { engineSql } from '../../../src/adapters/store/engine/engine-sql.js';
import { type MatchRequest, searchRow, type Term } from '../../../src/adapters/store/search-index.js';
import { openStore } from '../../../src/adapters/store/store.js';
import { aSeries } from '../../fixtures/series-record.js';
import { newDatabase } from '../../lib/database.js';

/** Enough for a search on PostgreSQL to look through windows of the newest rows before it looks through all. */
const SERIES = 6_000;
const HOUR_MS = 3_600_000;
const LIMIT = 20;

/** One series every five hours; how often a word is there is in its name. */
const series = Array.from({ length: SERIES }, (_, i) => {
  const updated = new Date(Date.UTC(2020, 0, 1) + i * 5 * HOUR_MS).toISOString();
  const words = ['always', 'second', 'kth30', 'kth1000']
    .filter((_, n) => i % [1, 2, 30, 1_000][n]! === 0)
    .concat(i < 40 ? ['bygone'] : [], i % 7 === 0 ? ['xen'] : []);
  return {
    row: searchRow(i + 1, updated),
    words,
    record: aSeries({ id: `s${i}`, title: words.join(' '), updated }),
  };
});

let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore(await newDatabase());
  const { db } = store.tables;
  for (let at = 0; at < SERIES; at += 500) await engineSql(db).search.add(db, series.slice(at, at + 500));
});
afterAll(() => store.close());

const whole = (word: string): Term[] => [{ word, isBeginning: false }];
const begun = (word: string): Term[] => [{ word, isBeginning: true }];

it.each<[string, readonly (readonly Term[])[], Partial<MatchRequest>?]>([
  ['a word that all have', [whole('always')]],
  ['a common word', [whole('second')]],
  ['a rare word', [whole('kth30')]],
  ['a very rare word', [whole('kth1000')]],
  ['a word that only the oldest have', [whole('bygone')]],
  ['two words', [whole('second'), whole('kth30')]],
  ['a common word and an old one', [whole('always'), whole('bygone')]],
  ['a word that none has', [whole('never')]],
  ['any of some words', [whole('bygone'), whole('kth1000')], { any: true }],
  ['the beginning of a word', [begun('kth1')]],
  ['one letter', [begun('k')]],
  ['one letter that only the oldest have', [begun('b')]],
  ['one letter that none has', [begun('z')]],
  ['a word and one letter', [whole('xen'), begun('k')]],
  ['two letters', [begun('k'), begun('b')]],
  ['no word', []],
  ['rows from one on', [whole('kth30')], { from: series[5_900]!.row }],
  ['rows before one', [whole('second')], { before: series[300]!.row }],
  ['no rows', [whole('second')], { before: 1 }],
])('finds the newest that have %s', async (_, words, rest = {}) => {
  for (const scope of ['heads', 'all'] as const) {
    if (scope === 'all' && words.some((terms) => terms.some((term) => term.isBeginning))) continue;
    const request: MatchRequest = { scope, words, facets: [], people: [], from: null, before: null, ...rest };
    const has = (one: (typeof series)[number], terms: readonly Term[]) =>
      terms.some((term) =>
        one.words.some((word) => (term.isBeginning ? word.startsWith(term.word) : word === term.word)),
      );
    const expected = series
      .filter((one) => request.from === null || one.row >= request.from)
      .filter((one) => request.before === null || one.row < request.before)
      .filter((one) =>
        request.any === true
          ? words.some((terms) => has(one, terms))
          : words.every((terms) => has(one, terms)),
      )
      .map((one) => one.row)
      .reverse()
      .slice(0, LIMIT);
    const { db } = store.tables;
    expect(await engineSql(db).search.matching(db, request, LIMIT)).toEqual(expected);
  }
});
