import { stateText } from '../../../digest/plan/state-text.js';
import type { ReceivedWindow } from '../../../digest/schedule/received-window.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import { versionName } from '../../../digest/series/version-name.js';
import { toIso } from '../../../digest/time/iso.js';

/** A revision in a feed. Times are ISO UTC. */
export interface FeedEntry {
  readonly series: SeriesRecord;
  readonly revision: RevisionRecord;
  readonly published: string;
  /** When it arrived, or when its state was last decided. */
  readonly updated: string;
  /** Its state, as text; null if none is decided yet. */
  readonly state: string | null;
}

/** The revisions of these series that arrived in the window or whose state was decided in it, the latest first. */
export function feedEntries(
  found: readonly SeriesRecord[],
  { since, until }: ReceivedWindow,
  limit: number,
): readonly FeedEntry[] {
  return found
    .flatMap((series) => series.revisions.map((revision, at) => entryOf(series, revision, at, until)))
    .filter(({ updated }) => updated >= since && updated < until)
    .sort((a, b) =>
      a.updated < b.updated ? 1 : a.updated > b.updated ? -1 : a.revision.id < b.revision.id ? -1 : 1,
    )
    .slice(0, limit);
}

function entryOf(series: SeriesRecord, revision: RevisionRecord, at: number, until: string): FeedEntry {
  const published = revision.arrived ?? revision.date ?? series.updated ?? until;
  const newer = series.revisions[at + 1];
  if (newer === undefined) {
    const decided = series.state.evidence.flatMap(({ date }) => instant(date, until));
    return {
      series,
      revision,
      published,
      updated: latest([published, ...decided]),
      state: stateText(series, series.state.evidence),
    };
  }
  const { outcome } = revision;
  return {
    series,
    revision,
    published,
    updated: latest([published, ...instant(newer.arrived, until)]),
    state: outcome === 'superseded' ? `superseded by ${versionName(newer)}` : outcome.replace('-', ' '),
  };
}

/** The date of a mail may be wrong: one after the window would keep its entry at the top. */
function instant(date: string | null, until: string): string[] {
  const ms = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(ms) || toIso(ms) >= until ? [] : [toIso(ms)];
}

function latest(times: readonly string[]): string {
  return times.reduce((a, b) => (b > a ? b : a));
}
