import type { SubsystemSeriesQuestion } from '../../adapters/store/subsystem-series.js';
import type { StateName } from '../../digest/claims/claim.js';
import type { TableQuestion } from '../../digest/ports/public-library.js';
import { WAITING } from '../../digest/search/search-query.js';
import { STALE_DAYS } from '../../digest/state/decide-state.js';
import { DAY_MS, toIso } from '../../digest/time/iso.js';

/** What a table shows, as a query for the store: a stale series is stored with its previous state. */
export function tableOf(slug: string, question: TableQuestion, nowMs: number): SubsystemSeriesQuestion {
  const { state, words, order, descending, page, limit } = question;
  return {
    slug,
    ...storedAs(state, toIso(nowMs - STALE_DAYS * DAY_MS)),
    words,
    order,
    descending,
    limit,
    offset: (page - 1) * limit,
  };
}

function storedAs(
  state: TableQuestion['state'],
  staleBefore: string,
): Pick<SubsystemSeriesQuestion, 'states' | 'heard'> {
  const anyTime = { from: null, before: null };
  if (state === 'all') return { states: null, heard: anyTime };
  const lately = { from: staleBefore, before: null };
  if (state === 'open') return { states: WAITING, heard: lately };
  if (state === 'stale') return { states: WAITING, heard: { from: null, before: staleBefore } };
  return { states: [state], heard: isWaiting(state) ? lately : anyTime };
}

function isWaiting(state: StateName): boolean {
  return WAITING.includes(state);
}
