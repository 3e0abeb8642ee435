import type { LoggedMessage } from '../fakes/memory-chat.js';
import { newsIn, type Place } from './judge.js';
import { firings, shownAt } from './local-times.js';
import type { Posting } from './postings.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** What is incomplete is posted once no more of it has arrived for this long. */
const QUIET_MS = 30 * MINUTE_MS;
const IN_TIME_MS = 2 * MINUTE_MS;
const TOKEN = /\btok\d+x\b/g;

const BUILD_FAILS = /\bkernel test robot: the build fails\b/;

/** An immediate post, or a message below one. */
function isNews(message: LoggedMessage, log: readonly LoggedMessage[]): boolean {
  const top = message.under === null ? message : log.find(({ messageId }) => messageId === message.under);
  // `### New series in kvm`; details of one subsystem begin with `### New series`, and have no thread in a terminal.
  return /^### .+ in /.test(top?.firstText ?? '');
}

/** Whatever fails: one message represents a series, all later news goes below it, nothing muted is posted, and no more than the limits allow. */
export function judgeThreads(place: Place, log: readonly LoggedMessage[]): string[] {
  const problems: string[] = [];
  const complain = (what: string) => problems.push(`${place.platform}/${place.address}: ${what}`);
  const news = log.filter((message) => isNews(message, log));
  const roots = new Map<string, string>();
  for (const message of news) {
    const [token = ''] = message.firstText.match(TOKEN) ?? [];
    const root = roots.get(token);
    if (message.under === null) {
      if (root !== undefined) complain(`${token} has a second message of its own, ${message.messageId}`);
      else roots.set(token, message.messageId);
    } else if (message.under !== root) complain(`${message.messageId} about ${token} is not below ${root}`);
  }
  if (place.atOnce === undefined) {
    if (news.length > 0) complain(`${news.length} messages were posted at once`);
    return problems;
  }
  const { limit, quiet } = place.atOnce;
  for (const message of news) {
    const atMs = Date.parse(message.at);
    if (isQuietAt(place, atMs))
      complain(`${message.messageId} came at ${message.at}, in ${quiet?.from}-${quiet?.to}`);
    if (postedBefore(news, atMs) > limit)
      complain(`more than ${limit} messages in the hour before ${message.at}`);
  }
  return problems;
}

