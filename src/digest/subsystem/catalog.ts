import { createDrafts, finishDrafts, freeSlug, KNOWN_BY_SLUG, parentOf } from './drafts.js';
import { homeByNameOrList, homeByPath, slugsByName } from './home-of-entry.js';
import { KNOWN_SUBSYSTEMS } from './known-subsystems.js';
import { isEverybodysList } from './list-address.js';
import { createPathMatcher, type MatchPath, takesEverything } from './match-paths.js';
import { compilePathPattern } from './path-pattern.js';
import { searchWordsOf } from './search-words.js';
import { sectionSlug } from './section-name.js';
import type { MaintainersEntry, Subsystem } from './subsystem.js';

/** Everything that can be followed, ready for look-ups; made once from a MAINTAINERS file, or without one. */
export interface Catalog {
  readonly entries: readonly MaintainersEntry[];
  /** Sorted by slug. */
  readonly subsystems: readonly Subsystem[];
  readonly bySlug: ReadonlyMap<string, Subsystem>;
  /** Slug for each alias, lower case; a slug is never an alias. */
  readonly byAlias: ReadonlyMap<string, string>;
  /** Slug for each list address. */
  readonly byList: ReadonlyMap<string, string>;
  /** For each entry the slugs that it is part of: its home first, its own child second where it has one. */
  readonly slugsOfEntry: readonly (readonly string[])[];
  readonly matchPath: MatchPath;
  /** For each subsystem the words it is found by; computed at the first search. */
  readonly searchWords: () => readonly (readonly string[])[];
  /** Slugs that a path belonged to before the files moved. */
  readonly formerSlugs: (path: string) => readonly string[];
}

/**
 * Makes the catalog. A top-level subsystem is a list together with the entries that name the list and those that belong to it by name; an
 * entry without its own list is a subsystem under its own name; beneath, each entry is a child of its home.
 */
export function buildCatalog(entries: readonly MaintainersEntry[]): Catalog {
  const { drafts, get, ofList } = createDrafts();
  for (const known of KNOWN_SUBSYSTEMS) get(known.slug);
  const slugsOfEntry: string[][] = [];
  const matchPath = createPathMatcher(entries);
  entries.forEach((entry, position) => {
    const slugs = new Set<string>();
    slugsOfEntry.push([]);
    if (takesEverything(entry)) return;
    const found = homeByNameOrList(entry, ofList) ?? homeByPath(entry, entries, matchPath, ofList);
    const home = found === null ? null : (parentOf(found) ?? found);
    if (home !== null) slugs.add(home);
    if (found !== null && home !== null) {
      const strip = KNOWN_BY_SLUG.get(home)?.sections ?? [];
      const word = found !== home ? found.slice(home.length + 1) : sectionSlug(entry.name, strip, home);
      const child =
        found !== home
          ? found
          : word === '' || word === home
            ? null
            : freeSlug(`${home}/${word}`, entry.name, (slug) => drafts.has(slug));
      if (child !== null) {
        get(child).entries.push(position);
        slugs.add(child);
      }
    } else {
      const slug = freeSlug(sectionSlug(entry.name, [], null) || 'section', entry.name, (taken) =>
        drafts.has(taken),
      );
      slugs.add(slug);
    }
    for (const list of entry.lists) if (!isEverybodysList(list)) slugs.add(ofList(list));
    for (const slug of slugsByName(entry.name)) slugs.add(slug);
    for (const slug of slugs) {
      const draft = get(slug);
      if (!draft.entries.includes(position)) draft.entries.push(position);
    }
    slugsOfEntry[position] = [...slugs];
  });
  return complete(entries, finishDrafts(drafts, entries), slugsOfEntry, matchPath);
}

/**
 * The same catalog and the lists that it does not know, by the slugs of series that were sent to them: they can be followed and searched
 * for like any other. A slug that already names something stays what it is.
 */
export function withLists(catalog: Catalog, slugs: readonly string[]): Catalog {
  const lists = slugs
    .filter((slug) => !catalog.bySlug.has(slug) && !catalog.byAlias.has(slug))
    .map((slug): Subsystem => ({ slug, name: slug, parent: null, lists: [], entries: [], aliases: [] }));
  if (lists.length === 0) return catalog;
  const subsystems = [...catalog.subsystems, ...lists].sort((a, b) => (a.slug < b.slug ? -1 : 1));
  return complete(catalog.entries, subsystems, catalog.slugsOfEntry, catalog.matchPath);
}

/** Without a MAINTAINERS file: the subsystems that are known anyway, matched by list and title prefix. */
export function emptyCatalog(): Catalog {
  return buildCatalog([]);
}

function complete(
  entries: readonly MaintainersEntry[],
  subsystems: readonly Subsystem[],
  slugsOfEntry: readonly (readonly string[])[],
  matchPath: MatchPath,
): Catalog {
  const bySlug = new Map(subsystems.map((subsystem) => [subsystem.slug, subsystem]));
  const byList = new Map<string, string>();
  for (const { slug, lists } of subsystems) for (const list of lists) byList.set(list, slug);
  const former = KNOWN_SUBSYSTEMS.flatMap(({ slug, formerPaths }) =>
    formerPaths.map((path) => ({ slug, pattern: compilePathPattern(path) })),
  );
  let searchWords: readonly (readonly string[])[] | undefined;
  return {
    entries,
    subsystems,
    bySlug,
    byAlias: indexAliases(subsystems, bySlug),
    byList,
    slugsOfEntry,
    matchPath,
    searchWords: () => {
      searchWords ??= subsystems.map((subsystem) => searchWordsOf(entries, subsystem));
      return searchWords;
    },
    formerSlugs: (path) => {
      const slashes = path.split('/').length - 1;
      return former
        .filter(
          ({ pattern }) =>
            path.startsWith(pattern.base) && pattern.matches(path.slice(pattern.base.length), slashes),
        )
        .map(({ slug }) => slug);
    },
  };
}

/** The slug for each other name that people may type: known aliases first, then lists, full names, and children that are alone in theirs. */
function indexAliases(
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
  // `gup` for mm/gup, if nothing else has that name.
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
