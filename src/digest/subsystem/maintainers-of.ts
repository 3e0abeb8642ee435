import type { Address } from '../mail/mail.js';
import { emailKey } from '../mail/person-key.js';
import { personKeys, samePerson } from '../mail/same-person.js';
import { oncePerObject } from '../text/once-per-object.js';
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

const entriesByEmail = oncePerObject(({ entries }: Catalog): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  for (const [at, { maintainers, reviewers }] of entries.entries())
    for (const { email } of [...maintainers, ...reviewers]) {
      const key = emailKey(email);
      const own = found.get(key);
      if (own === undefined) found.set(key, [at]);
      else own.push(at);
    }
  return found;
});

const emailsByName = oncePerObject(({ entries }: Catalog): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { maintainers, reviewers } of entries)
    for (const { name, email } of [...maintainers, ...reviewers])
      for (const key of keysOfName(name)) {
        const own = found.get(key) ?? new Set();
        found.set(key, own.add(emailKey(email)));
      }
  return found;
});

/** The addresses (`emailKey`) with which MAINTAINERS has a name. */
export function emailsNamed(catalog: Catalog, name: string): readonly string[] {
  return keysOfName(name).flatMap((key) => [...(emailsByName(catalog).get(key) ?? [])]);
}

/** As `samePerson` compares names: none if it is a single word. */
function keysOfName(name: string): readonly string[] {
  return personKeys({ name, email: '' }).own;
}

/** The positions of the entries that people maintain or review (M: and R:), by their addresses (`emailKey`). */
export function entriesOf(catalog: Catalog, emails: Iterable<string>): ReadonlySet<number> {
  const known = entriesByEmail(catalog);
  return new Set([...emails].flatMap((email) => known.get(email) ?? []));
}

/**
 * Whether a person maintains (M:) every entry that the paths belong to, apart from entries for everything: no one else applies what they
 * send. The maintainer of a driver does not count if the subsystem above it has its own entry. Paths that are in no entry are ignored if
 * they are at most half; if none is in any, the entries of `home` (Subsystem.entries) count instead.
 */
export function maintainsAll(
  catalog: Catalog,
  person: Address,
  paths: readonly string[],
  home: readonly number[],
): boolean {
  const judged = new Map<number, boolean>();
  const isTheirs = (at: number): boolean => {
    const known = judged.get(at);
    if (known !== undefined) return known;
    const theirs = catalog.entries[at]?.maintainers.some((one) => samePerson(one, person)) === true;
    judged.set(at, theirs);
    return theirs;
  };
  const entriesOf = paths.map((path) =>
    catalog.matchPath(path).flatMap(({ entry }) => {
      const there = catalog.entries[entry];
      return there === undefined || takesEverything(there) ? [] : [entry];
    }),
  );
  const named = entriesOf.filter((entries) => entries.length > 0);
  if (named.length === 0) return home.length > 0 && home.every(isTheirs);
  return named.length * 2 >= paths.length && named.flat().every(isTheirs);
}
