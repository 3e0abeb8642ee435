import { samePerson } from '../mail/same-person.js';
import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import { gapMs, HOUR_MS } from '../time/iso.js';

/** More series than this below one mail are not compared. */
const MOST_BELOW = 200;

/** A posting, and the series that it belongs to. */
interface Posted {
  readonly series: SeriesRecord;
  readonly revision: RevisionRecord;
}

/**
 * Tells whether the answers to a series are in others of its thread: someone proposed a patch in answer to its newest posting, or it was
 * sent in one run with others, below one mail, and one of these was answered: `[PATCH]` nine times below a cover `[RFC PATCH 0/9]`.
 * `series`: what may hold the answers.
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
      if (posted.length < MOST_BELOW) posted.push({ series: one, revision });
    }
  return (one) => {
    const newest = one.revisions.at(-1);
    if (newest === undefined) return false;
    const others = (id: string) => (below.get(id) ?? []).filter(({ series: { id: key } }) => key !== one.id);
    const answers = mailsOf(newest).flatMap(others);
    if (answers.some((other) => isProposedTo(one, newest, other))) return true;
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

/** Someone else's patch for the same: a series about other files that was sent below it answers nothing. */
function isProposedTo(one: SeriesRecord, newest: RevisionRecord, { series, revision }: Posted): boolean {
  if (series.bot === true || isSameAuthor(revision, newest)) return false;
  return series.proposal === true || sharesPath(one, series);
}

function sharesPath({ paths: a }: SeriesRecord, { paths: b }: SeriesRecord): boolean {
  const known = new Set(a.map(({ path }) => path));
  return b.some(({ path }) => known.has(path));
}

function mailsOf({ messageId, patches }: RevisionRecord): string[] {
  return [...new Set([messageId, ...patches.map((patch) => patch.messageId)])].filter((id) => id !== null);
}

function isSameAuthor(a: RevisionRecord, b: RevisionRecord): boolean {
  return samePerson(a.author, b.author);
}

/** By each clock that is known for both. */
function areOfOneRun(a: RevisionRecord, b: RevisionRecord): boolean {
  const gaps = [gapMs(a.date, b.date), gapMs(a.arrived, b.arrived)].filter((gap) => gap !== null);
  return gaps.length > 0 && gaps.every((gap) => Math.abs(gap) <= HOUR_MS);
}
