import { emailKey } from '../mail/person-key.js';
import { tellingWords, titleKey, titleSimilarity, wordsInCommon } from '../revision/title-key.js';
import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import { DAY_MS, HOUR_MS, latestOf } from '../time/iso.js';

/** A newer version under another title follows within this time. What is sent within an hour belongs together. */
const WINDOW_MS = 60 * DAY_MS;
const TOGETHER_MS = HOUR_MS;
/** What an author sends this soon after a request for changes, to the same files, is mostly what they made of it. */
const REACTION_MS = 7 * DAY_MS;
/** Patches with more similar titles are one patch, where the rest fits, too. */
const SIMILAR = 0.6;
/** Patches whose titles have fewer distinctive words (`fix typos`) are not known again by them. */
const TELLING = 3;
/** Of one author, the series that are compared: the first, which are the newest where they come from a search. */
const MOST_OF_AUTHOR = 200;

/**
 * Tells of a series whether its author has since sent what seems to replace it, though the two are not joined: a later version of something
 * that changes most of the same files, other work that holds half of its patches, a later version of a copy of it that
 * they had sent before, or, within days of a request for changes, work on most of the same files; of a pull request, a later
 * one for the same tree that lists all of its changes. That is not certain enough for saying that the one is a version of the other; a list of what waits leaves the older one
 * out. `series`: what may have replaced others; what replaced one is found in any part of them, so parts may be asked one after another.
 */
export function laterWork(series: Iterable<SeriesRecord>): (older: SeriesRecord) => boolean {
  const byAuthor = new Map<string, Work[]>();
  for (const one of series) {
    const key = emailKey(one.author.email);
    if (key === '' || one.backport !== undefined) continue;
    const own = byAuthor.get(key) ?? [];
    byAuthor.set(key, own);
    // Someone else may have begun it.
    const first = one.revisions.find(({ author }) => emailKey(author.email) === key);
    if (first !== undefined && own.length < MOST_OF_AUTHOR)
      own.push({ series: one, first, sent: timesOf(first), postings: null });
  }
  return (older) => {
    const own = byAuthor.get(emailKey(older.author.email)) ?? [];
    const last = older.revisions.at(-1);
    if (last === undefined) return false;
    const sent = timesOf(last);
    const all = own.filter(({ series: { id } }) => id !== older.id);
    if (older.kind === 'pull' && all.some((newer) => asksForAllOf(newer, older, last))) return true;
    const others = all.filter(({ series: { kind } }) => kind !== 'pull');
    const later = others.filter((newer) => isSoonAfter(newer.sent, sent));
    if (others.some((newer) => newer.series.revisions.length > 1 && goesOn(newer, older, last))) return true;
    const patches = patchKeys(last);
    if (others.some((newer) => holds(newer, patches, sent))) return true;
    const requested = requestedAt(older);
    return later.some(
      (newer) =>
        (continuesCount(newer.first, last) || isReaction(newer.sent, requested)) &&
        mostPaths(newer.series, older),
    );
  };
}

/** The work was sent twice under the same number, and the copy sent first went on: it has later versions, of the same patches and files. */
function goesOn({ series }: Work, older: SeriesRecord, last: RevisionRecord): boolean {
  const sent = timesOf(last);
  const next = series.revisions.find(
    (one) => one.version > last.version && one.rfc === last.rfc && isSoonAfter(timesOf(one), sent),
  );
  if (next === undefined || !mostPaths(series, older)) return false;
  // Patches for two machines have similar titles, too: between copies they are the same.
  const before = new Set(patchKeys(last));
  const copy = series.revisions.find(
    (one) =>
      one.version === last.version &&
      one.rfc === last.rfc &&
      isBefore(timesOf(one), sent) &&
      isHalf(patchKeys(one).filter((key) => before.has(key)).length, last),
  );
  if (copy === undefined) return false;
  const after = patchKeys(next);
  const shared = patchKeys(copy).filter((key) => before.has(key));
  return isHalf(
    shared.filter((key) => after.some((other) => titleSimilarity(key, other) >= SIMILAR)).length,
    last,
  );
}

function isHalf(known: number, { patches }: RevisionRecord): boolean {
  return known > 0 && known * 2 >= patches.length;
}

/** When changes were last requested or promised; NaN if they were not. */
function requestedAt({ state: { name, evidence } }: SeriesRecord): number {
  return name === 'changes-requested'
    ? Date.parse(latestOf(evidence.map(({ date }) => date)) ?? '')
    : Number.NaN;
}

