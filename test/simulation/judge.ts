import type { LoggedMessage } from '../fakes/memory-chat.js';
import { firings, shownAt } from './local-times.js';
import type { Posting } from './postings.js';

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
  /** From when on it follows them. */
  readonly fromMs: number;
}

/** What is wrong at a place, and how much was seen there. */
export interface Verdict {
  readonly problems: string[];
  readonly told: number;
  readonly headlines: number;
}

const NEWS = /^### New (?:series|versions)/;
const SECTION = /^#{1,3} /;
const TITLE = /^(?:\[(?:\S+ )*?v(\d+)\S*\] )?.*?\b(tok\d+x)\b/;

/** What a message tells as news: `tok12x v2`. */
export function newsIn(text: string): string[] {
  const told: string[] = [];
  let isNews = false;
  for (const line of text.split('\n')) {
    if (SECTION.test(line)) isNews = NEWS.test(line);
    // A title stands at the left edge, what explains it is indented.
    else if (isNews && !line.startsWith(' ')) {
      const title = TITLE.exec(line);
      if (title !== null) told.push(`${title[2]} v${title[1] ?? '1'}`);
    }
  }
  return told;
}

/** Judges one place by what stands there, and by nothing of ours: each posting that it follows exactly once, or at least once. */
export function judgePlace(
  place: Place,
  log: readonly LoggedMessage[],
  postings: readonly Posting[],
  exactly: boolean,
  /** Of what came later it is not asked that it stands yet. */
  untilMs = Number.POSITIVE_INFINITY,
): Verdict {
  const problems: string[] = [];
  const complain = (what: string) => problems.push(`${place.platform}/${place.address}: ${what}`);
  const keys = new Map<string, number>();
  const told = new Map<string, number>();
  const toldAt = new Map<string, number>();
  // After weeks of silence a digest names the first of each section, and counts the rest: that is delivered too.
  let hidden = 0;
  const missing: string[] = [];
  for (const message of log) {
    keys.set(message.key, (keys.get(message.key) ?? 0) + 1);
    for (const [, more] of message.firstText.matchAll(/\+(\d+) more/g)) hidden += Number(more);
    for (const name of newsIn(message.firstText)) {
      told.set(name, (told.get(name) ?? 0) + 1);
      toldAt.set(name, Date.parse(message.at));
    }
  }
  if (exactly)
    for (const [key, times] of keys) if (times > 1) complain(`the message ${key} stands ${times} times`);
  const expected = new Set<string>();
  for (const posting of postings) {
    const name = `${posting.token} v${posting.version}`;
    const follows = posting.lists.some((list) => place.lists.includes(list));
    if (!follows || posting.isLate || posting.firstMs < place.fromMs) continue;
    expected.add(name);
    const times = told.get(name) ?? 0;
    // Of two versions that came for one digest the later is told, and stands for both.
    const later = postings.some(
      ({ token, version, firstMs }) =>
        token === posting.token &&
        version > posting.version &&
        firstMs <= (toldAt.get(`${token} v${version}`) ?? 0),
    );
    if (times === 0 && !later && posting.readyMs <= untilMs) missing.push(name);
    if (exactly && times > 1) complain(`${name} was told ${times} times`);
  }
  if (missing.length > hidden) for (const name of missing) complain(`${name} was never told`);
  const known = new Map(postings.map((posting) => [`${posting.token} v${posting.version}`, posting]));
  for (const name of told.keys()) {
    const posting = known.get(name);
    if (posting === undefined) complain(`${name} was told and never posted`);
    else if (!expected.has(name))
      complain(`${name} was told though it is ${posting.isLate ? 'old' : 'not followed'}`);
  }
  const headlines = log.filter((message) => message.under === null).length;
  return { problems, told: told.size, headlines };
}

/** Where nothing fails: each headline stands at a moment of the schedule, and each posting at the first after it was ready. */
export function judgeTimes(
  place: Place,
  log: readonly LoggedMessage[],
  postings: readonly Posting[],
  untilMs: number,
): string[] {
  const problems: string[] = [];
  const moments = firings(place.schedule, place.fromMs + 1, untilMs);
  const due = new Set(moments);
  for (const message of log.filter(({ under }) => under === null))
    if (!due.has(Date.parse(message.at)))
      problems.push(
        `${place.address}: a digest at ${shownAt(Date.parse(message.at), place.schedule.zone)} ${place.schedule.zone}`,
      );
  const toldAt = new Map(
    log.flatMap((message) =>
      newsIn(message.firstText).map((name) => [name, Date.parse(message.at)] as const),
    ),
  );
  for (const posting of postings) {
    const at = toldAt.get(`${posting.token} v${posting.version}`);
    if (at === undefined) continue;
    // On a second list it may come up to a day and a half later.
    const behindMs = posting.lists.length > 1 ? 36 * 3_600_000 : 0;
    const earliest = moments.find((ms) => ms >= posting.firstMs);
    const latest = moments.find((ms) => ms >= posting.readyMs + behindMs);
    if ((earliest !== undefined && at < earliest) || (latest !== undefined && at > latest))
      problems.push(
        `${place.address}: ${posting.token} v${posting.version} was told at ${new Date(at).toISOString()}`,
      );
  }
  return problems;
}
