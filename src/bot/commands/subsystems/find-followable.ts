import type { Followable, FollowableFound } from '../../../digest/ports/public-library.js';
import { findSubsystems } from '../../../digest/subsystem/find-subsystems.js';
import type { Subsystem } from '../../../digest/subsystem/subsystem.js';
import type { Library } from '../../library.js';

/** A list with one MAINTAINERS entry is a subsystem and its only part, under the same name: one line says it. */
function repeatsParent({ catalog }: Library, { name, parent }: Subsystem): boolean {
  return parent !== null && catalog.bySlug.get(parent)?.name === name;
}

/** What can be followed: those that match the words, those with most series here first. */
export async function findFollowable(library: Library, words: string): Promise<FollowableFound> {
  const here = new Map((await library.store.subsystemCounts()).map((row) => [row.slug, row]));
  const answer = findSubsystems(library.catalog, words);
  const rows = answer.found
    .filter((one) => !repeatsParent(library, one))
    .map(
      ({ slug, name, lists, aliases }): Followable => ({
        slug,
        name,
        lists,
        aliases,
        series: here.get(slug)?.series ?? 0,
      }),
    );
  rows.sort((a, b) => b.series - a.series || (a.slug < b.slug ? -1 : 1));
  return { subsystems: rows, near: answer.near?.map((one) => one.slug) ?? [] };
}
