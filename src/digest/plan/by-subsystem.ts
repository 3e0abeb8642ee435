import type { Digest, DigestGroup } from './digest.js';
import type { ReportedSeries } from './plan-digest.js';
import { noCounts, sections, singlesRows, withoutZeros } from './sections.js';

/** How many subsystems have their own headline; the others share one. */
const MOST_HEADLINES = 8;

/** A digest, or its part about some subsystems, with what is delivered by it. */
export interface DigestShare {
  readonly digest: Digest;
  readonly reported: readonly ReportedSeries[];
}

/** A digest as one for each of its subsystems, in order: together they count and deliver the same. */
export function bySubsystem({ digest, reported }: DigestShare): DigestShare[] {
  const { groups } = digest;
  const alone = groups.length <= MOST_HEADLINES ? groups.length : MOST_HEADLINES - 1;
  const shares = [
    ...groups.slice(0, alone).map((group) => [group]),
    ...(alone < groups.length ? [groups.slice(alone)] : []),
  ];
  const shareOf = new Map(shares.flatMap((share, at) => share.map(({ subsystem }) => [subsystem.slug, at])));
  return shares.map((share, at) => ({
    digest: { ...digest, groups: share, counts: countsOf(share) },
    // What is in no group is named by the first headline.
    reported: reported.filter(({ slug }) => (shareOf.get(slug) ?? 0) === at),
  }));
}

/** What some groups count, shown or not. */
function countsOf(groups: readonly DigestGroup[]): Digest['counts'] {
  const counts = noCounts();
  let replies = 0;
  for (const group of groups)
    for (const section of group.sections) {
      const key = sections.find(({ name }) => name === section.name)?.count;
      if (key !== undefined) counts[key] += section.items.length + section.more;
      replies += section.items.reduce((sum, item) => sum + item.replies, 0);
    }
  const singlePatches = groups.reduce(
    (sum, { omitted }) => sum + singlesRows.reduce((n, { singles }) => n + omitted[singles], 0),
    0,
  );
  return {
    ...withoutZeros(counts),
    singlePatches,
    replies,
  };
}
