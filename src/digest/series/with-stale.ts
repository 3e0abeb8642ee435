import { isStale } from '../state/decide-state.js';
import type { SeriesRecord } from './record.js';

/** The series at a given time: an open one without mail for 90 days is stale. What is stored does not depend on the clock. */
export function withStale(series: SeriesRecord, nowIso: string): SeriesRecord {
  if (!isStale(series.state.name, series.updated, nowIso)) return series;
  return { ...series, state: { ...series.state, name: 'stale' } };
}
