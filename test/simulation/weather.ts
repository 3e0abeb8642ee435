import type { ChatStore } from '../../src/adapters/store/chat/chat-store.js';
import type { PlatformName } from '../../src/digest/ports/chat-platform.js';
import { toIso } from '../../src/digest/time/iso.js';
import type { PlatformFailure } from '../contract/chat-platform.js';
import type { MemoryChat, MemoryRequest } from '../fakes/memory-chat.js';
import type { Place } from './judge.js';
import type { Random } from './random.js';

/** What fails, and when. */
export interface Weather {
  faultFor(platform: PlatformName, request: MemoryRequest): PlatformFailure | null;
  /** That the process dies at any one step. */
  riskOfDeath(): number;
  /** Places that refuse us for a time, and people who mend that. */
  apply(chats: ReadonlyMap<PlatformName, MemoryChat>, store: ChatStore): Promise<void>;
  /** Addresses that refuse us for a time, or what goes below a headline there. */
  readonly refusing: ReadonlySet<string>;
  /** When something changes next (milliseconds). */
  nextChange(afterMs: number): number;
}

interface Spell {
  readonly fromMs: number;
  readonly untilMs: number;
}

interface Refusing extends Spell {
  readonly place: Place;
  readonly how: 'forbidden' | 'gone';
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function createWeather(
  random: Random,
  setting: {
    readonly stormy: boolean;
    readonly startMs: number;
    readonly days: number;
    readonly places: readonly Place[];
    readonly now: () => number;
  },
): Weather {
  const { now, startMs, days } = setting;
  if (!setting.stormy)
    return {
      faultFor: () => null,
      riskOfDeath: () => 0,
      refusing: new Set(),
      apply: async () => undefined,
      nextChange: () => Number.POSITIVE_INFINITY,
    };
  const spell = (longestMs: number): Spell => {
    const fromMs = startMs + random.next() * days * DAY;
    return { fromMs, untilMs: Math.min(fromMs + random.next() * longestMs, startMs + days * DAY) };
  };
  const spells = (count: number, longestMs: number) => Array.from({ length: count }, () => spell(longestMs));
  const outages = new Map<string, Spell[]>(
    ['discord', 'slack', 'terminal', 'memory'].map((name) => [name, spells(Math.ceil(days / 8), 30 * HOUR)]),
  );
  const storms = spells(Math.ceil(days / 3), 40 * HOUR);
  const limits = spells(Math.ceil(days / 6), 3 * HOUR);
  const refusing = setting.places
    .filter((_, n) => n % 9 === 4)
    .map((place): Refusing => ({ ...spell(8 * DAY), place, how: random.pick(['forbidden', 'gone']) }));
  /** Rights to post below a headline, taken away for less time than its details are kept for. */
  const threadless = new Map(
    setting.places.filter((_, n) => n % 9 === 2).map(({ address }) => [address, [spell(4 * DAY)]]),
  );
  const isIn = (all: readonly Spell[]) =>
    all.some(({ fromMs, untilMs }) => now() >= fromMs && now() < untilMs);
  const mended = new Set<Refusing>();

  return {
    faultFor(platform, request) {
      if (request.op === 'send' && request.under !== null && isIn(threadless.get(request.to.address) ?? []))
        return { kind: 'forbidden' };
      if (isIn(outages.get(platform) ?? []))
        return random.pick<PlatformFailure>([{ kind: 'before' }, { kind: 'slow' }]).kind === 'before'
          ? { kind: 'before' }
          : random.chance(0.05)
            ? { kind: 'reply-lost' }
            : { kind: 'internal-error' };
      if (isIn(limits) && random.chance(0.9))
        return { kind: 'rate-limited', delayMs: random.whole(1, 300) * 1000 };
      if (!isIn(storms) || !random.chance(0.3)) return null;
      return random.pick<PlatformFailure>([
        { kind: 'before' },
        { kind: 'reply-lost' },
        { kind: 'reply-lost' },
        { kind: 'slow' },
        { kind: 'internal-error' },
        { kind: 'rate-limited', delayMs: random.whole(1, 120) * 1000 },
      ]);
    },
    refusing: new Set([...refusing.map(({ place }) => place.address), ...threadless.keys()]),
    riskOfDeath: () => (isIn(storms) ? 0.01 : now() < startMs + days * DAY ? 0.0005 : 0),
    async apply(chats, store) {
      for (const one of refusing) {
        const { place, how, fromMs, untilMs } = one;
        const standing = now() >= fromMs && now() < untilMs ? how : 'open';
        const { platform, address } = place;
        chats.get(platform as PlatformName)?.setStanding(address, standing);
        if (now() < untilMs || mended.has(one)) continue;
        mended.add(one);
        const destination = await store.destinations.byAddress({
          platform: platform as PlatformName,
          tenant: 't1',
          address,
        });
        if (destination?.state === 'broken')
          await store.destinations.update(destination.id, { state: 'active', failedSlots: 0 }, toIso(now()));
      }
    },
    nextChange: (afterMs) =>
      Math.min(
        ...refusing.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs + 1]).filter((ms) => ms > afterMs),
      ),
  };
}
