import type { Store } from '../../src/adapters/store/store.js';
import { DEFAULT_LAYOUT } from '../../src/digest/plan/layout.js';
import type { PlatformName } from '../../src/digest/ports/chat-platform.js';
import { toIso } from '../../src/digest/time/iso.js';
import type { LoggedMessage } from '../fakes/memory-chat.js';
import { itemsIn, type Place } from './judge.js';
import { firings } from './local-times.js';
import type { Posting } from './postings.js';

/** What a place that lists what waits put off, by tokens. */
export interface WaitingPlace {
  readonly snoozed: readonly string[];
  readonly snoozedUntilMs: number;
}

const DAY_MS = 86_400_000;
/** After this long without an answer a series is waiting. */
const PATIENCE_MS = 3 * DAY_MS;
const SNOOZED_DAYS = 25;
const FIRST_ANSWER = /\bwaits for a first answer\b/;

/** Lets every second daily place list what waits, and put off some works. Draws nothing: other runs stay as they are. */
export async function listWaiting(
  store: Store,
  { places, postings, fromMs }: { places: readonly Place[]; postings: readonly Posting[]; fromMs: number },
): Promise<Place[]> {
  const made: Place[] = [];
  let daily = 0;
  for (const place of places) {
    const isDaily =
      place.schedule.days.length >= 5 && place.platform !== 'terminal' && place.atOnce === undefined;
    if (!isDaily || place.wishes !== undefined || daily++ % 2 === 1) {
      made.push(place);
      continue;
    }
    const at = { platform: place.platform as PlatformName, tenant: 't1', address: place.address };
    const found = await store.chat.destinations.byAddress(at);
    if (found === null) throw new Error(`there is no ${place.address}`);
    const layout = { ...DEFAULT_LAYOUT, sections: [...DEFAULT_LAYOUT.sections, 'waiting' as const] };
    await store.chat.destinations.update(found.id, { layout }, toIso(fromMs));
    const snoozedUntilMs = fromMs + SNOOZED_DAYS * DAY_MS;
    const snoozed = postings
      .filter(
        ({ version, lists }, n) =>
          version === 1 && n % 5 === 0 && lists.some((list) => place.lists.includes(list)),
      )
      .map(({ token }) => token);
    for (const token of snoozed)
      await store.chat.snoozes.set(
        at,
        {
          messageKey: `${token}-v1-0@example.org`,
          title: token,
          endsWith: 'date',
          until: toIso(snoozedUntilMs),
          revisions: 1,
          replies: 0,
        },
        toIso(fromMs),
      );
    made.push({ ...place, waiting: { snoozed, snoozedUntilMs } });
  }
  return made;
}

/**
 * What is waiting for a first answer is listed at most once for each posting, only where that was chosen, not before its time, and not
 * after an answer arrived; and, if nothing fails, each posting that no one ever answered is listed. `fetchedMs`: see SimulationResult.
 */
export function judgeWaiting(
  place: Place,
  log: readonly LoggedMessage[],
  postings: readonly Posting[],
  { fetchedMs, untilMs, calm }: { fetchedMs: ReadonlyMap<string, number>; untilMs: number; calm: boolean },
): { readonly problems: string[]; readonly listed: number } {
  const problems: string[] = [];
  const complain = (what: string) => problems.push(`${place.platform}/${place.address}: ${what}`);
  const listed = new Map<string, number[]>();
  for (const message of log)
    for (const { name, lines } of itemsIn(message.firstText)) {
      if (!lines.some((line) => FIRST_ANSWER.test(line))) continue;
      listed.set(name, [...(listed.get(name) ?? []), Date.parse(message.at)]);
    }
  const { waiting } = place;
  if (waiting === undefined) {
    if (listed.size > 0) complain('lists what waits, and never chose to');
    return { problems, listed: 0 };
  }
  for (const posting of postings) {
    const name = `${posting.token} v${posting.version}`;
    const [at, ...again] = listed.get(name) ?? [];
    if (again.length > 0) complain(`${name} was listed as waiting ${again.length + 1} times`);
    if (at === undefined) {
      if (calm && isSureToWait(place, waiting, posting, postings, untilMs))
        complain(`${name} was never listed as waiting`);
      continue;
    }
    if (at < posting.sentMs + PATIENCE_MS) complain(`${name} was listed as waiting too early`);
    if (calm && posting.replies.some((id) => (fetchedMs.get(id) ?? Number.POSITIVE_INFINITY) < at))
      complain(`${name} was listed as waiting after an answer was here`);
    if (waiting.snoozed.includes(posting.token) && posting.version === 1 && at < waiting.snoozedUntilMs)
      complain(`${name} was listed as waiting while it was snoozed`);
  }
  return { problems, listed: listed.size };
}

/** It was reported as news before it began to wait, nothing came after it, and a slot was due since. */
function isSureToWait(
  place: Place,
  { snoozed }: WaitingPlace,
  posting: Posting,
  postings: readonly Posting[],
  untilMs: number,
): boolean {
  const { token, version, lists, sentMs, readyMs } = posting;
  const work = postings.filter((other) => other.token === token);
  const isLast = !work.some((other) => other.version > version);
  // An answer to an earlier version means that someone looked at the work.
  const isQuiet =
    lists.length === 1 &&
    work.every(
      ({ replies, appliedMs, alone, isLate }) =>
        replies.length === 0 && appliedMs === null && !isLate && alone === null,
    );
  const isFollowed = lists.some((list) => place.lists.includes(list)) && readyMs >= place.fromMs;
  if (!isLast || !isQuiet || !isFollowed || snoozed.includes(token)) return false;
  if (place.muted?.some((one) => one.token === token) === true) return false;
  const slots = firings(place.schedule, place.fromMs + 1, untilMs);
  const listedSlot = slots.find((ms) => ms >= readyMs);
  const next = slots.find((ms) => ms >= sentMs + PATIENCE_MS + 60_000);
  return (
    listedSlot !== undefined &&
    listedSlot < sentMs + PATIENCE_MS &&
    next !== undefined &&
    next < untilMs - DAY_MS
  );
}
