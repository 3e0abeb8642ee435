import type { LoggedMessage } from '../fakes/memory-chat.js';
import type { AtOncePlace, MutedSeries } from './at-once.js';
import type { ForumPlace } from './judge-threads.js';
import { firings, shownAt } from './local-times.js';
import { type Likelihood, likelihoodOf, type Wish } from './mixed-follows.js';
import type { Posting } from './postings.js';
import type { WaitingPlace } from './waiting.js';

/** A destination, as the judge knows it. */
export interface Place {
  readonly platform: string;
  readonly address: string;
  readonly schedule: {
    readonly zone: string;
    readonly times: readonly string[];
    readonly days: readonly number[];
  };
  readonly lists: readonly string[];
  /** Follows of other kinds, in place of lists: see mixed-follows.ts. */
  readonly wishes?: readonly Wish[];
  /** Which of these are posted immediately; absent: none. */
  readonly atOnce?: AtOncePlace;
  readonly muted?: readonly MutedSeries[];
  /** It is a forum: each top-level message is a post. */
  readonly forum?: ForumPlace;
  /** It has a headline with a thread for each subsystem. */
  readonly bySubsystem?: true;
  /** It lists what waits; absent: it does not. */
  readonly waiting?: WaitingPlace;
  /** From when on it follows them. */
  readonly fromMs: number;
}

/** What is wrong at a place, and how much was seen there. */
export interface Verdict {
  readonly problems: string[];
  readonly listed: number;
  readonly headlines: number;
}

const NEWS = /^### New (?:series|versions?)/;
const SECTION = /^#{1,3} /;
const TOKEN = /\btok\d+x\b/;
/** Of the last line of an item: `applied · RFC v2 by Ada Quill · 2 patches`. */
const VERSION = /^ +(?:.* · )?(?:[\w-]+ ){0,6}?v(\d+)(?:\.\d+)?(?: resent)? by /;

/** Behind a title, where a digest has two lines a series: `mm: do a thing · RFC v2 · 2 patches`. */
const VERSION_BESIDE = / · (?:[\w-]+ ){0,6}?v(\d+)(?:\.\d+)?(?: resent)?(?= · |$)/;

/** A series in a message, with all its lines: title first. */
export interface ShownItem {
  /** `tok12x v2`. */
  readonly name: string;
  readonly lines: readonly string[];
  readonly isNews: boolean;
}

/** The series that a message shows with what explains them: titles alone are those of a headline over a thread. */
export function itemsIn(text: string): ShownItem[] {
  const found: { token: string; lines: string[]; isNews: boolean }[] = [];
  let isNews = false;
  for (const line of text.split('\n')) {
    if (SECTION.test(line)) isNews = NEWS.test(line);
    // A title is at the left edge, what explains it is indented.
    else if (line.startsWith(' ')) found.at(-1)?.lines.push(line);
    else found.push({ token: TOKEN.exec(line)?.[0] ?? '', lines: [line], isNews });
  }
  return found
    .filter(({ token, lines }) => token !== '' && lines.length > 1)
    .map(({ token, lines, isNews }) => ({
      name: `${token} v${versionIn(lines)}`,
      lines,
      isNews,
    }));
}

function versionIn(lines: readonly string[]): string {
  return VERSION_BESIDE.exec(lines[0] ?? '')?.[1] ?? VERSION.exec(lines.at(-1) ?? '')?.[1] ?? '1';
}

/** What a message tells as news: `tok12x v2`. */
export function newsIn(text: string): string[] {
  return itemsIn(text).flatMap(({ name, isNews }) => (isNews ? [name] : []));
}

