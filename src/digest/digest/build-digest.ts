import type {
  Digest,
  DigestGroup,
  DigestItem,
  DigestSection,
  SectionName,
} from '../contract/digest-answer.js';
import { sectionNames } from '../contract/digest-answer.js';
import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import type { SeriesActivity } from './activity.js';
import { latestRevision, stateText } from './facts-of.js';

/** One wish that a digest answers, ready to be asked. */
export interface DigestFollow {
  /** In words, for people: `kvm`, `series by …`. */
  readonly text: string;
  /** Slugs that it names, so that a series is grouped under what the reader follows; may be empty. */
  readonly slugs: readonly string[];
  /** It asked for single patches one by one (`kind:single`). */
  readonly singles: boolean;
  readonly matches: (series: SeriesRecord) => {
    readonly matched: boolean;
    readonly because: readonly string[];
  };
}

export interface DigestRequest {
  readonly activities: readonly SeriesActivity[];
  /** Empty: everything. */
  readonly follows: readonly DigestFollow[];
  readonly window: { readonly since: string; readonly until: string };
  /** How many items a section may show. */
  readonly budget: number;
}

interface Placed {
  readonly section: SectionName;
  readonly item: DigestItem;
  readonly single: boolean;
  readonly slug: string;
  readonly name: string;
}

/** Builds a digest: what the follows want of what happened, grouped by subsystem, within the budget. Pure. */
export function buildDigest(request: DigestRequest): Digest {
  const placed = request.activities.flatMap((activity) => place(activity, request));
  const groups = groupBySubsystem(placed, request);
  return {
    window: { ...request.window },
    follows: request.follows.map((follow) => follow.text),
    groups,
    counts: countAll(placed),
  };
}

/** Where an activity stands: at most once, in the first section that it belongs to. */
function place(activity: SeriesActivity, { follows, window }: DigestRequest): Placed[] {
  const answers = follows
    .map((follow) => ({ follow, ...follow.matches(activity.series) }))
    .filter((a) => a.matched);
  if (follows.length > 0 && answers.length === 0) return [];
  const section = sectionOf(activity);
  if (section === null) return [];
  const revision = shownRevision(activity, section, window.until);
  if (revision === null) return [];
  const single = activity.series.kind === 'single' && !answers.some((answer) => answer.follow.singles);
  const home = homeOf(
    activity.series,
    answers.flatMap((answer) => answer.follow.slugs),
  );
  const because = [...new Set(answers.flatMap((answer) => answer.because))];
  const item = toItem(activity, revision, home.slug, because, window.until);
  return [{ section, item, single, ...home }];
}

function sectionOf(activity: SeriesActivity): SectionName | null {
  if (activity.arrived.length > 0) return isNewSeries(activity) ? 'New series' : 'New versions';
  if (activity.evidence.length > 0 && isApplied(activity.series.state.name)) return 'Applied';
  return activity.replies.count > 0 ? 'Discussed' : null;
}

/** Its first posting arrived, and calls itself the first: a v5 whose v4 never came here is a version, not a new series. */
function isNewSeries({ series, arrived }: SeriesActivity): boolean {
  const first = series.revisions[0];
  return first !== undefined && arrived.includes(first.id) && first.version < 2 && !tellsOfEarlier(first);
}

/** Its letter tells what changed in a v2 or later, though the subject says no version. */
function tellsOfEarlier(revision: RevisionRecord): boolean {
  return revision.changelog.some((entry) => (entry.version ?? 0) >= 2);
}

function isApplied(state: SeriesRecord['state']['name']): boolean {
  return state === 'applied' || state === 'merged';
}

/** The newest revision that arrived in the window; for talk and state, the latest that was there when it ended. */
function shownRevision(
  { series, arrived }: SeriesActivity,
  section: SectionName,
  until: string,
): RevisionRecord | null {
  const isNews = section === 'New series' || section === 'New versions';
  const there = series.revisions.filter((revision) =>
    isNews ? arrived.includes(revision.id) : (revision.arrived ?? '') < until,
  );
  return there.at(-1) ?? latestRevision(series);
}

const NO_SUBSYSTEM = { slug: 'other', name: 'Other' };

/** The group that a series stands in: its primary subsystem if that is followed, else the first followed one it matches, else its primary. */
function homeOf(series: SeriesRecord, followed: readonly string[]): { slug: string; name: string } {
  const primary = series.subsystems.find((subsystem) => subsystem.primary);
  const wanted = series.subsystems.filter((subsystem) => followed.includes(subsystem.slug));
  const home = wanted.find((subsystem) => subsystem.primary) ?? wanted[0] ?? primary ?? series.subsystems[0];
  return home === undefined ? NO_SUBSYSTEM : { slug: home.slug, name: home.name };
}

