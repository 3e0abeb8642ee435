import type { VerdictResult } from '../claims/report.js';
import { type TrackerEvidence, trackerHost } from '../state/tracker-evidence.js';
import type { RevisionRecord, SeriesRecord, VerdictRecord } from './record.js';

const RESULTS = { success: 'pass', warning: 'warning', fail: 'fail' } as const;
const WORST: Readonly<Record<VerdictResult, number>> = { pass: 0, warning: 1, fail: 2 };
const MOST_VERDICTS = 200;

/**
 * A series with what trackers' checks say about its postings, as verdicts: one for each tracker and patch, by the worst check, as a
 * tracker runs twenty of them. `checks`: of any messages, by Message-ID; one that is pending says nothing.
 */
export function withChecks(
  series: SeriesRecord,
  checks: ReadonlyMap<string, readonly TrackerEvidence[]>,
): SeriesRecord {
  const revisions = series.revisions.map((revision) => {
    const found = verdictsOn(revision, checks);
    if (found.length === 0) return revision;
    const all = [...(revision.verdicts ?? []), ...found].sort((a, b) =>
      (a.date ?? '') < (b.date ?? '') ? -1 : (a.date ?? '') > (b.date ?? '') ? 1 : 0,
    );
    return { ...revision, verdicts: all.slice(-MOST_VERDICTS) };
  });
  return revisions.some((one, at) => one !== series.revisions[at]) ? { ...series, revisions } : series;
}

/** The mails that trackers' checks may be about. */
export function checkedIds({ revisions }: SeriesRecord): string[] {
  return revisions.flatMap(idsOf);
}

function idsOf({ messageId, patches }: RevisionRecord): string[] {
  const ids = new Set([messageId, ...patches.map((patch) => patch.messageId)]);
  ids.delete(null);
  return [...ids] as string[];
}

function verdictsOn(
  revision: RevisionRecord,
  checks: ReadonlyMap<string, readonly TrackerEvidence[]>,
): VerdictRecord[] {
  const patches = new Set(revision.patches.map(({ messageId }) => messageId));
  const found = new Map<string, VerdictRecord>();
  for (const id of idsOf(revision))
    for (const { tracker, what, at } of checks.get(id) ?? []) {
      if (what.kind !== 'check' || what.result === 'pending') continue;
      const key = `${id}\n${tracker}`;
      const result = RESULTS[what.result];
      const known = found.get(key);
      const date = known?.date != null && known.date > at ? known.date : at;
      if (known !== undefined && WORST[known.result] >= WORST[result]) found.set(key, { ...known, date });
      else
        found.set(key, {
          by: trackerHost(tracker),
          kind: 'ci',
          result,
          patch: patches.has(id) ? id : null,
          url: what.url,
          messageId: null,
          date,
        });
    }
  return [...found.values()];
}
