import type { RevisionRecord } from '../series/record.js';
import { DAY_MS, MINUTE_MS } from '../time/iso.js';
import type { SeriesActivity } from './activity.js';
import { arrangeDigest } from './build-digest.js';
import type { Candidate, DeliveryFollow } from './candidates.js';
import type { Digest } from './digest.js';
import { isFirstSaid } from './first-said.js';
import type { DigestChoice } from './layout.js';
import { leadsOf } from './merge-backports.js';
import { type Placed, placeAnswered } from './place-series.js';
import { type MatchedSpell, spellsToReport } from './plan-waiting.js';
import type { SectionName } from './sections.js';
import type { Arrival, TouchedSeries } from './touched.js';
import { verdictNews } from './verdict-news.js';

/** A revision that lacks patches is reported once no more of it has arrived for this long. */
const QUIET_MS = 30 * MINUTE_MS;
/** Mail that its list had longer than this before it arrived here is not news: importing an archive announces nothing. */
const NEWS_MS = 7 * DAY_MS;
/** For each section: more than any list has on a day, so that everything that is counted can be shown on request. */
const STORED_ITEMS = 2_000;

export interface DigestPlanRequest {
  readonly candidates: readonly Candidate[];
  /** Message.id of what was delivered here, among those of `memberKeys`. */
  readonly delivered: ReadonlySet<string>;
  /** RevisionRecord.id → the seq up to which it was reported, among those of `memberKeys`. */
  readonly mentioned: ReadonlyMap<string, number>;
  readonly follows: readonly DeliveryFollow[];
  /** What the place wants a digest to hold; absent: everything. */
  readonly choice?: DigestChoice;
  /** What is waiting and concerns the place; absent: nothing. */
  readonly spells?: readonly MatchedSpell[];
  /** When what `spellKeys` names was last named here. */
  readonly mentionedAt?: ReadonlyMap<string, string>;
  /** It lists everything that is waiting, not only what began to wait since the last one; absent: no. */
  readonly isReview?: boolean;
  /** Shown in the digest, nothing more. */
  readonly window: Digest['window'];
  readonly nowMs: number;
  /** The seq up to which mail was considered. */
  readonly upTo: number;
}

/** What a digest reports about one series, whether it is in it, is hidden behind `+N more`, or is counted among single patches. */
export interface ReportedSeries {
  /** DigestItem.id. */
  readonly id: string;
  /** The group that it is in. */
  readonly slug: string;
  readonly section: SectionName;
  /** Counted, not shown. */
  readonly folded: boolean;
  /** Message.id of the covers and patches that are delivered by it. */
  readonly messageKeys: readonly string[];
  /** RevisionRecord.id of the revision that it names. */
  readonly mention: string;
}

export interface DigestPlan {
  /** Everything, whatever the parts will show. */
  readonly digest: Digest;
  readonly reported: readonly ReportedSeries[];
  /** How many revisions arrived too late to be news. */
  readonly late: number;
  /** How many of the series that it shows should have been posted immediately but were held back. */
  readonly heldBack: number;
  /** RevisionRecord.id of those that are not complete yet, and may be when the next slot comes. */
  readonly waiting: readonly string[];
  /** It is a week's review: the headline may show the weeks of its subsystem. Absent: no. */
  readonly isReview?: boolean;
  /** Where the destination continues next time. */
  readonly cursorSeq: number;
  readonly upTo: number;
}

/**
 * What a digest has to report at a destination: each revision that arrived for its follows and was not delivered there; replies and
 * outcomes of series since they were last mentioned there. Pure: the same database and clock give the same digest.
 */
export function planDigest(request: DigestPlanRequest): DigestPlan {
  const { choice } = request;
  const placed: { one: Placed; keys: readonly string[] }[] = [];
  const waiting: string[] = [];
  let late = 0;
  let heldBack = 0;
  let cursorSeq = request.upTo;
  for (const candidate of request.candidates) {
    // What should have been posted immediately but was held back is named here, with what programs found.
    const news = newsOf(candidate, wasHeldBack(candidate) ? { ...request, verdicts: true } : request);
    late += news.late;
    waiting.push(...news.waiting);
    cursorSeq = Math.min(cursorSeq, news.heldFrom - 1);
    if (news.activity === null) continue;
    const keys = news.activity.arrived.flatMap((id) => candidate.touched.members.get(id) ?? [id]);
    // Everything stored counts: there is no upper bound.
    for (const one of placeAnswered(news.activity, candidate.answers, END_OF_TIME, choice?.sections)) {
      placed.push({ one, keys });
      if (!one.single && wasHeldBack(candidate)) heldBack++;
    }
  }
  const { follows, window, upTo, spells = [], mentionedAt = new Map(), isReview = false } = request;
  const shown = new Set(placed.map(({ one }) => one.item.id));
  for (const { activity, answers } of spellsToReport(spells, { mentionedAt, shown, isReview }))
    for (const one of placeAnswered(activity, answers, END_OF_TIME, ['waiting']))
      placed.push({ one, keys: [] });
  const leads = leadsOf(placed.map(({ one }) => one));
  return {
    digest: arrangeDigest(
      placed.map(({ one }) => one),
      {
        follows,
        window,
        budget: STORED_ITEMS,
        keepsSingles: true,
        ...(choice === undefined ? {} : { order: choice.order }),
      },
    ),
    reported: placed.map(({ one, keys }) => ({
      id: leads.get(one.item.id) ?? one.item.id,
      slug: one.slug,
      section: one.section,
      folded: one.single,
      messageKeys: keys,
      mention: one.revision.id,
    })),
    late,
    heldBack,
    waiting,
    ...(isReview ? { isReview } : {}),
    cursorSeq,
    upTo,
  };
}

