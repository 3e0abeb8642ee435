import { quietHoursText } from '../schedule/quiet-hours.js';
import { count } from '../text/count.js';
import { bySubsystem, type DigestShare } from './by-subsystem.js';
import { budgetFor, cutGroups } from './cut-digest.js';
import type { Digest, DigestGroup } from './digest.js';
import { groupsOf, type Unit, unitsOf, withoutSummary } from './digest-units.js';
import { DEFAULT_LAYOUT, type DigestForm, type DigestLayout } from './layout.js';
import type { Fits, PartContent } from './part-content.js';
import { NO_SUBSYSTEM } from './place-series.js';
import type { DigestPlan, ReportedSeries } from './plan-digest.js';
import { compactHeadline, type HeadlineMaker, headlineOf, planHeadline } from './plan-headline.js';
import { seriesCounted, singlesRows } from './sections.js';
import { splitUnits } from './split-units.js';

/** One message of a digest, with what counts as delivered once it is posted. */
export interface PartPlan {
  readonly content: PartContent;
  /** Message.id of covers and patches. */
  readonly messageKeys: readonly string[];
  /** RevisionRecord.id of the revisions that it names. */
  readonly mentions: readonly string[];
}

/** The most series that all sections together show. */
const ALL_ITEMS = 80;
/** Summaries are left out if they would make more messages than this. */
const MESSAGES_WITH_SUMMARIES = 6;
const MAX_DETAILS = 20;

/**
 * A digest as messages, each of which fits: a headline, and under it the details, a few lines for each series, with its summary if there is
 * room. The headline comes first and is always there. What no message shows (`+4 more`, single patches) belongs to the one that counts it.
 * A place may want a headline for each subsystem, with its details below it.
 */
export function planParts(
  plan: Pick<DigestPlan, 'digest' | 'reported' | 'late'> & Partial<Pick<DigestPlan, 'heldBack' | 'isReview'>>,
  fits: Fits,
  notes: readonly string[] = [],
  layout: DigestLayout = DEFAULT_LAYOUT,
): PartPlan[] {
  const { digest, isReview = false } = plan;
  const allNotes = [...notes, ...heldNote(plan, layout), ...lateNote(plan)];
  const total = seriesCounted(digest.counts) + digest.counts.singlePatches;
  const budget = budgetFor(digest, layout.items, ALL_ITEMS);
  const shares = layout.threads === 'subsystem' && digest.groups.length > 1 ? bySubsystem(plan) : [plan];
  return shares.flatMap((share, at) =>
    planShare(share, fits, at === 0 ? allNotes : [], {
      form: layout.form,
      budget,
      total,
      isReview,
      isOne: shares.length > 1,
    }),
  );
}

interface ShareForm {
  readonly form: DigestForm;
  /** How many series each section shows. */
  readonly budget: number;
  /** How many the whole digest counts. */
  readonly total: number;
  readonly isReview: boolean;
  /** There are others. */
  readonly isOne: boolean;
}

/** A headline with the details below it. */
function planShare(
  plan: DigestShare,
  fits: Fits,
  notes: readonly string[],
  { form, budget, total, isReview, isOne }: ShareForm,
): PartPlan[] {
  const { digest } = plan;
  const cut = cutGroups(digest.groups, budget);
  const all: { all?: number } = hidesSome(cut) ? { all: total } : {};
  const share: { share?: true } = isOne ? { share: true } : {};
  const headlineWith: HeadlineMaker = (groups, details, more = [], otherGroups = 0) => ({
    ...headlineOf(digest, groups, details, [...notes, ...more]),
    form,
    ...share,
    ...all,
    ...(otherGroups === 0 ? {} : { otherGroups }),
    ...(isReview ? weeksOf(digest) : {}),
  });
  const compact = compactHeadline(digest, cut, fits, headlineWith);
  if (compact !== null) return [withReported(compact, plan.reported)];
  const alone = cut.length === 1 ? { alone: true } : {};
  const details = planDetails(cut, { form, ...share, ...alone, all: total }, fits);
  const shown = details.slice(0, MAX_DETAILS);
  const left = details.slice(MAX_DETAILS).flat();
  const parts: PartContent[] = shown.map((units, at) =>
    detailsOf(
      digest.window,
      { form, ...share, ...alone, ...(hidesSome(groupsOf(units)) ? all : {}) },
      units,
      {
        number: at + 1,
        of: shown.length,
      },
    ),
  );
  if (left.length > 0) all.all = total;
  const headline = planHeadline(cut, shown.length, fits, leftNote(left), headlineWith);
  const partOf = locate(shown);
  const reported: ReportedSeries[][] = [headline, ...parts].map(() => []);
  for (const one of plan.reported) reported[partOf(one)]?.push(one);
  return [headline, ...parts].map((content, at) => withReported(content, reported[at] ?? []));
}