function toItem(
  activity: SeriesActivity,
  revision: RevisionRecord,
  home: string,
  because: readonly string[],
  until: string,
): DigestItem {
  const { series, replies } = activity;
  const { diffstat } = revision;
  const outcome = outcomeAt(activity, until);
  return {
    id: series.id,
    title: revision.title,
    kind: series.kind,
    prefixes: [...revision.prefixes],
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
    state: outcome.name,
    stateText: outcome.text,
    reviews: revision.reviewText,
    replies: replies.count,
    repliers: replies.people,
    also: alsoOf(series, home),
    because: [...because],
  };
}

/** The state as the window knew it: what was decided later is not told in a digest of an earlier day. */
function outcomeAt(
  { series, evidence }: SeriesActivity,
  until: string,
): { name: DigestItem['state']; text: string | null } {
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

function groupBySubsystem(placed: readonly Placed[], request: DigestRequest): DigestGroup[] {
  const bySlug = new Map<string, Placed[]>();
  for (const one of placed) {
    const members = bySlug.get(one.slug);
    if (members === undefined) bySlug.set(one.slug, [one]);
    else members.push(one);
  }
  const order = request.follows.flatMap((follow) => follow.slugs);
  const rank = (slug: string) => (order.includes(slug) ? order.indexOf(slug) : order.length);
  return [...bySlug.entries()]
    .map(([slug, members]) => toGroup(slug, members, request.budget))
    .sort(
      (a, b) =>
        rank(a.subsystem.slug) - rank(b.subsystem.slug) ||
        sizeOf(b) - sizeOf(a) ||
        compareText(a.subsystem.slug, b.subsystem.slug),
    );
}

function sizeOf(group: DigestGroup): number {
  return group.sections.reduce((sum, section) => sum + section.items.length + section.more, 0);
}

function toGroup(slug: string, members: readonly Placed[], budget: number): DigestGroup {
  const shown = members.filter((one) => !one.single);
  const singles = members.filter((one) => one.single);
  const sections = sectionNames
    .map((name) => toSection(name, shown, budget))
    .filter((section) => section.items.length > 0 || section.more > 0);
  const inSection = (...names: SectionName[]) => singles.filter((one) => names.includes(one.section)).length;
  return {
    subsystem: { slug, name: members[0]?.name ?? slug },
    sections,
    omitted: {
      items: sections.reduce((sum, section) => sum + section.more, 0),
      singlePatches: inSection('New series', 'New versions'),
      singlePatchesApplied: inSection('Applied'),
      singlePatchesDiscussed: inSection('Discussed'),
    },
  };
}

function toSection(name: SectionName, placed: readonly Placed[], budget: number): DigestSection {
  const items = placed.filter((one) => one.section === name).map((one) => one.item);
  items.sort(ORDER[name]);
  return { name, items: items.slice(0, budget), more: Math.max(0, items.length - budget) };
}

type Order = (a: DigestItem, b: DigestItem) => number;

/** RFCs and resends after what asks to be merged; then what people talk about; then what is large; then the oldest. */
const byInterest: Order = (a, b) =>
  Number(a.kind === 'pull') - Number(b.kind === 'pull') ||
  Number(a.resend) - Number(b.resend) ||
  Number(a.rfc) - Number(b.rfc) ||
  b.repliers - a.repliers ||
  b.total - a.total ||
  byDate(a, b);

const byTalk: Order = (a, b) => b.repliers - a.repliers || b.replies - a.replies || byDate(a, b);

const byDate: Order = (a, b) => compareText(a.date ?? '', b.date ?? '') || compareText(a.id, b.id);

const ORDER: Readonly<Record<SectionName, Order>> = {
  'New series': byInterest,
  'New versions': byInterest,
  Discussed: byTalk,
  Applied: byDate,
};

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function countAll(placed: readonly Placed[]): Digest['counts'] {
  const inSection = (name: SectionName) => placed.filter((one) => !one.single && one.section === name).length;
  return {
    series: inSection('New series'),
    versions: inSection('New versions'),
    discussed: inSection('Discussed'),
    applied: inSection('Applied'),
    singlePatches: placed.filter((one) => one.single).length,
    replies: placed.reduce((sum, one) => sum + one.item.replies, 0),
  };
}
