import type { Store } from '../../src/adapters/store/store.js';
import { formatFollow } from '../../src/digest/follow/format-follow.js';
import { parseFollow } from '../../src/digest/follow/parse-follow.js';
import { emptyCatalog } from '../../src/digest/subsystem/catalog.js';
import { toIso } from '../../src/digest/time/iso.js';
import { type ForumChat, tagSources } from './forum-chat.js';
import type { Place } from './judge.js';
import { LISTS } from './postings.js';
import type { Random } from './random.js';

/** American clocks go forward on 8 March, European on 29 March; Sydney's, Auckland's and Santiago's go back on 5 April. */
export const START_MS = Date.parse('2026-02-20T00:00:00Z');

const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Santiago',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Lagos',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
] as const;

/** Destinations with random zones, schedules and lists; some are forums, where there are any. */
export async function settle(
  store: Store,
  random: Random,
  count: number,
  options: { readonly terminals?: boolean; readonly forums?: ForumChat } = {},
): Promise<Place[]> {
  const places: Place[] = [];
  for (let n = 0; n < count; n++) {
    const forum =
      options.forums !== undefined && (n % 16 === 2 || n % 16 === 12)
        ? { tags: tagSources[Math.floor(n / 8) % tagSources.length] ?? 'ours' }
        : null;
    const platform =
      forum !== null
        ? 'memory'
        : options.terminals !== false && n % 10 === 9
          ? 'terminal'
          : n % 2 === 0
            ? 'discord'
            : 'slack';
    const zone = ZONES[n % ZONES.length] ?? 'UTC';
    // Mostly weekly: sixty days of two hundred daily digests take minutes to compute.
    const days = random.chance(0.2)
      ? random.pick([
          [1, 2, 3, 4, 5, 6, 7],
          [1, 2, 3, 4, 5],
        ])
      : random.some([1, 2, 3, 4, 5, 6, 7], 1);
    const times = random.pick([
      ['09:00'],
      ['09:00'],
      ['02:30'],
      ['00:00'],
      days.length > 1 ? ['18:15'] : ['02:30', '17:45'],
    ]);
    const lists = random.some(LISTS, random.whole(1, 2));
    const schedule = { version: 1 as const, zone, times, days };
    const address = `c${n}`;
    const destination = await store.chat.destinations.ensure(
      { platform, tenant: 't1', address, kind: 'channel' },
      { name: `#${address}`, zone, setBy: `p${n}`, setByName: 'Ada', madeAt: toIso(START_MS) },
    );
    await store.chat.destinations.update(destination.id, { schedule }, toIso(START_MS));
    await store.chat.follows.add(
      destination.id,
      lists.map((list) => {
        const parsed = parseFollow(`list:${list}`, emptyCatalog());
        if (!parsed.ok) throw new Error(parsed.problem.message);
        const made = { madeBy: `p${n}`, madeByName: 'Ada', madeAt: toIso(START_MS) };
        return { tree: parsed.follow, words: formatFollow(parsed.follow), ...made };
      }),
    );
    if (forum !== null) options.forums?.open(address, forum.tags);
    const kind = forum === null ? {} : { forum };
    places.push({ platform, address, schedule, lists, fromMs: START_MS, ...kind });
  }
  return places;
}
