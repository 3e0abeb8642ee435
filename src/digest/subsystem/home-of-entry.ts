import { parentOf } from './drafts.js';
import { KNOWN_SUBSYSTEMS } from './known-subsystems.js';
import { isEverybodysList, listBreadth } from './list-address.js';
import type { MatchPath } from './match-paths.js';
import type { MaintainersEntry } from './subsystem.js';

/** Beginnings of section names with the slug that they belong to, longest first. */
const SECTIONS = KNOWN_SUBSYSTEMS.flatMap(({ slug, sections }) =>
  sections.map((section) => ({ slug, beginning: section.toUpperCase() })),
).sort((a, b) => b.beginning.length - a.beginning.length);

/** The known subsystems that a section's name begins like, the best fit first. */
export function slugsByName(section: string): string[] {
  const upper = section.toUpperCase();
  return SECTIONS.filter(({ beginning }) => upper.startsWith(beginning)).map(({ slug }) => slug);
}

/** Where an entry is at home: what its name says, else its most specific list; null if it has none. */
export function homeByNameOrList(
  entry: MaintainersEntry,
  ofList: (address: string) => string,
): string | null {
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
export function homeByPath(
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
