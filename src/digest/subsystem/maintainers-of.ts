import type { Address } from '../mail/mail.js';
import type { Catalog } from './catalog.js';

/** The maintainers (M:) of any entry that a path belongs to, once each by address, in the order of the entries. */
export function maintainersOf(catalog: Catalog, paths: readonly string[]): Address[] {
  const entries = new Set(paths.flatMap((path) => catalog.matchPath(path).map(({ entry }) => entry)));
  const people = new Map<string, Address>();
  for (const position of [...entries].sort((a, b) => a - b)) {
    for (const person of catalog.entries[position]?.maintainers ?? []) {
      const key = person.email.toLowerCase();
      if (!people.has(key)) people.set(key, person);
    }
  }
  return [...people.values()];
}

/** Everyone who maintains or reviews (M: and R:) something that a path belongs to; the same person may come twice. */
export function whoLooksAfter(catalog: Catalog, path: string): Address[] {
  return catalog.matchPath(path).flatMap(({ entry }) => {
    const there = catalog.entries[entry];
    return there === undefined ? [] : [...there.maintainers, ...there.reviewers];
  });
}