function isReaction([byAuthor, byList]: Times, requestedMs: number): boolean {
  const gapMs = (Number.isNaN(byAuthor) ? byList : byAuthor) - requestedMs;
  return gapMs >= 0 && gapMs <= REACTION_MS;
}

/** A series that may replace another; what each comparison needs of it is read once. */
interface Work {
  readonly series: SeriesRecord;
  readonly first: RevisionRecord;
  readonly sent: Times;
  postings: readonly { readonly sent: Times; readonly keys: ReadonlySet<string> }[] | null;
}

/** Milliseconds since 1970 by the author's clock and by the list's, which may get the mails of one run hours apart; NaN: unknown. */
type Times = readonly [byAuthor: number, byList: number];

function timesOf({ date, arrived }: RevisionRecord): Times {
  return [Date.parse(date ?? ''), Date.parse(arrived ?? '')];
}

/** By each clock that is known for both; not if none is. */
function isSoonAfter(newer: Times, older: Times): boolean {
  const byAuthor = isWithin(newer[0] - older[0]);
  const byList = isWithin(newer[1] - older[1]);
  return byAuthor !== false && byList !== false && (byAuthor ?? byList) === true;
}

/** By one clock, and not after by the other. */
function isBefore(one: Times, other: Times): boolean {
  const gapsMs = [other[0] - one[0], other[1] - one[1]].filter((gapMs) => !Number.isNaN(gapMs));
  return gapsMs.every((gapMs) => gapMs >= 0) && gapsMs.some((gapMs) => gapMs > 0);
}

function isWithin(gapMs: number): boolean | null {
  return Number.isNaN(gapMs) ? null : gapMs >= TOGETHER_MS && gapMs <= WINDOW_MS;
}

/** A later request for the same tree that lists every change of this one: `frob-next 2026-11-21` after `frob-next 2026-11-20`. */
function asksForAllOf({ series, first, sent }: Work, older: SeriesRecord, last: RevisionRecord): boolean {
  if (series.kind !== 'pull' || undatedTitle(series.title) !== undatedTitle(older.title)) return false;
  if (!isSoonAfter(sent, timesOf(last))) return false;
  const listed = new Set(first.patches.map(({ title }) => titleKey(title)));
  const keys = last.patches.map(({ title }) => titleKey(title));
  return keys.some((key) => tellingWords(key) >= TELLING) && keys.every((key) => listed.has(key));
}

/** The title of a request without what counts requests for one tree: dates, `-rc3` and a last counter. `for 5.10.y` is another tree than `for 5.15.y`. */
function undatedTitle(title: string): string {
  const undated = title
    .replace(/(?<!\d)20\d\d([-/_.]?)\d\d\1\d\d(?!\d)/g, ' ')
    .replace(/-rc\d+/gi, ' ')
    .trim();
  return titleKey(undated.replace(/(?<!\b(?:for|stable)[ -]*)[ #(-]\d{1,3}\)?$/i, ' '));
}

/** Its first posting that has half of the patches was sent later; the series may have begun before, and took them in. */
function holds(newer: Work, patches: readonly string[], sent: Times): boolean {
  if (patches.length === 0) return false;
  newer.postings ??= newer.series.revisions.map((one) => ({
    sent: timesOf(one),
    keys: new Set(patchKeys(one)),
  }));
  const first = newer.postings.find(
    ({ keys }) => patches.filter((key) => keys.has(key)).length * 2 >= patches.length,
  );
  return first !== undefined && isSoonAfter(first.sent, sent);
}

/** The count begins where the other ends, or later: `v2` of which no v1 is known; two that say v11 are one count, too, and two that say v2 need not be. */
function continuesCount(first: RevisionRecord, last: RevisionRecord): boolean {
  const step = first.version - last.version;
  return first.version > 1 && first.rfc === last.rfc && (step > 0 || (step === 0 && first.version > 2));
}

/** Half of all files that either changes are changed by both. */
function mostPaths({ paths: a }: SeriesRecord, { paths: b }: SeriesRecord): boolean {
  const words = (paths: SeriesRecord['paths']) => new Set(paths.map(({ path }) => path));
  return wordsInCommon(words(a), words(b)) >= 0.5;
}

/** Those patches that are known again by their titles. */
function patchKeys({ patches }: RevisionRecord): string[] {
  return patches.map(({ title }) => titleKey(title)).filter((key) => tellingWords(key) >= TELLING);
}