/** Whatever fails: each failed build is reported at most once, and in words only where it had to be posted immediately. */
export function judgeReports(
  { platform, address, atOnce }: Place,
  log: readonly LoggedMessage[],
  postings: readonly Posting[],
): string[] {
  const counts = new Map<string, number>();
  for (const { firstText } of log) {
    if (!BUILD_FAILS.test(firstText)) continue;
    const [token = ''] = firstText.match(TOKEN) ?? [];
    counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  if (atOnce === undefined && counts.size > 0) return [`${platform}/${address}: reports builds in a digest`];
  return [...counts].flatMap(([token, times]) => {
    const reports = postings.filter((one) => one.token === token).flatMap((one) => one.reports).length;
    return times > reports
      ? [`${platform}/${address}: ${reports} failed builds of ${token} were reported ${times} times`]
      : [];
  });
}

/** Where nothing fails: nothing of a muted series is posted any more. */
export function judgeMutes({ address, muted = [] }: Place, log: readonly LoggedMessage[]): string[] {
  return log.flatMap(({ at, firstText, messageId }) =>
    muted
      .filter(({ token, fromMs }) => Date.parse(at) > fromMs && new RegExp(`\\b${token}\\b`).test(firstText))
      .map(({ token }) => `${address}: ${messageId} of ${at} names ${token}, which is muted`),
  );
}

/**
 * Where nothing fails: each posting, and each reply to one that was posted, within two minutes; or by the next digest, where hours or limit
 * held it back.
 */
export function judgeAtOnce(
  place: Place,
  log: readonly LoggedMessage[],
  postings: readonly Posting[],
  fetchedMs: ReadonlyMap<string, number>,
): {
  readonly problems: string[];
  readonly inTime: number;
  readonly heldBack: number;
  /** How many failed builds were posted. */
  readonly reported: number;
} {
  const problems: string[] = [];
  let reported = 0;
  let inTime = 0;
  let heldBack = 0;
  const news = log.filter((message) => isNews(message, log));
  const slots = firings(place.schedule, place.fromMs + 1, place.fromMs + 400 * DAY_MS);
  const listedAt = new Map(
    log.flatMap((one) => newsIn(one.firstText).map((name) => [name, Date.parse(one.at)] as const)),
  );
  const judge = (what: string, dueMs: number, atMs: number | undefined): void => {
    const isHeld = isQuietAt(place, dueMs) || postedBefore(news, dueMs) >= (place.atOnce?.limit ?? 0);
    const next = slots.find((slot) => slot >= dueMs) ?? 0;
    if (atMs !== undefined && atMs >= dueMs && atMs <= dueMs + IN_TIME_MS) inTime++;
    else if (isHeld && (atMs === undefined || (atMs > dueMs && atMs <= next))) heldBack++;
    else
      problems.push(
        `${place.address}: ${what} was due at ${toText(dueMs)} and came at ${atMs === undefined ? 'no time' : toText(atMs)}${isHeld ? ', held back' : ''}`,
      );
  };
  /** Whether a mail about a posting that was reported at `listedMs` was posted, in a message that says so. */
  const judgeMail = (
    id: string,
    { token, members }: Posting,
    listedMs: number | undefined,
    says?: RegExp,
  ) => {
    const cameMs = fetchedMs.get(id);
    // What it answers comes later: until then it belongs to nothing.
    const coverMs = fetchedMs.get(members[0] ?? '') ?? Number.POSITIVE_INFINITY;
    if (listedMs === undefined || cameMs === undefined || coverMs >= cameMs) return false;
    // What comes with the next version waits with it, or is over.
    if (cameMs <= listedMs || isUnsettled(token, postings, fetchedMs, cameMs)) return false;
    const about = news.find(({ at, firstText }) => {
      const isInTime = Date.parse(at) >= cameMs && Date.parse(at) <= cameMs + IN_TIME_MS;
      return isInTime && firstText.includes(token) && says?.test(firstText) !== false;
    });
    judge(id, cameMs, about === undefined ? undefined : Date.parse(about.at));
    return about !== undefined;
  };
  for (const posting of postings) {
    const { token, version, lists, isLate, alone } = posting;
    if (!lists.some((list) => place.atOnce?.lists.includes(list))) continue;
    // What a digest may have counted among single patches, and what is muted, is judged elsewhere.
    if (isLate || alone !== null || place.muted?.some((one) => one.token === token)) continue;
    const atMs = listedAt.get(`${token} v${version}`);
    const dueMs = dueOf(posting, fetchedMs);
    if (atMs !== undefined && dueMs !== null) judge(`${token} v${version}`, dueMs, atMs);
    for (const id of posting.replies) judgeMail(id, posting, atMs);
    for (const id of posting.reports) if (judgeMail(id, posting, atMs, BUILD_FAILS)) reported++;
  }
  return { problems, inTime, heldBack, reported };
}

/** When a posting is whole or has been quiet; null while none of it is here. */
function dueOf({ members }: Posting, fetchedMs: ReadonlyMap<string, number>): number | null {
  const times = members.flatMap((id) => fetchedMs.get(id) ?? []).sort((a, b) => a - b);
  const quiet = times.find((ms, i) => {
    const next = times[i + 1] ?? (times.length < members.length ? Number.POSITIVE_INFINITY : ms);
    // What comes in that very minute is stored first, and is waited for again.
    return next - ms > QUIET_MS;
  });
  return quiet === undefined ? (times.at(-1) ?? null) : quiet + QUIET_MS;
}

/** Something else of the work is on its way: talk waits with it. */
function isUnsettled(
  token: string,
  postings: readonly Posting[],
  fetchedMs: ReadonlyMap<string, number>,
  atMs: number,
): boolean {
  return postings.some((one) => {
    const times = one.token === token ? one.members.flatMap((id) => fetchedMs.get(id) ?? []) : [];
    return times.some((ms) => ms <= atMs && ms > atMs - 2 * QUIET_MS);
  });
}

function isQuietAt({ atOnce, schedule }: Place, ms: number): boolean {
  if (atOnce === undefined || atOnce.quiet === null) return false;
  const { from, to } = atOnce.quiet;
  const shown = shownAt(ms, schedule.zone).slice(11);
  return from < to ? shown >= from && shown < to : shown >= from || shown < to;
}

/** Messages in the hour up to a moment, that included. */
function postedBefore(news: readonly LoggedMessage[], ms: number): number {
  return news.filter(({ at }) => Date.parse(at) > ms - HOUR_MS && Date.parse(at) <= ms).length;
}

function toText(ms: number): string {
  return new Date(ms).toISOString();
}
