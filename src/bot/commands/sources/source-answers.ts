import type { SourceState } from '../../../adapters/store/source-states.js';
import type { Store } from '../../../adapters/store/store.js';
import type { SourceAnswer } from '../../../digest/contract/sources-answer.js';
import { toIso } from '../../../digest/time/iso.js';
import type { NamedSource } from '../../sources/read-source.js';

const WEEK_DAYS = 7;
const DAY_MS = 86_400_000;

/** How each of some sources fares, in their order. */
export function answerSources(
  store: Store,
  sources: readonly NamedSource[],
  nowMs: number,
): Promise<SourceAnswer[]> {
  return Promise.all(
    sources.map(async (source) => {
      const state = await store.sources.get(source.name);
      // Today is not over: whole days alone are counted.
      const since = toIso(nowMs - (WEEK_DAYS - 1) * DAY_MS);
      const given = await store.sources.given(source.name, since);
      return toAnswer(source, state, given, nowMs);
    }),
  );
}

function toAnswer(
  source: NamedSource,
  state: SourceState | null,
  given: number,
  nowMs: number,
): SourceAnswer {
  const lastSuccess = state?.lastSuccess ?? null;
  const error = state?.error ?? null;
  const isNew = lastSuccess === null && error === null;
  return {
    name: source.name,
    state: !source.isLive ? 'file' : error !== null ? 'failing' : isNew ? 'new' : 'fine',
    lagSeconds:
      lastSuccess === null ? null : Math.max(0, Math.round((nowMs - Date.parse(lastSuccess)) / 1000)),
    behind: state?.behind ?? null,
    lastSuccess,
    lastAttempt: state?.lastAttempt ?? null,
    lastMail: state?.lastMail ?? null,
    nextAttempt: state?.nextAttempt ?? null,
    failures: state?.failures ?? 0,
    error,
    mailsPerDay: Math.round((given / WEEK_DAYS) * 10) / 10,
    holes: state?.audit === null || state === null ? null : { count: state.audit.holes, at: state.audit.at },
  };
}
