import type { Store } from '../../src/adapters/store/store.js';
import { formatFollow } from '../../src/digest/follow/format-follow.js';
import { parseFollow } from '../../src/digest/follow/parse-follow.js';
import { emptyCatalog } from '../../src/digest/subsystem/catalog.js';
import { toIso } from '../../src/digest/time/iso.js';
import type { Place } from './judge.js';
import { LISTS, type Posting } from './postings.js';
import type { Random } from './random.js';

/** A follow of a place for a time. What it is for is written down next to its text: the grammar is not judged by itself. */
export interface Wish {
  readonly text: string;
  /** `perhaps`: it hangs on what else of the series had arrived by then. */
  readonly wants: (posting: Posting) => Likelihood;
  readonly fromMs: number;
  readonly untilMs: number;
}

export type Likelihood = 'surely' | 'perhaps' | 'never';

/** A follow that begins or ends between two digests. */
export interface FollowChange {
  readonly atMs: number;
  readonly apply: (store: Store) => Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * What a place must get about a posting through all of its follows, some of which may have begun after it arrived or ended before it was
 * reported.
 */
export function likelihoodOf(wishes: readonly Wish[], posting: Posting): Likelihood {
  const found = wishes.map((wish): Likelihood => {
    const likelihood = wish.wants(posting);
    if (likelihood === 'never' || wish.untilMs < posting.firstMs) return 'never';
    return wish.fromMs <= posting.firstMs && wish.untilMs === Number.POSITIVE_INFINITY
      ? likelihood
      : 'perhaps';
  });
  return found.includes('surely') ? 'surely' : found.includes('perhaps') ? 'perhaps' : 'never';
}

const surely = (is: boolean): Likelihood => (is ? 'surely' : 'never');

/** Kinds of follows that overlap: lists, lists without something, words of titles, authors, paths, versions, alternatives. */
function anyWish(random: Random): Pick<Wish, 'text' | 'wants'> {
  const list = random.pick(LISTS);
  // Of a hundred and eighty works eleven begin so: a digest still shows all of them.
  const begun = `tok${random.whole(10, 17)}`;
  const isOn = ({ lists }: Posting) => lists.includes(list);
  const isBegun = ({ token }: Posting) => token.startsWith(begun);
  return random.pick([
    { text: `list:${list}`, wants: (one: Posting) => surely(isOn(one)) },
    { text: `list:${list} -"${begun}*"`, wants: (one: Posting) => surely(isOn(one) && !isBegun(one)) },
    { text: `list:${list} -kind:rfc`, wants: (one: Posting) => surely(isOn(one)) },
    { text: `"${begun}*"`, wants: (one: Posting) => surely(isBegun(one)) },
    { text: `author:${begun}`, wants: (one: Posting) => surely(isBegun(one)) },
    { text: `path:drivers/${begun}*/**`, wants: (one: Posting) => surely(isBegun(one)) },
    {
      text: `list:${list} v>=2`,
      // The latest version decides, whichever of them came late.
      wants: (one: Posting) => (isOn(one) ? (one.version >= 2 ? 'surely' : 'perhaps') : 'never'),
    },
    { text: `list:${list} OR "${begun}*"`, wants: (one: Posting) => surely(isOn(one) || isBegun(one)) },
  ]);
}

/** Gives every fourth place several follows that overlap, of which some begin or end while mail comes. */
export async function mixFollows(
  store: Store,
  random: Random,
  {
    places,
    startMs,
    days,
  }: { readonly places: readonly Place[]; readonly startMs: number; readonly days: number },
): Promise<{ readonly places: Place[]; readonly changes: FollowChange[] }> {
  const mixed: Place[] = [];
  const changes: FollowChange[] = [];
  for (const [n, place] of places.entries()) {
    if (n % 4 !== 1) {
      mixed.push(place);
      continue;
    }
    const wishes = Array.from({ length: random.whole(2, 4) }, (_, i): Wish => {
      const someday = () => startMs + Math.floor(random.next() * days * DAY_MS);
      // The first stays from the beginning to the end.
      const begins = i > 0 && random.chance(0.3) ? someday() : startMs;
      const ends = i > 0 && random.chance(0.3) ? someday() : Number.POSITIVE_INFINITY;
      return { ...anyWish(random), fromMs: begins, untilMs: ends > begins ? ends : Number.POSITIVE_INFINITY };
    });
    await end(store, place, null);
    for (const wish of wishes) {
      if (wish.fromMs > startMs) changes.push({ atMs: wish.fromMs, apply: (at) => begin(at, place, wish) });
      else await begin(store, place, wish);
      if (wish.untilMs < Number.POSITIVE_INFINITY)
        changes.push({ atMs: wish.untilMs, apply: (at) => end(at, place, wish) });
    }
    mixed.push({ ...place, lists: [], wishes: onlyOnce(wishes) });
  }
  return { places: mixed, changes: changes.sort((a, b) => a.atMs - b.atMs) };
}

/** Two wishes in the same words are one follow: it begins with the first of them, and may end with either. */
function onlyOnce(wishes: readonly Wish[]): Wish[] {
  return wishes.map((wish) => {
    const same = wishes.filter(({ text }) => text === wish.text);
    if (same.length === 1) return wish;
    const ends = Math.min(...same.map(({ untilMs }) => untilMs));
    return { ...wish, untilMs: ends === Number.POSITIVE_INFINITY ? ends : Number.MAX_SAFE_INTEGER };
  });
}

async function begin(store: Store, place: Place, { text, fromMs }: Wish): Promise<void> {
  const parsed = parseFollow(text, emptyCatalog());
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const made = { madeBy: 'p', madeByName: 'Ada', madeAt: toIso(fromMs) };
  const words = formatFollow(parsed.follow);
  await store.chat.follows.add(await destinationOf(store, place), [{ tree: parsed.follow, words, ...made }]);
}

/** Ends a follow; null: all of them. */
async function end(store: Store, place: Place, wish: Wish | null): Promise<void> {
  const destination = await destinationOf(store, place);
  const parsed = wish === null ? null : parseFollow(wish.text, emptyCatalog());
  const words = parsed?.ok === true ? formatFollow(parsed.follow) : null;
  const follows = await store.chat.follows.of(destination);
  const ended = follows.filter((one) => wish === null || one.words === words);
  await store.chat.follows.remove(
    destination,
    ended.map(({ id }) => id),
  );
}

async function destinationOf(store: Store, { platform, address }: Place): Promise<number> {
  const at = { platform, tenant: 't1', address, kind: 'channel' } as Parameters<
    Store['chat']['destinations']['byAddress']
  >[0];
  const found = await store.chat.destinations.byAddress(at);
  if (found === null) throw new Error(`there is no ${address}`);
  return found.id;
}
