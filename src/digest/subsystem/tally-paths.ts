import type { Catalog } from './catalog.js';
import { listBreadth } from './list-address.js';
import type { ChangedPath } from './subsystem.js';

/** What the paths of a series say of one subsystem, each 0 to 1 of all changed lines. */
export interface PathTally {
  /** Lines that lie in it. */
  readonly touched: number;
  /** Lines of which it is the home, by the most precise entries. */
  readonly votes: number;
}

/** `kvm` for `kvm/x86`. */
export const topOf = (slug: string): string => {
  const slash = slug.indexOf('/');
  return slash < 0 ? slug : slug.slice(0, slash);
};

const linesOf = ({ changes }: ChangedPath): number => Math.max(1, changes ?? 1);

/** Whether an entry is at home with a vendor or an architecture alone, whose lists gather what is in many subsystems. */
function isCatchAll(catalog: Catalog, entry: number): boolean {
  const home = topOf(catalog.slugsOfEntry[entry]?.[0] ?? '');
  const lists = catalog.bySlug.get(home)?.lists ?? [];
  return home === 'arm64' || (lists.length > 0 && lists.every((list) => listBreadth(list) > 1));
}

/** Slugs that a path belongs to, and those that are its home, each with its certainty. */
function placesOf(
  catalog: Catalog,
  path: string,
): { touched: Map<string, number>; votes: Map<string, number> } {
  const touched = new Map<string, number>();
  const votes = new Map<string, number>();
  const former = catalog.formerSlugs(path);
  if (former.length > 0) {
    // fs/io_uring.c was io_uring's before it moved; what today's file says of fs/ does not hold for it.
    for (const slug of former) {
      touched.set(slug, 1).set(topOf(slug), 1);
      votes.set(topOf(slug), 1);
    }
    return { touched, votes };
  }
  const hits = catalog.matchPath(path);
  for (const { entry, weight } of hits) {
    for (const slug of catalog.slugsOfEntry[entry] ?? [])
      touched.set(slug, Math.max(touched.get(slug) ?? 0, weight));
  }
  // A chip maker's entry within drivers/rtc/ is more precise than the subsystem's, and yet takes its patches nowhere else.
  const own = hits.filter(({ entry, depth }) => depth > 0 && !isCatchAll(catalog, entry));
  const homely = own.length > 0 ? own : hits;
  const depth = Math.max(0, ...homely.map((hit) => hit.depth));
  const best = homely.filter((hit) => hit.depth === depth);
  const weight = best[0]?.weight ?? 0;
  const homes = new Set(best.flatMap(({ entry }) => catalog.slugsOfEntry[entry]?.[0] ?? []).map(topOf));
  // Beside the home, half a vote for the other subsystems of the same entries: memcg is mm's and the cgroups'.
  for (const { entry } of best)
    for (const slug of catalog.slugsOfEntry[entry] ?? []) votes.set(topOf(slug), weight / 2);
  for (const home of homes) votes.set(home, weight / homes.size);
  return { touched, votes };
}

/** Adds up where the changed lines lie; paths of no subsystem count in the whole. */
export function tallyPaths(catalog: Catalog, paths: readonly ChangedPath[]): Map<string, PathTally> {
  const tallies = new Map<string, PathTally>();
  const total = paths.reduce((sum, path) => sum + linesOf(path), 0);
  for (const changed of paths) {
    const part = linesOf(changed) / total;
    const { touched, votes } = placesOf(catalog, changed.path);
    for (const slug of new Set([...touched.keys(), ...votes.keys()])) {
      const there = tallies.get(slug) ?? { touched: 0, votes: 0 };
      tallies.set(slug, {
        touched: there.touched + part * (touched.get(slug) ?? 0),
        votes: there.votes + part * (votes.get(slug) ?? 0),
      });
    }
  }
  return tallies;
}
