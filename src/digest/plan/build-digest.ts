import type { Digest, DigestGroup, DigestItem, DigestSection } from './digest.js';
import type { DigestRequest } from './digest-request.js';
import { briefly } from './digest-units.js';
import { byImportance, compareText, type Order, orderFor } from './item-order.js';
import { mergeBackports } from './merge-backports.js';
import { type Placed, place } from './place-series.js';
import { noCounts, type SectionName, type SinglesKey, sections, withoutZeros } from './sections.js';

/** Builds a digest: what the follows match of what happened, grouped by subsystem, within the budget. Pure. */
export function buildDigest(request: DigestRequest): Digest {
  return arrangeDigest(
    request.activities.flatMap((activity) => place(activity, request)),
    request,
  );
}

/** A digest of items whose sections are already decided: groups, order, budget and counts. */
export function arrangeDigest(all: readonly Placed[], request: Omit<DigestRequest, 'activities'>): Digest {
  const placed = mergeBackports(all);
  const groups = groupBySubsystem(placed, request);
  return {
    window: { ...request.window },
    follows: request.follows.map((follow) => follow.text),
    groups,
    counts: countAll(placed),
  };
}

function groupBySubsystem(
  placed: readonly Placed[],
  request: Omit<DigestRequest, 'activities'>,
): DigestGroup[] {
  const bySlug = new Map<string, Placed[]>();
  for (const one of placed) {
    const members = bySlug.get(one.slug);
    if (members === undefined) bySlug.set(one.slug, [one]);
    else members.push(one);
  }
  const order = request.follows.flatMap((follow) => follow.slugs);
  const rank = (slug: string) => (order.includes(slug) ? order.indexOf(slug) : order.length);
  return [...bySlug.entries()]
    .map(([slug, members]) => toGroup(slug, members, request))
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

function toGroup(
  slug: string,
  members: readonly Placed[],
  { budget, keepsSingles, order = 'importance' }: Pick<DigestRequest, 'budget' | 'keepsSingles' | 'order'>,
): DigestGroup {
  const shown = members.filter((one) => !one.single);
  const singles = members.filter((one) => one.single);
  const filled = sections
    .map((row) => toSection(row.name, shown, { budget, order: orderFor(order, row.order) }))
    .filter((section) => section.items.length > 0 || section.more > 0);
  return {
    subsystem: { slug, name: members[0]?.name ?? slug },
    sections: filled,
    omitted: {
      items: filled.reduce((sum, section) => sum + section.more, 0),
      ...countSingles(singles),
    },
    ...(keepsSingles === true && singles.length > 0 ? { singles: singlesOf(singles, budget) } : {}),
  };
}

function toSection(
  name: SectionName,
  placed: readonly Placed[],
  { budget, order }: { readonly budget: number; readonly order: Order },
): DigestSection {
  const items = placed.filter((one) => one.section === name).map((one) => one.item);
  items.sort(order);
  return { name, items: items.slice(0, budget), more: Math.max(0, items.length - budget) };
}

function singlesOf(singles: readonly Placed[], budget: number): DigestItem[] {
  const items = singles.map((one) => one.item).sort(byImportance);
  return items.slice(0, budget).map(briefly);
}

function countSingles(singles: readonly Placed[]): Record<SinglesKey, number> {
  const counts = { singlePatches: 0, singlePatchesApplied: 0, singlePatchesDiscussed: 0 };
  for (const row of sections) counts[row.singles] += singles.filter((one) => one.section === row.name).length;
  return counts;
}

function countAll(placed: readonly Placed[]): Digest['counts'] {
  const counts = noCounts();
  for (const row of sections)
    counts[row.count] = placed.filter((one) => !one.single && one.section === row.name).length;
  return {
    ...withoutZeros(counts),
    singlePatches: placed.filter((one) => one.single).length,
    replies: placed.reduce((sum, one) => sum + one.item.replies, 0),
  };
}
