import { KNOWN_SUBSYSTEMS } from './known-subsystems.js';
import { isEverybodysList, listBreadth, listSlug, listWords } from './list-address.js';
import { createPathMatcher, type MatchPath, takesEverything } from './match-paths.js';
import { compilePathPattern } from './path-pattern.js';
import { humanSectionName, sectionSlug, significantWords } from './section-name.js';
import type { MaintainersEntry, Subsystem } from './types.js';

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
  /** Slugs that a path belonged to before the files moved. */
  readonly formerSlugs: (path: string) => readonly string[];
}

interface Draft {
  readonly slug: string;
  name: string;
  readonly parent: string | null;
  readonly lists: string[];
  readonly entries: number[];
  readonly aliases: Set<string>;
}

/** Beginnings of section names with the slug that they belong to, longest first. */
const SECTIONS = KNOWN_SUBSYSTEMS.flatMap(({ slug, sections }) =>
  sections.map((section) => ({ slug, beginning: section.toUpperCase() })),
).sort((a, b) => b.beginning.length - a.beginning.length);

/** The known subsystems that a section's name begins like, the best fit first. */
function slugsByName(section: string): string[] {
  const upper = section.toUpperCase();
  return SECTIONS.filter(({ beginning }) => upper.startsWith(beginning)).map(({ slug }) => slug);
}

const parentOf = (slug: string): string | null => {
  const slash = slug.indexOf('/');
  return slash < 0 ? null : slug.slice(0, slash);
};

const KNOWN_BY_SLUG = new Map(KNOWN_SUBSYSTEMS.map((known) => [known.slug, known]));

/** Collects subsystems while a catalog is made. */
function createDrafts(): {
  drafts: Map<string, Draft>;
  get(slug: string): Draft;
  ofList(address: string): string;
} {
  const drafts = new Map<string, Draft>();
  const byList = new Map<string, string>();
  const get = (slug: string): Draft => {
    const there = drafts.get(slug);
    if (there !== undefined) return there;
    const known = KNOWN_BY_SLUG.get(slug);
    const made: Draft = {
      slug,
      name: known?.name ?? '',
      parent: parentOf(slug),
      lists: [...(known?.lists ?? [])],
      entries: [],
      aliases: new Set(known?.aliases ?? []),
    };
    drafts.set(slug, made);
    return made;
  };
  for (const known of KNOWN_SUBSYSTEMS) for (const list of known.lists) byList.set(list, known.slug);
  const ofList = (address: string): string => {
    const there = byList.get(address);
    if (there !== undefined) return there;
    const slug = listSlug(address);
    byList.set(address, slug);
    const draft = get(slug);
    if (!draft.lists.includes(address)) draft.lists.push(address);
    return slug;
  };
  return { drafts, get, ofList };
}

/** Where an entry is at home: what its name says, else the list that is most its own; null where it has none. */
function homeByNameOrList(entry: MaintainersEntry, ofList: (address: string) => string): string | null {
  const [known] = slugsByName(entry.name);
  if (known !== undefined) return known;
  const lists = entry.lists.filter((list) => !isEverybodysList(list));
  const best = lists.reduce<string | null>(
    (chosen, list) => (chosen === null || listBreadth(list) < listBreadth(chosen) ? list : chosen),
    null,
  );
  return best === null ? null : ofList(best);
}

/** The first pattern of an entry that says where its code is: not a document, a header or a test. */
function codePattern(entry: MaintainersEntry): string | null {
  const beside = ['Documentation/', 'include/', 'tools/testing/', 'rust/'];
  const pattern = entry.files.find((file) => !beside.some((start) => file.startsWith(start)));
  return pattern === undefined ? null : pattern.replaceAll('*', '_').replaceAll('?', '_');
}

/** A driver without a list is at home where its directory is: with the most precise other entry that has a list. */
function homeByPath(
  entry: MaintainersEntry,
  entries: readonly MaintainersEntry[],
  matchPath: MatchPath,
  ofList: (address: string) => string,
): string | null {
  const path = codePattern(entry);
  if (path === null) return null;
  let best: { home: string; depth: number } | null = null;
  for (const hit of matchPath(path.endsWith('/') ? `${path}_` : path)) {
    const other = entries[hit.entry];
    if (other === undefined || other === entry || hit.depth < 1 || hit.depth <= (best?.depth ?? 0)) continue;
    const home = homeByNameOrList(other, ofList);
    if (home !== null) best = { home: parentOf(home) ?? home, depth: hit.depth };
  }
  return best?.home ?? null;
}

/** A slug that nobody has yet: with more words of the name, then a number, where two sections come to the same. */
function freeSlug(wanted: string, section: string, taken: (slug: string) => boolean): string {
  if (!taken(wanted)) return wanted;
  const longer = `${wanted}-${significantWords(section, 4)}`;
  if (!taken(longer)) return longer;
  for (let number = 2; ; number += 1) if (!taken(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

function finish(drafts: Map<string, Draft>, entries: readonly MaintainersEntry[]): Subsystem[] {
  return [...drafts.values()]
    .map((draft) => {
      const only = draft.entries.length === 1 ? entries[draft.entries[0] ?? -1] : undefined;
      const name =
        draft.name !== '' ? draft.name : only !== undefined ? humanSectionName(only.name) : draft.slug;
      const aliases = [...draft.aliases, ...draft.lists.flatMap(listWords)].filter(
        (alias) => alias !== draft.slug,
      );
      return { ...draft, name, entries: draft.entries, aliases: [...new Set(aliases)].sort() };
    })
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

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

/**
 * Makes the catalog. A subsystem at the top stands for a list together with the entries that name the list and those whose
 * name says so; an entry without a list of its own is a subsystem by its own name; beneath, each entry is a child of its home.
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
  return complete(entries, finish(drafts, entries), slugsOfEntry, matchPath);
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
  return {
    entries,
    subsystems,
    bySlug,
    byAlias: indexAliases(subsystems, bySlug),
    byList,
    slugsOfEntry,
    matchPath,
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
