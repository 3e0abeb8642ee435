import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import { oncePerObject } from '../text/once-per-object.js';
import type { SeriesActivity } from './activity.js';
import type { DigestItem } from './digest.js';
import type { DigestFollow, DigestRequest } from './digest-request.js';
import { type CountKey, type SectionName, sectionOf } from './sections.js';
import { latestRevision, stateText } from './state-text.js';
import { verdictText } from './verdict-text.js';

/** A series in its place: the section, the group, and what is shown of it. */
export interface Placed {
  readonly section: SectionName;
  readonly item: DigestItem;
  /** The revision that the item names. */
  readonly revision: RevisionRecord;
  readonly single: boolean;
  readonly slug: string;
  readonly name: string;
}

/** It is listed as a backport that came. */
export function isBackportPlaced({ section }: Placed): boolean {
  return section === 'Backports';
}

/** A follow that wants a series, and why. */
export interface FollowAnswered {
  readonly follow: DigestFollow;
  readonly because: readonly string[];
}

/** Where an activity is listed: at most once, in the first section that it belongs to. */
export function place(activity: SeriesActivity, { follows, window }: DigestRequest): Placed[] {
  const answers = follows
    .map((follow) => ({ follow, ...follow.matches(activity.series) }))
    .filter((a) => a.matched);
  return follows.length > 0 && answers.length === 0 ? [] : placeAnswered(activity, answers, window.until);
}

/**
 * The same if the matching follows are known. `until` (ISO UTC): what was decided later is not shown. `sections`: those to show; absent:
 * all.
 */
export function placeAnswered(
  activity: SeriesActivity,
  answers: readonly FollowAnswered[],
  until: string,
  sections?: readonly CountKey[],
): Placed[] {
  const section = sectionOf(activity, sections);
  if (section === null) return [];
  const revision = shownRevision(activity, section, until);
  if (revision === null) return [];
  // A list of what waits that leaves out most of what waits is none.
  const folds = activity.waits === undefined && !answers.some((answer) => answer.follow.singles);
  const single = folds && activity.series.kind === 'single';
  const home = homeOf(
    activity.series,
    answers.flatMap((answer) => answer.follow.slugs),
  );
  const because = [...new Set(answers.flatMap((answer) => answer.because))];
  const item = toItem(activity, revision, home.slug, because, until);
  return [{ section: section.name, item, revision, single, ...home }];
}

/** The newest revision that arrived in the window; for talk and state, the latest that was there when it ended. */
function shownRevision(
  { series, arrived }: SeriesActivity,
  section: { readonly isNews: boolean },
  until: string,
): RevisionRecord | null {
  const there = series.revisions.filter((revision) =>
    section.isNews ? arrived.includes(revision.id) : (revision.arrived ?? '') < until,
  );
  return there.at(-1) ?? latestRevision(series);
}

/** The group of what belongs to no subsystem. */
export const NO_SUBSYSTEM = { slug: 'other', name: 'Other' };

/** The group that a series is listed in: its primary subsystem if that is followed, else the first followed one it matches, else its primary. */
function homeOf(series: SeriesRecord, followed: readonly string[]): { slug: string; name: string } {
  const primary = series.subsystems.find((subsystem) => subsystem.primary);
  const followedSubsystems = series.subsystems.filter((subsystem) => followed.includes(subsystem.slug));
  const home =
    followedSubsystems.find((subsystem) => subsystem.primary) ??
    followedSubsystems[0] ??
    primary ??
    series.subsystems[0];
  return home === undefined ? NO_SUBSYSTEM : { slug: home.slug, name: home.name };
}

/** Many places show the same about a series: they share one item, for as long as its record lives. */
const itemsOf = oncePerObject((_: SeriesRecord) => new Map<string, DigestItem>());

function toItem(
  activity: SeriesActivity,
  revision: RevisionRecord,
  home: string,
  because: readonly string[],
  until: string,
): DigestItem {
  const { series, replies } = activity;
  const ownOutcome = outcomeAt(activity, until);
  const outcome = activity.waits === undefined ? ownOutcome : { name: ownOutcome.name, text: activity.waits };
  const known = itemsOf(series);
  const key = JSON.stringify([revision.id, home, because, outcome, replies.count, replies.people]);
  const item = known.get(key) ?? makeItem(activity, revision, home, because, outcome);
  known.set(key, item);
  return item;
}

