import { emailKey } from '../mail/person-key.js';
import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import { gapMs, HOUR_MS } from '../time/iso.js';

/** A posting, and the series that it belongs to. */
interface Posted {
  readonly series: SeriesRecord;
  readonly revision: RevisionRecord;
}

/**
 * Tells of a series whether the answers to it are in other series of its thread: someone answered its newest posting with a patch of their own, or it was
 * sent in one run with others, below one mail, and these were answered: `[PATCH]` nine times below a cover `[RFC PATCH 0/9]`. `series`: what may hold
 * the answers; parts may be asked one after another.
 */
export function answeredBeside(series: Iterable<SeriesRecord>): (one: SeriesRecord) => boolean {
  const below = new Map<string, Posted[]>();
  const owners = new Map<string, Posted>();
  for (const one of series)
    for (const revision of one.revisions) {
      for (const id of mailsOf(revision)) owners.set(id, { series: one, revision });
      if (revision.below === undefined) continue;
      const posted = below.get(revision.below) ?? [];
      below.set(revision.below, posted);
      posted.push({ series: one, revision });
    }
  return (one) => {
    const newest = one.revisions.at(-1);
    if (newest === undefined) return false;
    const others = (id: string) => (below.get(id) ?? []).filter(({ series: { id: key } }) => key !== one.id);
    const answers = mailsOf(newest).flatMap(others);
    if (answers.some(({ series: { bot }, revision }) => bot !== true && !isSameAuthor(revision, newest)))
      return true;
    if (newest.below === undefined) return false;
    const owner = owners.get(newest.below);
    const run = [
      ...others(newest.below),
      ...(owner === undefined || owner.series.id === one.id ? [] : [owner]),
    ];
    return run.some(
      ({ series: { state }, revision }) =>
        state.name !== 'new' && isSameAuthor(revision, newest) && areOfOneRun(revision, newest),
    );
  };
}

function mailsOf({ messageId, patches }: RevisionRecord): string[] {
  return [...new Set([messageId, ...patches.map((patch) => patch.messageId)])].filter((id) => id !== null);
}

function isSameAuthor(a: RevisionRecord, b: RevisionRecord): boolean {
  return emailKey(a.author.email) === emailKey(b.author.email);
}

/** By each clock that is known for both. */
function areOfOneRun(a: RevisionRecord, b: RevisionRecord): boolean {
  const gaps = [gapMs(a.date, b.date), gapMs(a.arrived, b.arrived)].filter((gap) => gap !== null);
  return gaps.length > 0 && gaps.every((gap) => Math.abs(gap) <= HOUR_MS);
}
