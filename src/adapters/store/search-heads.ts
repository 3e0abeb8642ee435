import { activityOf, headOf } from '../../digest/search/search-head.js';
import type { Db } from './schema.js';
import type { IndexedSeries } from './search-index.js';
import { insertRows, setOf, updateRows } from './sets.js';

/** The short rows by which series are ranked, next to each engine's index. */

const HEAD = {
  row: 'number',
  key: 'text',
  version: 'text',
  title: 'text',
  people: 'text',
  updated: 'text',
  activity: 'number',
  state: 'text',
} as const;

export function addHeads(on: Db, series: readonly IndexedSeries[]): Promise<void> {
  return insertRows(
    on,
    'series_head',
    HEAD,
    series.map(({ row, record }) => ({ row, ...headOf(record) })),
  );
}

export async function removeHeads(on: Db, rows: readonly number[]): Promise<void> {
  await on.deleteFrom('series_head').where('row', 'in', setOf(on, rows)).execute();
}

export function setActivity(on: Db, series: readonly IndexedSeries[]): Promise<void> {
  return updateRows(
    on,
    'series_head',
    'row',
    { row: 'number', activity: 'number', updated: 'text' },
    series.map(({ row, record }) => ({ row, activity: activityOf(record), updated: record.updated })),
  );
}
