import { count } from '../text/count.js';
import { oneLine, shorten } from '../text/inert.js';
import { budgetFor, cutGroups } from './cut-digest.js';
import type { Digest, DigestGroup } from './digest.js';
import { groupsOf, type Unit, unitsOf, withoutSummary } from './digest-units.js';
import type { PartContent } from './part-content.js';
import type { DigestPlan, ToldSeries } from './plan-digest.js';
import { splitUnits } from './split-units.js';

/** Whether a part, rendered, goes into one message of the platform. */
export type Fits = (content: PartContent) => boolean;

/** One message of a digest, with what counts as delivered once it stands. */
export interface PartPlan {
  readonly content: PartContent;
  /** Message.id of covers and patches. */
  readonly messageKeys: readonly string[];
  /** RevisionRecord.id of the revisions that it names. */
  readonly mentions: readonly string[];
}

/** Of a section, and of all sections together. */
const SECTION_ITEMS = 25;
const ALL_ITEMS = 80;
/** So few need no thread. */
const COMPACT_ITEMS = 3;
/** Summaries are left out where they would make more messages than this. */
const MESSAGES_WITH_SUMMARIES = 6;
const MAX_DETAILS = 20;
const HEADLINE_TITLES = 15;
const MAX_FOLLOWS = 5;

/**
 * A digest as messages, each of which fits: a headline, and under it the details, two lines a series and its summary where there is
 * room. The headline comes first and is always there. What no message shows (`+4 more`, single patches) belongs to the one that counts it.
 */
export function planParts(
  plan: Pick<DigestPlan, 'digest' | 'told' | 'late'>,
  fits: Fits,
  notes: readonly string[] = [],
): PartPlan[] {
  const { digest } = plan;
  const budget = budgetFor(digest, SECTION_ITEMS, ALL_ITEMS);
  const cut = cutGroups(digest.groups, budget);
  const said = [...notes, ...lateNote(plan)];
  const compact = compactHeadline(digest, cut, fits, said);
  if (compact !== null) return [withTold(compact, plan.told)];
  const details = planDetails(cut, fits);
  const shown = details.slice(0, MAX_DETAILS);
  const left = details.slice(MAX_DETAILS).flat();
  const parts: PartContent[] = shown.map((units, at) => detailsOf(digest, units, at + 1, shown.length));
  const headline = planHeadline(digest, cut, shown.length, fits, [...said, ...leftNote(left)]);
  const partOf = locate(shown);
  const told: ToldSeries[][] = [headline, ...parts].map(() => []);
  for (const one of plan.told) told[partOf(one)]?.push(one);
  return [headline, ...parts].map((content, at) => withTold(content, told[at] ?? []));
}

function withTold(content: PartContent, told: readonly ToldSeries[]): PartPlan {
  return {
    content,
    messageKeys: [...new Set(told.flatMap(({ messageKeys }) => messageKeys))],
    mentions: [...new Set(told.map(({ mention }) => mention))],
  };
}

/** In which part a series stands, or is counted; 0, the headline, where no other does. */
function locate(shown: readonly (readonly Unit[])[]): (told: ToldSeries) => number {
  const byItem = new Map<string, number>();
  const byGroup = new Map<string, number>();
  for (const [at, units] of shown.entries())
    for (const { item, group, last } of units) {
      if (item !== null) byItem.set(item.id, at + 1);
      if (last) byGroup.set(group.subsystem.slug, at + 1);
    }
  return ({ id, slug }) => byItem.get(id) ?? byGroup.get(slug) ?? 0;
}

function planDetails(groups: readonly DigestGroup[], fits: Fits): Unit[][] {
  const whole = unitsOf(groups);
  const goes = (units: readonly Unit[]): boolean => fits(largestDetails(units));
  const [first = []] = splitUnits(whole, goes, 1);
  // Rendering all of them only to throw them away is what would cost most.
  const farTooLong = weightOf(whole) > weightOf(first) * MESSAGES_WITH_SUMMARIES * 1.5;
  if (!farTooLong) {
    const full = splitUnits(whole, goes, MESSAGES_WITH_SUMMARIES + 1, first.length);
    if (full.length <= MESSAGES_WITH_SUMMARIES) return full;
  }
  return splitUnits(whole.map(withoutSummary), goes, Number.POSITIVE_INFINITY, first.length * 2);
}

