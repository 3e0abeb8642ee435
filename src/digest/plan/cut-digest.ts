import type { Digest, DigestGroup } from './digest.js';

/** Cuts each section to so many items, the rest is in `more`, and leaves single patches to their count. */
export function cutGroups(groups: readonly DigestGroup[], items: number): DigestGroup[] {
  return groups.map(({ singles, ...group }) => {
    const sections = group.sections.map((section) => ({
      ...section,
      items: section.items.slice(0, items),
      more: section.more + Math.max(0, section.items.length - items),
    }));
    return {
      ...group,
      sections,
      omitted: { ...group.omitted, items: sections.reduce((sum, section) => sum + section.more, 0) },
    };
  });
}

/** The largest budget up to `most` for a section under which all sections together show at most `total`; 1 at least. */
export function budgetFor({ groups }: Digest, most: number, total: number): number {
  const lengths = groups.flatMap((group) => group.sections.map((section) => section.items.length));
  for (let budget = most; budget > 1; budget--)
    if (lengths.reduce((sum, length) => sum + Math.min(length, budget), 0) <= total) return budget;
  return 1;
}
