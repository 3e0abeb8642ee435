import type { SeriesRecord } from '../series/record.js';
import type { TouchedSeries } from './touched.js';

/** Whether a series is among what a place mutes: any cover or patch of it names it. `muted`: Message.ids. */
export function isMuted({ revisions }: SeriesRecord, muted: ReadonlySet<string>): boolean {
  if (muted.size === 0) return false;
  return revisions.some(
    ({ id, patches }) =>
      muted.has(id) || patches.some(({ messageId }) => messageId !== null && muted.has(messageId)),
  );
}

/** The same by all the mails of its postings, duplicates included. */
export function isTouchedMuted({ members }: TouchedSeries, muted: ReadonlySet<string>): boolean {
  if (muted.size === 0) return false;
  for (const [revision, keys] of members)
    if (muted.has(revision) || keys.some((key) => muted.has(key))) return true;
  return false;
}