function weightOf(units: readonly Unit[]): number {
  return units.reduce(
    (sum, { item }) =>
      sum + 150 + (item?.title.length ?? 0) + (item?.summary?.length ?? 0) + (item?.changed?.length ?? 0),
    0,
  );
}

const NO_WINDOW = { since: '', until: '' };

/** As large as it can become: the numbers are not known yet. */
function largestDetails(units: readonly Unit[]): PartContent {
  return {
    kind: 'details',
    version: 1,
    window: NO_WINDOW,
    groups: groupsOf(units),
    number: MAX_DETAILS,
    of: MAX_DETAILS,
  };
}

function detailsOf(digest: Digest, units: readonly Unit[], number: number, of: number): PartContent {
  return { kind: 'details', version: 1, window: digest.window, groups: groupsOf(units), number, of };
}

/** All in one message where there is little to say; null where there is more, or it does not fit. */
function compactHeadline(
  digest: Digest,
  groups: readonly DigestGroup[],
  fits: Fits,
  notes: readonly string[],
): PartContent | null {
  const units = unitsOf(groups);
  if (units.filter(({ item }) => item !== null).length > COMPACT_ITEMS) return null;
  const content = headlineOf(digest, groups, 0, notes);
  if (digest.groups.length === 0 || fits(content)) return content;
  return null;
}

/** The first titles of each subsystem, as many as fit; then the first subsystems alone. */
function planHeadline(
  digest: Digest,
  groups: readonly DigestGroup[],
  details: number,
  fits: Fits,
  notes: readonly string[],
): PartContent {
  const most = groups.length === 1 ? 5 : Math.min(3, Math.floor(HEADLINE_TITLES / groups.length));
  for (let titles = most; titles >= 0; titles--) {
    const content = headlineOf(digest, firstTitles(groups, titles), details, notes);
    if (fits(content)) return content;
  }
  let [low, high] = [0, groups.length - 1];
  const upTo = (n: number): PartContent =>
    headlineOf(digest, firstTitles(groups.slice(0, n), 0), details, [
      ...notes,
      `And ${count(groups.length - n, 'more subsystem')}.`,
    ]);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(upTo(middle))) low = middle;
    else high = middle - 1;
  }
  return upTo(low);
}

function headlineOf(
  { window, follows, counts }: Digest,
  groups: readonly DigestGroup[],
  details: number,
  notes: readonly string[],
): PartContent {
  const named = follows.slice(0, MAX_FOLLOWS).map((text) => shorten(oneLine(text), 60));
  return {
    kind: 'headline',
    version: 1,
    window,
    follows: follows.length > MAX_FOLLOWS ? [...named, `${follows.length - MAX_FOLLOWS} more`] : named,
    counts,
    groups: [...groups],
    details,
    notes: [...notes],
  };
}

/** The group with its first items alone, in the order of its sections; the others are in `more`. */
function firstTitles(groups: readonly DigestGroup[], titles: number): DigestGroup[] {
  return groups.map((group) => {
    let left = titles;
    const sections = group.sections.map((section) => {
      const items = section.items.slice(0, left);
      left -= items.length;
      return { ...section, items, more: section.more + section.items.length - items.length };
    });
    return { ...group, sections };
  });
}

function lateNote({ late }: Pick<DigestPlan, 'late'>): string[] {
  return late === 0
    ? []
    : [
        `${count(late, 'older posting')} came here more than a week late and ${late === 1 ? 'is' : 'are'} not listed.`,
      ];
}

function leftNote(left: readonly Unit[]): string[] {
  const items = left.filter(({ item }) => item !== null).length;
  if (left.length === 0) return [];
  const groups = new Set(left.map(({ group }) => group.subsystem.slug)).size;
  return [
    `${count(items, 'more series', 'more series')} in ${count(groups, 'subsystem')}: \`/digest last\` shows them.`,
  ];
}