/** A weekly digest of one subsystem shows its weeks: with several, the weeks of one would not represent the digest. */
function weeksOf({ groups }: Digest): { readonly weeksOf?: string } {
  const tops = new Set(groups.map(({ subsystem }) => subsystem.slug.split('/')[0] ?? ''));
  const [only] = tops;
  return tops.size !== 1 || only === undefined || only === NO_SUBSYSTEM.slug ? {} : { weeksOf: only };
}

function withReported(content: PartContent, reported: readonly ReportedSeries[]): PartPlan {
  return {
    content,
    messageKeys: [...new Set(reported.flatMap(({ messageKeys }) => messageKeys))],
    mentions: [...new Set(reported.map(({ mention }) => mention))],
  };
}

/** In which part a series is listed or counted; 0, the headline, if in no other. */
function locate(shown: readonly (readonly Unit[])[]): (reported: ReportedSeries) => number {
  const byItem = new Map<string, number>();
  const byGroup = new Map<string, number>();
  for (const [at, units] of shown.entries())
    for (const { item, group, last } of units) {
      if (item !== null) byItem.set(item.id, at + 1);
      if (last) byGroup.set(group.subsystem.slug, at + 1);
    }
  return ({ id, slug }) => byItem.get(id) ?? byGroup.get(slug) ?? 0;
}

/** A group counts more than it shows. */
function hidesSome(groups: readonly DigestGroup[]): boolean {
  return groups.some(
    ({ sections, omitted }) =>
      sections.some(({ more }) => more > 0) || singlesRows.some(({ singles }) => omitted[singles] > 0),
  );
}

/** How its items are shown, and how many there are in all. */
interface DetailsForm {
  readonly form: DigestForm;
  readonly alone?: boolean;
  readonly share?: true;
  readonly all?: number;
}

function planDetails(groups: readonly DigestGroup[], form: DetailsForm, fits: Fits): Unit[][] {
  const whole = unitsOf(groups);
  // As large as it can become: the numbers are not known yet.
  const fitsUnits = (units: readonly Unit[]): boolean =>
    fits(detailsOf(NO_WINDOW, form, units, { number: MAX_DETAILS, of: MAX_DETAILS }));
  const [first = []] = splitUnits(whole, fitsUnits, 1);
  // Rendering all of them only to discard most would be the largest cost.
  const farTooLong = weightOf(whole) > weightOf(first) * MESSAGES_WITH_SUMMARIES * 1.5;
  if (!farTooLong) {
    const full = splitUnits(whole, fitsUnits, MESSAGES_WITH_SUMMARIES + 1, first.length);
    if (full.length <= MESSAGES_WITH_SUMMARIES) return full;
  }
  return splitUnits(whole.map(withoutSummary), fitsUnits, Number.POSITIVE_INFINITY, first.length * 2);
}

/** The approximate amount to read; long text is shortened. */
function weightOf(units: readonly Unit[]): number {
  const most = (text: string | null | undefined) => Math.min(text?.length ?? 0, 200);
  return units.reduce(
    (sum, { item }) => sum + 150 + most(item?.title) + most(item?.summary) + most(item?.changed),
    0,
  );
}

const NO_WINDOW = { since: '2000-01-01T00:00:00Z', until: '2000-01-01T00:00:00Z' };

function detailsOf(
  window: Digest['window'],
  form: DetailsForm,
  units: readonly Unit[],
  place: { readonly number: number; readonly of: number },
): PartContent {
  return { kind: 'details', version: 1, window, ...form, groups: groupsOf(units), ...place };
}

function lateNote({ late }: Pick<DigestPlan, 'late'>): string[] {
  return late === 0
    ? []
    : [
        `${count(late, 'older posting')} came here more than a week late and ${late === 1 ? 'is' : 'are'} not listed.`,
      ];
}

/** Says that what should have been posted immediately is here instead. */
function heldNote(
  { heldBack = 0 }: Partial<Pick<DigestPlan, 'heldBack'>>,
  { limit, quiet }: DigestLayout,
): string[] {
  if (heldBack === 0) return [];
  const hours = quiet == null ? [] : [`quiet hours ${quietHoursText(quiet)}`];
  const most = limit === undefined ? [] : [`at most ${count(limit, 'message')} an hour`];
  const why = [...hours, ...most].join(', ');
  const were = heldBack === 1 ? 'One of these was' : `${heldBack} of these were`;
  return [`${were} not posted at once${why === '' ? '' : ` (${why})`}.`];
}

function leftNote(left: readonly Unit[]): string[] {
  const items = left.filter(({ item }) => item !== null).length;
  if (left.length === 0) return [];
  const groups = new Set(left.map(({ group }) => group.subsystem.slug)).size;
  return [
    `${count(items, 'more series', 'more series')} in ${count(groups, 'subsystem')} are left out here.`,
  ];
}
