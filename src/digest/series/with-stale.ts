import { isStale } from '../state/decide-state.js';
import type { SeriesRecord } from './record.js';

/** The series as it stands at a moment: one that still waits and has been silent for 90 days is stale. What is stored knows no clock. */
export function withStale(series: SeriesRecord, nowIso: string): SeriesRecord {
  if (!isStale(series.state.name, series.updated, nowIso)) return series;
  return { ...series, state: { ...series.state, name: 'stale' } };
}
