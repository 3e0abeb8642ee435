import type { Address } from '../mail/mail.js';
import { samePerson } from '../mail/same-person.js';
import type { Catalog } from './catalog.js';
import { takesEverything } from './match-paths.js';

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

/**
 * Whether a person maintains (M:) every entry that any of the paths belongs to, entries for everything left out: no one else applies what
 * they send. The maintainer of a driver is not that where the subsystem above it has an entry of its own.
 */
export function maintainsAll(catalog: Catalog, person: Address, paths: readonly string[]): boolean {
  const judged = new Map<number, boolean>();
  const isTheirs = (at: number): boolean => {
    const known = judged.get(at);
    if (known !== undefined) return known;
    const theirs = catalog.entries[at]?.maintainers.some((one) => samePerson(one, person)) === true;
    judged.set(at, theirs);
    return theirs;
  };
  return (
    paths.length > 0 &&
    paths.every((path) => {
      const entries = catalog.matchPath(path).flatMap(({ entry }) => {
        const there = catalog.entries[entry];
        return there === undefined || takesEverything(there) ? [] : [entry];
      });
      return entries.length > 0 && entries.every(isTheirs);
    })
  );
}