/** A follow posts it immediately: what was posted is no longer here. What arrived before the follow was set is left to the digest. */
function wasHeldBack({ answers, arrivals }: Candidate): boolean {
  const last = arrivals.at(-1)?.seq ?? 0;
  return answers.some(({ follow }) => follow.atOnce === true && last > follow.sinceSeq);
}

export const END_OF_TIME = '9999-12-31T23:59:59Z';

interface News {
  /** null: nothing to report now. */
  readonly activity: SeriesActivity | null;
  readonly late: number;
  readonly waiting: readonly string[];
  /** The lowest seq that must be considered again; beyond all if nothing waits. */
  readonly heldFrom: number;
}

/**
 * What there is to report about a series: what arrived and was not reported, minus what is still incomplete. `verdicts`: what programs
 * found is news too; a digest shows it only in the line of facts.
 */
export function newsOf(
  { touched, arrivals }: Candidate,
  request: Pick<DigestPlanRequest, 'delivered' | 'mentioned' | 'nowMs'> & { readonly verdicts?: boolean },
): News {
  const { arrived, waiting, late, reportedBefore } = revisionsOf(touched, arrivals, request);
  const waits = arrivals.filter(({ revision }) => revision !== null && waiting.includes(revision));
  if (arrived.length === 0 && waiting.length > 0)
    // Replies to what is not reported yet wait with it.
    return { activity: null, late, waiting, heldFrom: lowestSeq(arrivals) };
  let lastSeq = 0;
  for (const members of touched.members.values())
    for (const key of members) lastSeq = Math.max(lastSeq, request.mentioned.get(key) ?? 0);
  const { evidence } = touched.series.state;
  const events = arrivals.filter(
    (arrival) =>
      arrival.first &&
      arrival.seq > lastSeq &&
      isNews(arrival) &&
      (arrival.pull !== true || isFirstSaid(evidence, arrival.messageKey)),
  );
  const talk = events.filter(({ revision, bot, pull }) => revision === null && !bot && pull !== true);
  const eventKeys = new Set(events.map(({ messageKey }) => messageKey));
  return {
    activity: {
      series: touched.series,
      arrived,
      reportedBefore,
      replies: {
        count: talk.length,
        people: new Set(talk.map(({ author }) => author)).size,
        messageIds: talk.map(({ messageKey }) => messageKey),
      },
      evidence: evidence.filter(({ messageId }) => messageId !== null && eventKeys.has(messageId)),
      ...(request.verdicts === true ? { verdicts: verdictNews(touched.series, eventKeys) } : {}),
    },
    late,
    waiting,
    heldFrom: lowestSeq(waits),
  };
}

function lowestSeq(arrivals: readonly Arrival[]): number {
  return arrivals[0]?.seq ?? Number.MAX_SAFE_INTEGER;
}

interface SortedRevisions {
  readonly arrived: readonly string[];
  readonly waiting: readonly string[];
  readonly late: number;
  readonly reportedBefore: boolean;
}

/** The revisions with new mail: those that are news now, those that wait, those that arrived too late. */
function revisionsOf(
  touched: TouchedSeries,
  arrivals: readonly Arrival[],
  { delivered, nowMs }: Pick<DigestPlanRequest, 'delivered' | 'nowMs'>,
): SortedRevisions {
  const arrived: string[] = [];
  const waiting: string[] = [];
  let late = 0;
  let reportedBefore = false;
  for (const revision of touched.series.revisions) {
    const members = touched.members.get(revision.id) ?? [revision.id];
    if (members.some((key) => delivered.has(key))) {
      reportedBefore = true;
      continue;
    }
    const own = arrivals.filter((arrival) => arrival.revision === revision.id);
    if (own.length === 0) continue;
    if (!own.some(isNews)) late++;
    else if (isWaiting(revision, touched, nowMs)) waiting.push(revision.id);
    else arrived.push(revision.id);
  }
  return { arrived, waiting, late, reportedBefore };
}

/** A list had it no longer than a week before it arrived here. */
function isNews({ received, arrivedAt }: Arrival): boolean {
  return received !== null && Date.parse(arrivedAt) - Date.parse(received) <= NEWS_MS;
}

/** It is incomplete, and some of it arrived less than half an hour ago. A copy from a second list brings nothing new. */
function isWaiting(revision: RevisionRecord, { arrivals }: TouchedSeries, nowMs: number): boolean {
  if (isComplete(revision)) return false;
  const last = arrivals.findLast((arrival) => arrival.first && arrival.revision === revision.id);
  return last !== undefined && nowMs - Date.parse(last.arrivedAt) < QUIET_MS;
}

/** Every patch is here, and the cover where patches are numbered: a series that was sent without one is reported when it is quiet. */
function isComplete({ id, messageId, received, total, patches }: RevisionRecord): boolean {
  if (received < total) return false;
  const hasIdOfPatch = patches.some((patch) => patch.messageId === (messageId ?? id));
  return !hasIdOfPatch || patches.every((patch) => patch.index === null);
}
