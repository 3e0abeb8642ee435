import type { ClaimSays } from '../claims/claim.js';
import { samePerson } from '../mail/same-person.js';
import { personSet } from '../review/person-set.js';
import type { Named, ReviewRecord, RevisionRecord, SeriesRecord } from '../series/record.js';
import { isStale } from '../state/decide-state.js';
import { DAY_MS, gapMs, latestOf, toIso } from '../time/iso.js';
import { verdictsOf } from '../trailer/kinds.js';
import { answeredBeside } from './answered-beside.js';
import { laterWork } from './later-work.js';

/** What the newest posting of a series waits for: a first review, its author's next version, or someone to apply what is reviewed. */
export const waitingFor = ['review', 'application', 'new-version'] as const;
export type WaitingFor = (typeof waitingFor)[number];

export interface Waiting {
  readonly for: WaitingFor;
  readonly series: SeriesRecord;
  /** The newest posting. */
  readonly revision: RevisionRecord;
  /** When it began to wait, ISO UTC. */
  readonly since: string;
  readonly days: number;
  /** From when on that is worth a line, ISO UTC. */
  readonly overdue: string;
}

/** Of a board, what was not checked. */
export interface BoardBounds {
  /** How many open series were checked if there are more; 0 if all were. */
  readonly cut: number;
  /** More series were decided than were checked for having replaced one of these. */
  readonly decidedCut: boolean;
}

const TAKES: ReadonlySet<ClaimSays> = new Set(['applied', 'merged', 'will-apply']);

/** Two postings with this little time between them were sent in one run. Correcting a mistake takes longer. */
const TOGETHER_MS = 60_000;
/** Days after which waiting is worth a line. */
export const PATIENCE: Readonly<Record<WaitingFor, number>> = { review: 3, 'new-version': 7, application: 7 };

/**
 * What a series waits for at a moment; null if it waits for nothing, not for long enough, or is stale. Left out: RFCs, which are not meant
 * to be merged, what programs sent, pull requests, and backports, which no one reviews again.
 */
export function waitingOf(series: SeriesRecord, nowIso: string): Waiting | null {
  const revision = series.revisions.at(-1);
  if (revision === undefined || revision.rfc || series.bot === true || series.kind === 'pull') return null;
  if (series.backport !== undefined || isStale(series.state.name, series.updated, nowIso)) return null;
  if (!asksForMerge(series, revision)) return null;
  const found = awaitedBy(series, revision);
  if (found === null) return null;
  const { for: what, since } = found;
  const sinceMs = Date.parse(since);
  const days = Math.floor((Date.parse(nowIso) - sinceMs) / DAY_MS);
  if (Number.isNaN(days) || days < PATIENCE[what]) return null;
  const overdue = toIso(sinceMs + PATIENCE[what] * DAY_MS);
  return { for: what, series, revision, since, days, overdue };
}

/** What a series waits for, regardless of how long. */
function awaitedBy(series: SeriesRecord, revision: RevisionRecord): Pick<Waiting, 'for' | 'since'> | null {
  const posted = revision.arrived ?? revision.date;
  switch (series.state.name) {
    case 'new':
    case 'under-review': {
      // Maintainers apply their own work, usually without announcing it.
      if (series.ownGround === true) return null;
      if (isReviewed(revision))
        return isInHand(series, revision) ? null : dated('application', heardAtOf(series) ?? posted);
      // Tags that a new version carries over are not a review of it, but someone looked at the work: only a series without any tag waits.
      // Where no one else has answered, it is their author who says `Patch applied.`
      return series.state.name === 'new' &&
        !followsApplied(series) &&
        !isPartOfBefore(series, revision) &&
        !isTaken(series, revision)
        ? dated('review', posted)
        : null;
    }
    case 'changes-requested':
      // They make the changes that they were asked for and promised when they apply it.
      if (series.ownGround === true && hasPromised(series, revision)) return null;
      return dated('new-version', latestOf(series.state.evidence.map(({ date }) => date)) ?? posted);
    default:
      return null;
  }
}

/** A single patch of which an older version was applied: what is new in this one has to be sent on top. A series may have been applied in part. */
function followsApplied({ revisions }: SeriesRecord): boolean {
  return revisions
    .slice(0, -1)
    .some(({ outcome, total }) => total === 1 && (outcome === 'applied' || outcome === 'merged'));
}

/**
 * It keeps patches of the version before and sends the others again, mostly below it, where people answered; or it was sent in one run with
 * it, mostly a series whose cover has the wrong number: an answer below one is about both.
 */
