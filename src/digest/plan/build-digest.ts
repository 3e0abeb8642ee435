import type { Digest, DigestGroup, DigestSection, SectionName } from './digest.js';
import { sectionNames } from './digest.js';
import type { DigestRequest } from './digest-request.js';
import { compareText, ORDER } from './item-order.js';
import { type Placed, place } from './place-series.js';

/** Builds a digest: what the follows want of what happened, grouped by subsystem, within the budget. Pure. */
export function buildDigest(request: DigestRequest): Digest {
  return arrangeDigest(
    request.activities.flatMap((activity) => place(activity, request)),
    request,
  );
}

/** A digest of what has its place already: groups, order, budget and counts. */
export function arrangeDigest(placed: readonly Placed[], request: Omit<DigestRequest, 'activities'>): Digest {
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
