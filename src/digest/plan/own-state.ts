import { samePerson } from '../mail/same-person.js';
import type { Named, RevisionRecord, SeriesRecord } from '../series/record.js';
import { count } from '../text/count.js';
import { shorten } from '../text/inert.js';
import { DAY_MS } from '../time/iso.js';
import { isReviewed, waitingOf } from './waiting.js';

/** The last mail that a person wrote about a series, its postings aside. */
export interface LastReply {
  /** A Message.id. */
  readonly id: string;
  readonly by: Named;
  /** When it was received, ISO UTC. */
  readonly at: string;
}

/** One's own series. */
interface Own {
  readonly series: SeriesRecord;
  /** The newest posting. */
  readonly revision: RevisionRecord;
  readonly posted: string;
  readonly isOwn: (email: string) => boolean;
  /** null if it was not looked up, or there is none. */
  readonly last: LastReply | null;
}

/** After this long without an answer one's own posting is worth a note, and decided ones are listed for this long. */
const PATIENCE_DAYS = 14;
const MOST_NAME = 60;

/**
 * What became of one's own series; null if that was shown for long enough. Of an open one only what is known: who wrote last, and so whose
 * turn it is. What a discussion came to is mostly said in words that are not read.
 */
export function ownState(own: Own, nowIso: string): string | null {
  const { series, posted } = own;
  const { name, evidence } = series.state;
  switch (name) {
    case 'new':
      return daysSince(posted, nowIso) >= PATIENCE_DAYS
        ? `no answer for ${count(daysSince(posted, nowIso), 'day')}`
        : 'no answer yet';
    case 'under-review':
      return discussed(own, nowIso);
    case 'changes-requested':
      return requested(own, nowIso);
    default: {
      const decided = evidence[0]?.date ?? series.updated;
      const days = decided === null ? 0 : daysSince(decided, nowIso);
      return name !== 'superseded' && days <= PATIENCE_DAYS ? name : null;
    }
  }
}

function discussed(own: Own, nowIso: string): string {
  const { series, revision } = own;
  const taker = series.state.evidence.findLast(({ says }) => says === 'will-apply');
  if (taker !== undefined && !isTheirs(own, taker.by)) return `${nameOf(taker.by)} wants to apply it`;
  const last = lastWords(own, nowIso);
  if (!isReviewed(revision)) return last ?? 'under review';
  const reviewed = revision.total > 1 ? 'all patches reviewed' : 'reviewed';
  const waiting = waitingOf(series, nowIso);
  if (waiting?.for === 'application') return `${reviewed}, quiet for ${count(waiting.days, 'day')}`;
  return last === null ? reviewed : `${reviewed}, ${last}`;
}

function requested(own: Own, nowIso: string): string {
  const { evidence } = own.series.state;
  const request = evidence.findLast(({ by }) => !isTheirs(own, by));
  const text = request === undefined ? 'you promised changes' : `changes requested by ${nameOf(request.by)}`;
  const isSaid =
    own.last === null ||
    evidence.some(({ by, messageId }) => messageId === own.last?.id || samePerson(by, own.last?.by ?? by));
  const last = isSaid ? null : lastWords(own, nowIso);
  return last === null ? text : `${text}, ${last}`;
}

/** `Kim Keeper answered 3 days ago`; null if no one wrote since the newest posting. */
function lastWords(own: Own, nowIso: string): string | null {
  const { last, posted } = own;
  if (last === null || last.at < posted) return null;
  const days = daysSince(last.at, nowIso);
  const when = days <= 0 ? 'today' : `${count(days, 'day')} ago`;
  return isTheirs(own, last.by) ? `you answered last, ${when}` : `${nameOf(last.by)} answered ${when}`;
}

function isTheirs({ isOwn, revision: { author } }: Own, person: Named): boolean {
  return isOwn(person.email) || (isOwn(author.email) && samePerson(person, author));
}

function nameOf({ name, email }: Named): string {
  return shorten(name || email, MOST_NAME);
}

/** Whole days from one moment to another, ISO UTC both. */
export function daysSince(at: string, nowIso: string): number {
  return Math.floor((Date.parse(nowIso) - Date.parse(at)) / DAY_MS);
}
