import type { RevisionRecord, SeriesRecord } from './record.js';

/** A series as it was with one of its postings as the latest: with that posting's state, and no later ones. */
export function atVersion(series: SeriesRecord, revision: RevisionRecord): SeriesRecord {
  const at = series.revisions.indexOf(revision);
  if (at < 0 || at === series.revisions.length - 1) return series;
  return {
    ...series,
    title: revision.title,
    author: revision.author,
    latest: revision.messageId,
    revisions: series.revisions.slice(0, at + 1),
    state: { name: revision.outcome, evidence: [] },
    applied: null,
  };
}