/** Judges one place only by what is posted there, and by nothing of ours: each posting that it follows exactly once, or at least once. */
export function judgePlace(
  place: Place,
  log: readonly LoggedMessage[],
  postings: readonly Posting[],
  exactly: boolean,
  options: {
    /** What arrived later need not be posted yet. */
    readonly untilMs?: number;
    /** Nothing fails: what was due and when is known. */
    readonly calm?: boolean;
    /** The other one of two works that were mistaken for one while mail was read by other rules: each may have represented both. */
    readonly heldForOne?: (token: string) => string | null;
  } = {},
): Verdict {
  const { untilMs = Number.POSITIVE_INFINITY, calm = false, heldForOne = () => null } = options;
  const bySlot = calm ? slotsOf(place) : () => null;
  const problems: string[] = [];
  const complain = (what: string) => problems.push(`${place.platform}/${place.address}: ${what}`);
  const keys = new Map<string, number>();
  const listed = new Map<string, number>();
  const listedAt = new Map<string, number>();
  // What a digest counts and does not show cannot be judged: there is so little mail that none has to.
  let hidden = 0;
  for (const message of log) {
    keys.set(message.key, (keys.get(message.key) ?? 0) + 1);
    for (const [, more] of message.firstText.matchAll(/\+(\d+) more/g)) hidden += Number(more);
    for (const name of newsIn(message.firstText)) {
      listed.set(name, (listed.get(name) ?? 0) + 1);
      listedAt.set(name, Date.parse(message.at));
    }
  }
  if (exactly)
    for (const [key, times] of keys) if (times > 1) complain(`the message ${key} is there ${times} times`);
  const expected = new Set<string>();
  for (const posting of postings) {
    const name = `${posting.token} v${posting.version}`;
    const likelihood = likelihoodAt(place, posting);
    if (likelihood === 'never' || posting.isLate || posting.firstMs < place.fromMs) continue;
    expected.add(name);
    const times = listed.get(name) ?? 0;
    if (exactly && times > 1) complain(`${name} was listed ${times} times`);
    if (likelihood === 'perhaps' || place.muted?.some(({ token }) => token === posting.token)) continue;
    const counted = isCounted(posting, bySlot);
    if (counted === true && times > 0)
      complain(`${name} was counted among single patches, and listed as well`);
    if (counted !== false) continue;
    if ([...listed.keys()].some((one) => one.startsWith(`${heldForOne(posting.token)} `))) continue;
    if (times === 0 && posting.readyMs <= untilMs && !isCovered(posting, postings, listedAt, bySlot))
      complain(`${name} was never listed${hidden === 0 ? '' : ` (${hidden} are counted and not shown)`}`);
  }
  const known = new Map(postings.map((posting) => [`${posting.token} v${posting.version}`, posting]));
  for (const name of listed.keys()) {
    const posting = known.get(name);
    if (posting === undefined) complain(`${name} was listed and never posted`);
    else if (!expected.has(name) && heldForOne(posting.token) === null)
      complain(`${name} was listed though it is ${posting.isLate ? 'old' : 'not followed'}`);
  }
  const headlines = log.filter((message) => message.under === null).length;
  // The terminal has no threads.
  for (const message of place.platform === 'terminal' ? [] : log) {
    const promised = /Details are in the thread(?:, in (\d+) messages)?\./.exec(message.body.text);
    if (promised === null || message.under !== null) continue;
    const there = log.filter(({ under }) => under === message.messageId).length;
    if (there < Number(promised[1] ?? 1))
      complain(`the headline ${message.messageId} promises details that are not there`);
  }
  return { problems, listed: listed.size, headlines };
}

/** When it is posted is judged in judge-at-once.ts. */
function isAtOnce({ atOnce }: Place, { lists }: Posting): boolean {
  return lists.some((list) => atOnce?.lists.includes(list));
}

function likelihoodAt({ lists, wishes }: Place, posting: Posting): Likelihood {
  if (wishes !== undefined) return likelihoodOf(wishes, posting);
  return posting.lists.some((list) => lists.includes(list)) ? 'surely' : 'never';
}

/**
 * If two versions arrived for one digest, the later is listed and represents both. `slotAfter`: null if no slot is certain to have been
 * sent.
 */
function isCovered(
  posting: Posting,
  postings: readonly Posting[],
  listedAt: ReadonlyMap<string, number>,
  slotAfter: (ms: number) => number | null,
): boolean {
  return postings.some((later) => {
    const at = listedAt.get(`${later.token} v${later.version}`);
    if (later.token !== posting.token || later.version <= posting.version || at === undefined) return false;
    const first = slotAfter(posting.readyMs + behindMs(posting));
    return first === null || at <= first;
  });
}

/** Whether its patch was reported while it was alone; null if that is unknown. */
function isCounted({ alone, lists }: Posting, slotAfter: (ms: number) => number | null): boolean | null {
  if (alone === null) return false;
  const slot = slotAfter(alone.fromMs);
  if (slot === null || lists.length > 1) return null;
  if (slot >= alone.untilMs) return false;
  return slot >= alone.surelyMs ? true : null;
}

/** The first moment of the place's schedule from a moment on. */
function slotsOf(place: Place): (ms: number) => number | null {
  const moments = firings(place.schedule, place.fromMs + 1, place.fromMs + 400 * DAY_MS);
  return (ms) => moments.find((moment) => moment >= ms) ?? null;
}

const DAY_MS = 86_400_000;

/** On a second list it may come up to a day and a half later. */
function behindMs({ lists }: Posting): number {
  return lists.length > 1 ? 36 * 3_600_000 : 0;
}

/** Where nothing fails: each headline is posted at a moment of the schedule, and each posting at the first after it was ready. */
export function judgeTimes(
  place: Place,
  log: readonly LoggedMessage[],
  postings: readonly Posting[],
  untilMs: number,
): string[] {
  const problems: string[] = [];
  const moments = firings(place.schedule, place.fromMs + 1, untilMs);
  const due = new Set(moments);
  const digests = log.filter(({ under, firstText }) => under === null && !firstText.startsWith('### '));
  for (const message of digests)
    if (!due.has(Date.parse(message.at)))
      problems.push(
        `${place.address}: a digest at ${shownAt(Date.parse(message.at), place.schedule.zone)} ${place.schedule.zone}`,
      );
  const listedAt = new Map(
    log.flatMap((message) =>
      newsIn(message.firstText).map((name) => [name, Date.parse(message.at)] as const),
    ),
  );
  for (const posting of postings) {
    const at = listedAt.get(`${posting.token} v${posting.version}`);
    if (at === undefined || likelihoodAt(place, posting) !== 'surely' || isAtOnce(place, posting)) continue;
    const earliest = moments.find((ms) => ms >= posting.firstMs);
    const latest = moments.find((ms) => ms >= posting.readyMs + behindMs(posting));
    if ((earliest !== undefined && at < earliest) || (latest !== undefined && at > latest))
      problems.push(
        `${place.address}: ${posting.token} v${posting.version} was listed at ${new Date(at).toISOString()}`,
      );
  }
  return problems;
}
