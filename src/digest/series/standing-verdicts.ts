import type { SeriesRecord, StandingVerdict } from './record.js';

/**
 * The verdicts on the newest posting; and what was found in an older one after the newest was posted, unless the same program has passed
 * that since. Every other failure ended with the version that followed it.
 */
export function standingVerdicts({ revisions }: Pick<SeriesRecord, 'revisions'>): readonly StandingVerdict[] {
  const latest = revisions.at(-1);
  if (latest === undefined) return [];
  const own = latest.verdicts ?? [];
  const since = latest.arrived ?? latest.date;
  const older = revisions.slice(0, -1).flatMap((revision) =>
    (revision.verdicts ?? [])
      .filter(({ result, date, by, kind }) => {
        if (result === 'pass' || date === null || since === null || date <= since) return false;
        return !own.some((later) => later.by === by && later.kind === kind && later.result === 'pass');
      })
      .map((one) => ({ ...one, revision })),
  );
  return [...older, ...own.map((one) => ({ ...one, revision: latest }))];
}