function isPartOfBefore(
  { revisions, replies }: SeriesRecord,
  { patches, ...newest }: RevisionRecord,
): boolean {
  const older = revisions.at(-2);
  if (older === undefined || replies === 0) return false;
  // Of more postings it is not known which one the answers are about. A single answer without a tag or a request may be the author's own.
  const isAnswered = replies > 1 || older.reviewedAt !== undefined || older.asked !== undefined;
  if (revisions.length === 2 && isAnswered && areTogether(newest, older)) return true;
  const before = new Set(older.patches.flatMap(({ messageId }) => messageId ?? []));
  return patches.some(({ messageId }) => messageId !== null && before.has(messageId));
}

type Times = Pick<RevisionRecord, 'date' | 'arrived'>;

/** By each clock that is known for both: the author's and the list's. */
function areTogether(newer: Times, older: Times): boolean {
  const gaps = [gapMs(newer.date, older.date), gapMs(newer.arrived, older.arrived)].filter(
    (gap) => gap !== null,
  );
  return gaps.length > 0 && gaps.every((gap) => Math.abs(gap) <= TOGETHER_MS);
}

/** Not what is proposed within a discussion or calls itself unfinished, nor `v6.1`: one patch of a posting, amended. */
function asksForMerge({ proposal, unfinished }: SeriesRecord, { version }: RevisionRecord): boolean {
  return proposal !== true && unfinished !== true && Number.isInteger(version);
}

/**
 * Whether someone said that they took the newest posting, or will take it. They may not be entitled to mark it as applied, but no one else has
 * to apply it.
 */
export function isTaken(
  { state: { disbelieved = [] } }: SeriesRecord,
  { arrived, date }: RevisionRecord,
  by: (person: Named) => boolean = () => true,
): boolean {
  const posted = arrived ?? date ?? '';
  return disbelieved.some(
    (one) => TAKES.has(one.says) && one.reason === 'not-entitled' && (one.date ?? '') > posted && by(one.by),
  );
}

/** Someone said that they would apply it, or the last mail about it is not a review: it is still being discussed. */
function isInHand(series: SeriesRecord, revision: RevisionRecord): boolean {
  const { name, evidence } = series.state;
  if (evidence.some(({ says }) => says === 'will-apply') || isTaken(series, revision)) return true;
  if (name !== 'under-review') return false;
  const { reviewedAt } = revision;
  // A record of older rules does not say when a person wrote last, nor perhaps when the last review came.
  if (series.heardAt === undefined) return (series.updated ?? '') > (reviewedAt ?? series.updated ?? '');
  return (series.heardAt ?? '') > (reviewedAt ?? '');
}

/** When a person last wrote. A record of older rules knows only when anyone did. */
function heardAtOf({ heardAt, updated }: SeriesRecord): string | null {
  return heardAt ?? updated;
}

function hasPromised({ state }: SeriesRecord, { author }: RevisionRecord): boolean {
  return state.evidence.some(({ by }) => samePerson(by, author));
}

function dated(what: WaitingFor, since: string | null): Pick<Waiting, 'for' | 'since'> | null {
  return since === null ? null : { for: what, since };
}

function isReviewOrAck({ kind, ofPart }: ReviewRecord): boolean {
  if (ofPart === true) return false;
  return verdictsOf(kind).some((verdict) => verdict === 'review' || verdict === 'ack');
}

/** Whether all of its patches are here, and someone other than its authors reviewed or acked each as a whole. */
export function isReviewed({ patches, reviews, total, received, author }: RevisionRecord): boolean {
  if (received < total || patches.length === 0) return false;
  const ofAll = reviews.filter(isReviewOrAck);
  // Whose a tag is takes longer to find out than what it is, and mostly some patch has none.
  if (ofAll.length === 0 && !patches.every((patch) => patch.reviews.some(isReviewOrAck))) return false;
  const own = personSet();
  own.add(author);
  if (ofAll.some((one) => !own.has(one))) return true;
  return patches.every((patch) => patch.reviews.some((one) => isReviewOrAck(one) && !own.has(one)));
}

/**
 * Whether what a series waits for is in other series: its author has since sent what replaces it, or its first answer is beside it in the thread. Parts of `series` may be asked one after another.
 */
export function decidedElsewhere(
  series: Iterable<SeriesRecord>,
): (row: Pick<Waiting, 'for' | 'series'>) => boolean {
  const all = [...series];
  const isReplaced = laterWork(all);
  const isAnswered = answeredBeside(all);
  return ({ for: what, series: one }) => isReplaced(one) || (what === 'review' && isAnswered(one));
}

/** All that waits among the open series, what waits longest first, without what their authors have since replaced. */
export function board(series: Iterable<SeriesRecord>, nowIso: string): readonly Waiting[] {
  const all = [...series];
  const isElsewhere = decidedElsewhere(all);
  const found = all.flatMap((one) => waitingOf(one, nowIso) ?? []).filter((row) => !isElsewhere(row));
  return found.sort((a, b) =>
    a.since < b.since ? -1 : a.since > b.since ? 1 : a.series.id < b.series.id ? -1 : 1,
  );
}
