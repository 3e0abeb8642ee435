import { emailKey } from '../mail/person-key.js';
import { samePerson } from '../mail/same-person.js';
import type { Named, RevisionRecord, SeriesRecord } from '../series/record.js';
import { versionName } from '../series/version-name.js';
import { isStale } from '../state/decide-state.js';
import type { Catalog } from '../subsystem/catalog.js';
import { emailsNamed, entriesOf } from '../subsystem/maintainers-of.js';
import { answeredBeside } from './answered-beside.js';
import { daysSince, type LastReply, ownState } from './own-state.js';
import { decidedElsewhere, isTaken, waitingOf } from './waiting.js';

/** What a series is to a person: it waits for their review, is a new version of what they looked at, or is their own. */
export const mineKinds = ['to-review', 'new-version', 'mine'] as const;
export type MineKind = (typeof mineKinds)[number];

export interface MyRow {
  readonly kind: MineKind;
  readonly series: SeriesRecord;
  /** The newest posting. */
  readonly revision: RevisionRecord;
  /** Since when, ISO UTC. */
  readonly since: string;
  readonly days: number;
  /** Why it is here, in words. */
  readonly why: string;
  /** Of one's own: who wrote last about it, where that was looked up. */
  readonly last?: LastReply;
}

/** Of a series with more paths the first are looked up in MAINTAINERS. */
const MOST_PATHS = 200;

/** Whose board it is. */
interface Person {
  /** Theirs, lower case. */
  readonly emails: readonly string[];
  readonly catalog: Catalog;
  /** Postings (RevisionRecord.id) that they wrote about; a series record does not hold who did, since anyone may write any number of replies. */
  readonly answered?: ReadonlySet<string>;
}

/** What waits for a person or is theirs, what waits longest first. */
export function myBoard(
  series: Iterable<SeriesRecord>,
  { emails, catalog, answered = new Set() }: Person,
  nowIso: string,
): readonly MyRow[] {
  const own = new Set(emails.map(emailKey));
  const entries = entriesOf(catalog, own);
  const viewer = { own, entries, names: namesIn(catalog, entries, own), catalog, answered };
  const all = [...series];
  const settled = settledIn(all);
  const found = all.flatMap((one) => {
    const row = rowOf(one, viewer, nowIso);
    return row === null ? [] : (settled(row) ?? []);
  });
  return found.sort((a, b) =>
    a.since < b.since ? -1 : a.since > b.since ? 1 : a.series.id < b.series.id ? -1 : 1,
  );
}

/** Whether a row says more with the last reply to its series. */
export function asksWhoWroteLast({ kind, series: { state } }: MyRow): boolean {
  return kind === 'mine' && (state.name === 'under-review' || state.name === 'changes-requested');
}

/** The rows of a board with the last replies to some series, by SeriesRecord.id. */
export function withLast(
  rows: readonly MyRow[],
  last: ReadonlyMap<string, LastReply>,
  emails: readonly string[],
  nowIso: string,
): readonly MyRow[] {
  const own = new Set(emails.map(emailKey));
  return rows.map((row) => {
    const found = last.get(row.series.id);
    if (found === undefined || !asksWhoWroteLast(row)) return row;
    const given = { ...row, posted: row.since, isOwn: (email: string) => isOwn(own, email), last: found };
    return { ...row, why: ownState(given, nowIso) ?? row.why, last: found };
  });
}

/** What is left of a row in view of all series: null if it is decided elsewhere, one's own with what is known from there. */
function settledIn(all: readonly SeriesRecord[]): (row: MyRow) => MyRow | null {
  const isElsewhere = decidedElsewhere(all);
  const isAnswered = answeredBeside(all);
  return (row) => {
    const { series, kind } = row;
    if (!isOpen(series)) return row;
    if (isElsewhere({ for: kind === 'to-review' ? 'review' : 'new-version', series })) return null;
    return kind === 'mine' && series.state.name === 'new' && isAnswered(series)
      ? { ...row, why: 'answered beside it in the thread' }
      : row;
  };
}

/**
 * The people of some entries of MAINTAINERS who have one of these addresses (`emailKey`), each once; not those whose name is there with
 * another address, too, which may be a namesake's.
 */
function namesIn(catalog: Catalog, entries: ReadonlySet<number>, own: ReadonlySet<string>): Named[] {
  const found = new Map<string, Named>();
  for (const at of entries) {
    const { maintainers = [], reviewers = [] } = catalog.entries[at] ?? {};
    for (const one of [...maintainers, ...reviewers])
      if (own.has(emailKey(one.email))) found.set(`${one.name} ${one.email}`, one);
  }
  return [...found.values()].filter(({ name }) =>
    emailsNamed(catalog, name).every((email) => own.has(email)),
  );
}

interface Viewer {
  /** Their addresses, as `emailKey` writes them. */
  readonly own: ReadonlySet<string>;
  /** What they look after, by MAINTAINERS: mostly nothing, and then no path is looked up. */
  readonly entries: ReadonlySet<number>;
  readonly catalog: Catalog;
  /** As MAINTAINERS writes them. */
  readonly names: readonly Named[];
  readonly answered: ReadonlySet<string>;
}

