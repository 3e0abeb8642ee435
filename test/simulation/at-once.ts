import type { Store } from '../../src/adapters/store/store.js';
import { formatFollow } from '../../src/digest/follow/format-follow.js';
import { parseFollow } from '../../src/digest/follow/parse-follow.js';
import { DEFAULT_LAYOUT } from '../../src/digest/plan/layout.js';
import type { PlatformName } from '../../src/digest/ports/chat-platform.js';
import type { QuietHours } from '../../src/digest/schedule/quiet-hours.js';
import { emptyCatalog } from '../../src/digest/subsystem/catalog.js';
import { toIso } from '../../src/digest/time/iso.js';
import type { Place } from './judge.js';
import type { FollowChange } from './mixed-follows.js';
import type { Posting } from './postings.js';
import type { Random } from './random.js';

/** What is posted immediately in a place, and the bounds of that. */
export interface AtOncePlace {
  readonly lists: readonly string[];
  readonly quiet: QuietHours | null;
  readonly limit: number;
}

/** A series that a place wants to read nothing of. */
export interface MutedSeries {
  readonly token: string;
  readonly fromMs: number;
}

const HOUR_MS = 3_600_000;
const QUIET: readonly (QuietHours | null)[] = [
  null,
  { from: '22:00', to: '07:00' },
  { from: '12:00', to: '13:30' },
];

/** Lets every fourth place have its first list posted immediately, some with quiet hours and few messages an hour, and mutes some series. */
export async function postAtOnce(
  store: Store,
  random: Random,
  { places, postings, fromMs }: { places: readonly Place[]; postings: readonly Posting[]; fromMs: number },
): Promise<{ readonly places: Place[]; readonly changes: FollowChange[] }> {
  const made: Place[] = [];
  const changes: FollowChange[] = [];
  for (const [n, place] of places.entries()) {
    const isChosen = (n % 8 === 2 || n % 8 === 3) && place.platform !== 'terminal';
    let now = place;
    if (isChosen) {
      const [first = ''] = place.lists;
      const atOnce = { lists: [first], quiet: random.pick(QUIET), limit: random.pick([1, 3, 30]) };
      await follow(store, place, atOnce, fromMs);
      now = { ...place, atOnce };
    }
    if (n % 5 === 3) {
      const muted = mutesOf(random, place, postings);
      now = { ...now, muted };
      changes.push(...muted.map((one) => ({ atMs: one.fromMs, apply: (at: Store) => mute(at, place, one) })));
    }
    made.push(now);
  }
  return { places: made, changes };
}

/** A few works whose first version is here, and of which more comes. */
function mutesOf(random: Random, { lists }: Place, postings: readonly Posting[]): MutedSeries[] {
  const works = postings.filter(
    ({ token, version, lists: sentTo }) =>
      version === 1 &&
      sentTo.some((list) => lists.includes(list)) &&
      postings.some((other) => other.token === token && other.version > 1),
  );
  return random
    .some(works, Math.min(works.length, 3))
    .map(({ token, readyMs }) => ({ token, fromMs: readyMs + 30 * HOUR_MS }));
}

async function follow(
  store: Store,
  place: Place,
  { lists, quiet, limit }: AtOncePlace,
  fromMs: number,
): Promise<void> {
  const id = await idOf(store, place);
  const before = await store.chat.follows.of(id);
  const replaced = before.filter(({ words }) => lists.some((list) => words === `list:${list}`));
  await store.chat.follows.remove(
    id,
    replaced.map((one) => one.id),
  );
  const made = { madeBy: 'p', madeByName: 'Ada', madeAt: toIso(fromMs) };
  for (const list of lists) {
    const parsed = parseFollow(`list:${list} when:now`, emptyCatalog());
    if (!parsed.ok) throw new Error(parsed.problem.message);
    await store.chat.follows.add(id, [{ tree: parsed.follow, words: formatFollow(parsed.follow), ...made }]);
  }
  const layout = { ...DEFAULT_LAYOUT, quiet, limit };
  await store.chat.destinations.update(id, { layout }, toIso(fromMs));
}

async function mute(store: Store, place: Place, { token, fromMs }: MutedSeries): Promise<void> {
  await store.chat.mutes.add(await idOf(store, place), {
    messageKey: `${token}-v1-0@example.org`,
    title: token,
    madeBy: 'p',
    madeByName: 'Ada',
    madeAt: toIso(fromMs),
  });
}

async function idOf(store: Store, { platform, address }: Place): Promise<number> {
  const at = { platform: platform as PlatformName, tenant: 't1', address };
  const found = await store.chat.destinations.byAddress(at);
  if (found === null) throw new Error(`there is no ${address}`);
  return found.id;
}
