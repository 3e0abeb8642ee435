import type { ChatStore } from '../../adapters/store/chat/chat-store.js';
import type { Destination } from '../../adapters/store/chat/destination.js';
import { candidatesOf, type DeliveryFollow, memberKeys } from '../../digest/plan/candidates.js';
import { type DigestPlan, planDigest } from '../../digest/plan/plan-digest.js';
import type { TouchedSeries } from '../../digest/plan/touched.js';
import { toIso } from '../../digest/time/iso.js';

/** What a destination would get now. Reads its ledger, and writes nothing. */
export async function buildPlan(
  chat: ChatStore,
  request: {
    readonly destination: Destination;
    readonly follows: readonly DeliveryFollow[];
    readonly touched: readonly TouchedSeries[];
    readonly upTo: number;
    readonly nowMs: number;
  },
): Promise<DigestPlan> {
  const { destination, follows, touched, upTo, nowMs } = request;
  const muted = follows.length === 0 ? new Set<string>() : await chat.mutes.keys(destination.id);
  const candidates = candidatesOf({ follows, touched, after: destination.cursorSeq, upTo, muted });
  const keys = memberKeys(candidates);
  return planDigest({
    candidates,
    delivered: await chat.ledger.delivered(destination.id, keys),
    mentioned: await chat.ledger.mentioned(destination.id, keys),
    follows,
    choice: destination.layout,
    window: { since: await sinceOf(chat, destination, follows), until: toIso(nowMs) },
    nowMs,
    upTo,
  });
}

/** Since when, for the digest's headline: the last one, or as far as the first reaches back. */
async function sinceOf(
  chat: ChatStore,
  destination: Destination,
  follows: readonly DeliveryFollow[],
): Promise<string> {
  const last = await chat.slots.lastPlanned(destination.id);
  if (last !== null) return last;
  return follows.reduce(
    (first, { reachesBackTo }) => (reachesBackTo !== null && reachesBackTo < first ? reachesBackTo : first),
    destination.madeAt,
  );
}