function rowOf(series: SeriesRecord, viewer: Viewer, nowIso: string): MyRow | null {
  const revision = series.revisions.at(-1);
  const posted = revision?.arrived ?? revision?.date ?? null;
  if (revision === undefined || posted === null || series.bot === true) return null;
  if (isStale(series.state.name, series.updated, nowIso)) return null;
  const found = whatItIs(series, revision, posted, viewer, nowIso);
  if (found === null) return null;
  const { kind, since, why } = found;
  const days = Math.max(0, daysSince(since, nowIso));
  return { kind, series, revision, since, days, why };
}

/** What a series is to the person, since when and why; null if it is nothing to them. */
function whatItIs(
  series: SeriesRecord,
  revision: RevisionRecord,
  posted: string,
  viewer: Viewer,
  nowIso: string,
): Pick<MyRow, 'kind' | 'since' | 'why'> | null {
  const { own } = viewer;
  if (isOwn(own, revision.author.email) || isOwn(own, series.author.email) || isSender(series, own)) {
    if (isNotTracked(series, own)) return null;
    const why = ownState(
      { series, revision, posted, isOwn: (email) => isOwn(own, email), last: null },
      nowIso,
    );
    return why === null ? null : { kind: 'mine', since: posted, why };
  }
  // Who wrote a patch of it answers what others ask.
  if (!isOpen(series) || series.authors.some((author) => isTheirs(author, viewer))) return null;
  const before = lookedAt(series, own);
  if (before !== null && !hasDealt(series, revision, viewer))
    return { kind: 'new-version', since: posted, why: `you ${before.did} ${versionName(before.revision)}` };
  const waiting = waitingOf(series, nowIso);
  if (waiting?.for !== 'review') return null;
  const why = concerns(series, viewer);
  return why === null ? null : { kind: 'to-review', since: waiting.since, why };
}

/** What they proposed in a discussion waits for nothing of its own, and backports of their work are up to whoever sends them. */
function isNotTracked(series: SeriesRecord, own: ReadonlySet<string>): boolean {
  if (series.backport !== undefined && !isSender(series, own)) return true;
  return series.proposal === true && isOpen(series);
}

/** They sent the backport, whoever wrote it. */
function isSender({ backport }: SeriesRecord, own: ReadonlySet<string>): boolean {
  return backport !== undefined && isOwn(own, backport.sender.email);
}

function isOwn(own: ReadonlySet<string>, email: string): boolean {
  return own.has(emailKey(email));
}

/**
 * Under one of their addresses, or under the name that MAINTAINERS has with one: people write from several. An address that is there itself
 * may be a namesake's.
 */
function isTheirs(author: Named, { own, names, catalog }: Viewer): boolean {
  if (isOwn(own, author.email)) return true;
  return (
    names.some((one) => samePerson(one, author)) && entriesOf(catalog, [emailKey(author.email)]).size === 0
  );
}

function isOpen({ state: { name } }: SeriesRecord): boolean {
  return name === 'new' || name === 'under-review' || name === 'changes-requested';
}

/** The newest posting before the last that the person reviewed or asked to change; null if there is none. */
function lookedAt(
  { revisions }: SeriesRecord,
  own: ReadonlySet<string>,
): { readonly revision: RevisionRecord; readonly did: string } | null {
  const revision = revisions.slice(0, -1).findLast((one) => didLook(one, own));
  if (revision === undefined) return null;
  const hasRequested = (revision.asked ?? []).some(({ email }) => isOwn(own, email));
  return { revision, did: hasRequested ? 'asked for changes to' : 'reviewed' };
}

function didLook({ reviews, patches, asked = [] }: RevisionRecord, own: ReadonlySet<string>): boolean {
  return (
    asked.some(({ email }) => isOwn(own, email)) ||
    reviews.some(({ email }) => isOwn(own, email)) ||
    patches.some((patch) => patch.reviews.some(({ email }) => isOwn(own, email)))
  );
}

/** Whether the person has written about the newest posting, or someone else says that they took it. */
function hasDealt(series: SeriesRecord, revision: RevisionRecord, { own, answered }: Viewer): boolean {
  // `v6.1` amends one patch of v6.
  const postings = Number.isInteger(revision.version)
    ? [revision]
    : series.revisions.filter(
        ({ version, rfc }) => rfc === revision.rfc && Math.floor(version) === Math.floor(revision.version),
      );
  if (postings.some((one) => didLook(one, own) || answered.has(one.id))) return true;
  // Its author's `Applied` may accept advice, and testers apply what is still to be changed.
  const isOther = (person: Named) => !samePerson(person, revision.author);
  const { name, evidence } = series.state;
  if (name !== 'under-review') return false;
  return (
    isTaken(series, revision, isOther) ||
    evidence.some(({ says, by }) => says === 'will-apply' && isOther(by))
  );
}

/** Why a series concerns the person; null if it does not. */
function concerns(series: SeriesRecord, { own, entries, catalog }: Viewer): string | null {
  const looksAfter =
    entries.size > 0 &&
    series.paths
      .slice(0, MOST_PATHS)
      .some(({ path }) => catalog.matchPath(path).some(({ entry }) => entries.has(entry)));
  if (looksAfter) return 'you look after it';
  // Of an older version only: who they ask has changed.
  const former = new Set(series.formerRecipients);
  return series.recipients.some((email) => isOwn(own, email) && !former.has(email))
    ? 'it was sent to you'
    : null;
}
