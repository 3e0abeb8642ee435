import { KNOWN_SUBSYSTEMS } from './known-subsystems.js';
import type { Subsystem } from './subsystem.js';

/** The slug for each other name that people may type: known aliases first, then lists, full names, and children that are alone in theirs. */
export function indexAliases(
  subsystems: readonly Subsystem[],
  bySlug: ReadonlyMap<string, Subsystem>,
): Map<string, string> {
  const byAlias = new Map<string, string>();
  const add = (alias: string, slug: string): void => {
    if (!bySlug.has(alias) && !byAlias.has(alias)) byAlias.set(alias, slug);
  };
  for (const known of KNOWN_SUBSYSTEMS)
    if (bySlug.has(known.slug)) for (const alias of known.aliases) add(alias, known.slug);
  for (const { slug, aliases } of subsystems) for (const alias of aliases) add(alias, slug);
  for (const { slug, name } of subsystems) add(name.toLowerCase(), slug);
  // `gup` for mm/gup, where nothing else is called so.
  const children = new Map<string, string[]>();
  for (const { slug, parent } of subsystems) {
    if (parent !== null)
      children.set(slug.slice(parent.length + 1), [
        ...(children.get(slug.slice(parent.length + 1)) ?? []),
        slug,
      ]);
  }
  for (const [word, slugs] of children) if (slugs.length === 1 && slugs[0] !== undefined) add(word, slugs[0]);
  return byAlias;
}
