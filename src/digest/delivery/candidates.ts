import type { DigestFollow } from '../digest/build-digest.js';
import type { FollowAnswered } from '../digest/place-series.js';
import type { Arrival, TouchedSeries } from './touched.js';

/** A follow of a destination, ready to be asked, with from when on it counts. */
export interface DeliveryFollow extends DigestFollow {
  /** What arrived with a higher seq concerns it … */
  readonly sinceSeq: number;
  /** … and what was received from this moment on (ISO UTC); null where nothing earlier counts. */
  readonly reachesBackTo: string | null;
}

/** A series that something arrived for, and that a follow wants. */
export interface Candidate {
  readonly touched: TouchedSeries;
  readonly answers: readonly FollowAnswered[];
  /** What arrived for it in the range and concerns one of those follows; ascending by seq, never empty. */
  readonly arrivals: readonly Arrival[];
}

/** What may be told at a destination of what arrived with a seq in (after, upTo]. Pure; asks each follow once a series. */
export function candidatesOf(request: {
  readonly follows: readonly DeliveryFollow[];
  readonly touched: readonly TouchedSeries[];
  readonly after: number;
  readonly upTo: number;
}): Candidate[] {
  const { follows, after, upTo } = request;
  return request.touched.flatMap((touched) => {
    const inRange = touched.arrivals.filter(({ seq }) => seq > after && seq <= upTo);
    if (inRange.length === 0) return [];
    const arrivals = new Set<Arrival>();
    const answers = follows.flatMap((follow): FollowAnswered[] => {
      const concerning = inRange.filter((arrival) => concerns(arrival, follow));
      if (concerning.length === 0) return [];
      const { matched, because } = follow.matches(touched.series);
      if (!matched) return [];
      for (const arrival of concerning) arrivals.add(arrival);
      return [{ follow, because }];
    });
    if (answers.length === 0) return [];
    return [{ touched, answers, arrivals: inRange.filter((arrival) => arrivals.has(arrival)) }];
  });
}

function concerns({ seq, received }: Arrival, { sinceSeq, reachesBackTo }: DeliveryFollow): boolean {
  return seq > sinceSeq || (reachesBackTo !== null && received !== null && received >= reachesBackTo);
}

/** Message.id of all that the ledger and the mentions are to be asked for. */
export function memberKeys(candidates: readonly Candidate[]): string[] {
  return candidates.flatMap(({ touched }) => [...touched.members.values()].flat());
}
