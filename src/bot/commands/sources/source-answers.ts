import type { SourceState } from '../../../adapters/store/source-states.js';
import type { Store } from '../../../adapters/store/store.js';
import { DAY_MS, toIso } from '../../../digest/time/iso.js';
import type { QuarantineStatus, SourceStatus } from '../../../digest/view/source-status.js';
import type { NamedSource } from '../../sources/read-source.js';

const WEEK_DAYS = 7;
const NAMED = 100;

/** The state of some sources, in their order. */
export async function answerSources(
  store: Store,
  sources: readonly NamedSource[],
  nowMs: number,
): Promise<SourceStatus[]> {
  const quarantined = await store.readings.quarantine.counts();
  return Promise.all(
    sources.map(async (source) => {
      const state = await store.sources.get(source.name);
      // Today is not over: whole days alone are counted.
      const since = toIso(nowMs - (WEEK_DAYS - 1) * DAY_MS);
      const given = await store.sources.given(source.name, since);
      return toAnswer(source, state, { given, quarantined: quarantined.get(source.name) ?? 0 }, nowMs);
    }),
  );
}

export async function answerQuarantine(store: Store): Promise<QuarantineStatus> {
  const { quarantine } = store.readings;
  const unread = (await quarantine.all()).map(({ hash, source, where, reason, detail, at }) => ({
    hash: Buffer.from(hash).toString('hex'),
    source,
    where,
    reason,
    detail,
    at,
  }));
  const underived = (await quarantine.underived()).map(({ hash, messageId, code, detail, at }) => ({
    hash: Buffer.from(hash).toString('hex'),
    source: 'stored',
    where: messageId,
    reason: code === 'derive-timeout' ? ('stalled' as const) : ('failed' as const),
    detail,
    at,
  }));
  const mails = [...unread, ...underived];
  return { count: mails.length, mails: mails.slice(0, NAMED) };
}

function toAnswer(
  source: NamedSource,
  state: SourceState | null,
  { given, quarantined }: { readonly given: number; readonly quarantined: number },
  nowMs: number,
): SourceStatus {
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
    quarantined,
    holes: state?.audit === null || state === null ? null : { count: state.audit.holes, at: state.audit.at },
  };
}
