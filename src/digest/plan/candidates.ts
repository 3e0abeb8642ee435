import type { DigestFollow } from './digest-request.js';
import { isTouchedMuted } from './muted.js';
import type { FollowAnswered } from './place-series.js';
import type { Arrival, TouchedSeries } from './touched.js';

/** A follow of a destination, ready for matching, with from when on it counts. */
export interface DeliveryFollow extends DigestFollow {
  /** What arrived with a higher seq concerns it … */
  readonly sinceSeq: number;
  /** … and what was received from this moment on (ISO UTC); null if nothing earlier counts. */
  readonly reachesBackTo: string | null;
  /** It asks for `state:stale`: what goes stale from this moment on (ISO UTC) is news for it; absent: it does not ask. */
  readonly stale?: string;
  /** It says `when:now`; absent: no. */
  readonly atOnce?: boolean;
}

/** A series that something arrived for, and that a follow wants. */
export interface Candidate {
  readonly touched: TouchedSeries;
  /** The follows that want it and that something of it concerns. */
  readonly answers: readonly (FollowAnswered & { readonly follow: DeliveryFollow })[];
  /** What arrived for it in the range and concerns one of those follows; ascending by seq, never empty. */
  readonly arrivals: readonly Arrival[];
}

/** What may be reported at a destination among what arrived with a seq in (after, upTo]. Pure; evaluates each follow once for each series. */
export function candidatesOf(request: {
  readonly follows: readonly DeliveryFollow[];
  readonly touched: readonly TouchedSeries[];
  readonly after: number;
  readonly upTo: number;
  /** Message.id of covers and patches whose series are left out; absent: none. */
  readonly muted?: ReadonlySet<string>;
}): Candidate[] {
  const { follows, after, upTo, muted } = request;
  const found: Candidate[] = [];
  for (const touched of request.touched) {
    // Most series match no follow here, and whether one does is known already: checked first, it spares all else.
    const wanting = follows.flatMap((follow) => {
      const { matched, because } = follow.matches(touched.series);
      return matched ? [{ follow, because }] : [];
    });
    if (wanting.length === 0 || (muted !== undefined && isTouchedMuted(touched, muted))) continue;
    const inRange = touched.arrivals.filter(({ seq }) => seq > after && seq <= upTo);
    const arrivals = inRange.filter((arrival) => wanting.some(({ follow }) => concerns(arrival, follow)));
    if (arrivals.length === 0) continue;
    const answers = wanting.filter(({ follow }) => arrivals.some((arrival) => concerns(arrival, follow)));
    found.push({ touched, answers, arrivals });
  }
  return found;
}

function concerns({ seq, received }: Arrival, { sinceSeq, reachesBackTo }: DeliveryFollow): boolean {
  return seq > sinceSeq || (reachesBackTo !== null && received !== null && received >= reachesBackTo);
}

/** Message.id of all that is to be looked up in the ledger and the mentions. */
export function memberKeys(candidates: readonly Candidate[]): string[] {
  return candidates.flatMap(({ touched }) => [...touched.members.values()].flat());
}
