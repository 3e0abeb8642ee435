import type { SeriesRecord } from '../series/record.js';

/**
 * What else ends a snooze, other than its date: a new version, a reply or a new version; one that is done ends with a new version, as that
 * is new work.
 */
export const snoozeEnds = ['date', 'version', 'reply', 'done'] as const;
export type SnoozeEnd = (typeof snoozeEnds)[number];

/** A series that a person or a place wants to see later. */
export interface Snooze {
  /** Message.id of the revision that was named: it refers to whichever series has it. */
  readonly messageKey: string;
  readonly title: string;
  readonly endsWith: SnoozeEnd;
  /** ISO UTC; null if it has no date. */
  readonly until: string | null;
  /** How many postings and replies the series had when it was made. */
  readonly revisions: number;
  readonly replies: number;
}

/** Whether a snooze still holds at a moment. Pure: it ends by itself, and nothing has to be swept for that. */
export function holds(
  { endsWith, until, ...then }: Snooze,
  { revisions, replies }: Pick<SeriesRecord, 'revisions' | 'replies'>,
  nowIso: string,
): boolean {
  if (until !== null && until <= nowIso) return false;
  switch (endsWith) {
    case 'date':
      return until !== null;
    case 'version':
    case 'done':
      return revisions.length <= then.revisions;
    case 'reply':
      return revisions.length <= then.revisions && replies <= then.replies;
    default:
      return endsWith satisfies never;
  }
}

/** Leaves out what is snoozed: `snoozes` of one person or place. */
export function notSnoozed(snoozes: readonly Snooze[], nowIso: string): (series: SeriesRecord) => boolean {
  const byKey = new Map(snoozes.map((one) => [one.messageKey, one]));
  if (byKey.size === 0) return () => true;
  return (series) => {
    const keys = series.revisions.flatMap(({ id, patches }) => [
      id,
      ...patches.flatMap((patch) => patch.messageId ?? []),
    ]);
    return !keys.some((key) => {
      const snooze = byKey.get(key);
      return snooze !== undefined && holds(snooze, series, nowIso);
    });
  };
}
