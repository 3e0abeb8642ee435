import type { ChatStore } from '../../adapters/store/chat/chat-store.js';
import type { Destination } from '../../adapters/store/chat/destination.js';
import { candidatesOf, type DeliveryFollow, memberKeys } from '../../digest/plan/candidates.js';
import { type DigestPlan, planDigest } from '../../digest/plan/plan-digest.js';
import { matchSpells, type Spell, spellKeys } from '../../digest/plan/plan-waiting.js';
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
    /** What is waiting anywhere; read only if the place wants that section. */
    readonly waiting: () => Promise<readonly Spell[]>;
  },
): Promise<DigestPlan> {
  const { destination, follows, touched, upTo, nowMs, waiting } = request;
  const muted = follows.length === 0 ? new Set<string>() : await chat.mutes.keys(destination.id);
  const candidates = candidatesOf({ follows, touched, after: destination.cursorSeq, upTo, muted });
  const keys = memberKeys(candidates);
  const { sections } = destination.layout;
  const wants =
    follows.length > 0 && (sections.includes('waiting') || follows.some(({ stale }) => stale !== undefined));
  const spells = wants
    ? matchSpells(
        await waiting(),
        { follows, sections, muted, snoozes: await chat.snoozes.of(destination) },
        toIso(nowMs),
      )
    : [];
  const named =
    spells.length === 0
      ? new Map<string, string>()
      : await chat.ledger.mentionedAt(destination.id, spellKeys(spells));
  return planDigest({
    spells,
    mentionedAt: named,
    isReview: isWeekly(destination),
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

/** A digest a week is a review of what waits. What the last one covered says nothing: nothing may have come for a week of daily ones. */
function isWeekly({ schedule }: Destination): boolean {
  return schedule?.days.length === 1 && schedule.times.length === 1;
}
