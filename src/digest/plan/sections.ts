import type { RevisionRecord } from '../series/record.js';
import { count } from '../text/count.js';
import type { SeriesActivity } from './activity.js';
import { byDate, byImportance, byTalk, type Order } from './item-order.js';

/** One section of a digest, with everything about it. */
interface SectionRow {
  /** Its heading, its name in JSON and in stored digests. */
  readonly name: string;
  /** The field of a digest's counts. */
  readonly count: string;
  /** The field of a group's omitted counts in which single patches are counted. */
  readonly singles: string;
  /** It shows a posting that arrived, with its summary; the others report about an earlier one. */
  readonly isNews: boolean;
  /** If several sections match a series, the lowest is chosen. Unique: raise those behind a new one. */
  readonly precedence: number;
  readonly holds: (activity: SeriesActivity) => boolean;
  readonly order: Order;
  /** `3 new series`, as headlines count them. */
  readonly words: (n: number) => string;
  /** The same for single patches, after their number: `4 single patches: 3 new, 1 discussed`. */
  readonly singleWords: (n: number) => string;
}

const newSingles = {
  singles: 'singlePatches',
  singleWords: (n: number) => `${n} new`,
} as const;

/**
 * The sections of a digest, in the order in which they are shown. A new section is a row here; the compiler then names the fields that
 * digest.ts lacks, and behind these the other places.
 */
export const sections = [
  {
    name: 'New series',
    count: 'series',
    ...newSingles,
    isNews: true,
    precedence: 1,
    holds: isNewSeries,
    order: byImportance,
    words: (n) => `${n} new series`,
  },
  {
    name: 'New versions',
    count: 'versions',
    ...newSingles,
    isNews: true,
    precedence: 2,
    holds: (activity) => activity.arrived.length > 0 && !isNewBackport(activity),
    order: byImportance,
    words: (n) => count(n, 'new version'),
  },
  {
    name: 'Discussed',
    count: 'discussed',
    singles: 'singlePatchesDiscussed',
    isNews: false,
    precedence: 4,
    holds: ({ replies, verdicts = [] }) => replies.count > 0 || verdicts.length > 0,
    order: byTalk,
    words: (n) => `${n} discussed`,
    singleWords: (n) => `${n} discussed`,
  },
  {
    name: 'Applied',
    count: 'applied',
    singles: 'singlePatchesApplied',
    isNews: false,
    precedence: 3,
    holds: wasApplied,
    order: byImportance,
    words: (n) => `${n} applied`,
    singleWords: (n) => `${n} applied`,
  },
  {
    name: 'Backports',
    count: 'backports',
    ...newSingles,
    isNews: false,
    precedence: 0,
    holds: isNewBackport,
    order: byImportance,
    words: (n) => count(n, 'backport'),
  },
  {
    name: 'Waiting',
    count: 'waiting',
    ...newSingles,
    isNews: false,
    precedence: 5,
    holds: ({ waits }) => waits !== undefined,
    order: byDate,
    words: (n) => `${n} waiting`,
  },
] as const satisfies readonly SectionRow[];

type Row = (typeof sections)[number];
export type SectionName = Row['name'];
export type CountKey = Row['count'];
export type SinglesKey = Row['singles'];

export const sectionNames = sections.map(({ name }) => name);

/** One row for each count of single patches: those of both kinds of news are counted together. */
export const singlesRows: readonly Row[] = sections.filter(
  (row, at) => sections.findIndex(({ singles }) => singles === row.singles) === at,
);

/** The sections by the names that people choose them by. */
export const sectionKeys = sections.map(({ count }) => count);

/** The default sections: what is waiting is not news. */
export const usualSections: readonly CountKey[] = sectionKeys.filter((key) => key !== 'waiting');

const byPrecedence = [...sections].sort((a, b) => a.precedence - b.precedence);

/** The section of what happened to a series, among the chosen ones; null if none of them shows it. */
export function sectionOf(activity: SeriesActivity, chosen: readonly CountKey[] = sectionKeys): Row | null {
  return byPrecedence.find(({ count, holds }) => chosen.includes(count) && holds(activity)) ?? null;
}

const newsNames: ReadonlySet<SectionName> = new Set(
  sections.filter(({ isNews }) => isNews).map(({ name }) => name),
);

/** The section shows postings that arrived. */
export function isNewsSection(name: SectionName): boolean {
  return newsNames.has(name);
}

/** A count of each section, to add to. */
export function noCounts(): Record<CountKey, number> {
  return { series: 0, versions: 0, discussed: 0, applied: 0, backports: 0, waiting: 0 };
}

/** Counts as digests have them: what waits and backports only where there are any. */
export function withoutZeros({
  backports,
  waiting,
  ...usual
}: Readonly<Record<CountKey, number>>): Omit<Record<CountKey, number>, 'backports' | 'waiting'> &
  Partial<Record<'backports' | 'waiting', number>> {
  return {
    ...usual,
    ...(backports === 0 ? {} : { backports }),
    ...(waiting === 0 ? {} : { waiting }),
  };
}

/** How many series all sections together count. */
export function seriesCounted(counts: Readonly<Partial<Record<CountKey, number | undefined>>>): number {
  return sections.reduce((sum, section) => sum + (counts[section.count] ?? 0), 0);
}

/** Copies of known work are not new, in whatever version; also where their section is not shown. */
function isNewBackport({ series, arrived }: SeriesActivity): boolean {
  return series.backport !== undefined && arrived.length > 0;
}

/**
 * Its first posting arrived, and calls itself the first: a v5 whose v4 never came here is a version, not a new series. So is a v2 that came in
 * the same window as its v1, which it replaces: a heading "New series" above "[v2]" would contradict it.
 */
function isNewSeries({ series, arrived, reportedBefore }: SeriesActivity): boolean {
  const first = series.revisions[0];
  return (
    reportedBefore !== true &&
    series.backport === undefined &&
    first !== undefined &&
    arrived.includes(first.id) &&
    series.revisions.every(({ id, version }) => version < 2 || !arrived.includes(id)) &&
    !namesEarlierVersion(first)
  );
}

/** Its letter says what changed in a v2 or later, though the subject has no version. */
function namesEarlierVersion(revision: RevisionRecord): boolean {
  return revision.changelog.some((entry) => (entry.version ?? 0) >= 2);
}

function wasApplied({ series, evidence }: SeriesActivity): boolean {
  const { name } = series.state;
  return evidence.length > 0 && (name === 'applied' || name === 'merged');
}