function makeItem(
  { series, replies }: SeriesActivity,
  revision: RevisionRecord,
  home: string,
  because: readonly string[],
  outcome: Outcome,
): DigestItem {
  const { diffstat } = revision;
  return {
    id: series.id,
    title: revision.title,
    kind: series.kind,
    prefixes: [...revision.prefixes],
    ...backportOf(series),
    version: revision.version,
    rfc: revision.rfc,
    resend: revision.resend,
    author: { ...revision.author },
    date: revision.date,
    messageId: revision.messageId,
    url: revision.url,
    total: revision.total,
    received: revision.received,
    size:
      diffstat === null
        ? null
        : { files: diffstat.files, insertions: diffstat.insertions, deletions: diffstat.deletions },
    summary: revision.summary,
    changed: revision.changed,
    ...writtenBy(revision),
    state: outcome.name,
    stateText: outcome.text,
    reviews: reviewsBeside(revision.reviewText, outcome),
    ...verdictsOf(series, revision),
    replies: replies.count,
    repliers: replies.people,
    also: alsoOf(series, home),
    because: [...because],
  };
}

function backportOf({ backport }: SeriesRecord): Pick<DigestItem, 'backport'> {
  if (backport === undefined) return {};
  return { backport: { branches: [...backport.branches], sender: { ...backport.sender } } };
}

/** A series as it is now, outside of any digest. */
export function currentItem(series: SeriesRecord, revision: RevisionRecord): DigestItem {
  const primary = series.subsystems.find((subsystem) => subsystem.primary) ?? series.subsystems[0];
  const replies = { count: series.replies, people: 0, messageIds: [] };
  const outcome = { name: series.state.name, text: stateText(series, series.state.evidence) };
  return makeItem({ series, arrived: [], replies, evidence: [] }, revision, primary?.slug ?? '', [], outcome);
}

/** Who wrote the summary, where that is not the author. */
export function writtenBy({ summaryBy, extract }: RevisionRecord): Pick<DigestItem, 'summaryBy' | 'extract'> {
  return summaryBy === undefined || extract === undefined ? {} : { summaryBy, extract: { ...extract } };
}

/** Only beside the newest posting: what was found of an older one ended with it. */
function verdictsOf(series: SeriesRecord, { id }: RevisionRecord): Pick<DigestItem, 'verdicts'> {
  const text = series.revisions.at(-1)?.id === id ? verdictText(series) : null;
  return text === null ? {} : { verdicts: text };
}

/** A review does not repeat what the state says: `rejected by Jens · Rejected by 1 person`. */
function reviewsBeside(text: string | null, { name, text: outcomeText }: Outcome): string | null {
  if (text === null || name !== 'rejected' || outcomeText === null) return text;
  const parts = text.split(', ').filter((part) => !/^rejected by \d+(?: person| people)?$/i.test(part));
  return parts.length === 0 ? null : parts.join(', ');
}

interface Outcome {
  readonly name: DigestItem['state'];
  readonly text: string | null;
}

/** The state as the window knew it: what was decided later is not shown in a digest of an earlier day. */
function outcomeAt({ series, evidence }: SeriesActivity, until: string): Outcome {
  const known = series.state.evidence.filter((one) => one.date === null || one.date < until);
  if (known.length === 0 && series.state.evidence.length > 0) return { name: 'under-review', text: null };
  return { name: series.state.name, text: stateText(series, evidence.length > 0 ? evidence : known) };
}

/** The other subsystems by their widest names: `kvm/x86` says nothing to a reader who sees it under kvm. */
function alsoOf(series: SeriesRecord, home: string): string[] {
  const slugs = series.subsystems.map((subsystem) => subsystem.slug);
  const [homeTop] = home.split('/');
  return slugs.filter((slug) => {
    const [top = '', child] = slug.split('/');
    return slug !== home && top !== homeTop && (child === undefined || !slugs.includes(top));
  });
}
