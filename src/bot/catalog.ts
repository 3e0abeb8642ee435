import { readFileSync } from 'node:fs';
import type { Store } from '../adapters/store/store.js';
import { UserError } from '../digest/failure/failure.js';
import { buildCatalog, type Catalog, emptyCatalog, withLists } from '../digest/subsystem/catalog.js';
import { parseMaintainers } from '../digest/subsystem/parse-maintainers.js';
import { maintainersFile, maintainersVersion, withoutPassword } from './maintainers.js';
import type { DataPlace } from './sources/source-settings.js';

/**
 * Reads MAINTAINERS when it is needed (the kernel's takes a quarter of a second; questions that name no subsystem do not need it), and
 * again when a newer copy of a URL has arrived.
 */
export function createCatalogReader(place: DataPlace): (maintainers: string | null) => Catalog {
  let read: { readonly of: string; readonly catalog: Catalog } | null = null;
  return (maintainers) => {
    const of = `${maintainers ?? ''}\n${maintainersVersion({ ...place, maintainers })}`;
    if (read?.of !== of) read = { of, catalog: readCatalog(maintainers, place) };
    return read.catalog;
  };
}

/**
 * The catalog by which words are read: with the lists that mail came from and MAINTAINERS does not know, as of the last `readLists`.
 * Series are sorted by MAINTAINERS alone.
 */
export function createNameableCatalog(
  store: Pick<Store, 'subsystemSlugs'>,
  base: () => Catalog,
): { readonly catalog: () => Catalog; readonly readLists: () => Promise<void> } {
  let slugs: readonly string[] = [];
  let made: { readonly of: Catalog; readonly slugs: readonly string[]; readonly catalog: Catalog } | null =
    null;
  return {
    catalog() {
      const of = base();
      if (made?.of !== of || made.slugs !== slugs) made = { of, slugs, catalog: withLists(of, slugs) };
      return made.catalog;
    },
    async readLists() {
      const found = await store.subsystemSlugs();
      if (found.join(' ') !== slugs.join(' ')) slugs = found;
    },
  };
}

export function notFetched(url: string, reason: string): UserError {
  return new UserError(
    'maintainers-not-fetched',
    `MAINTAINERS can't be read from ${withoutPassword(url)}: ${reason}.`,
    'Check the URL, or set MAINTAINERS to the path of a copy.',
  );
}

/**
 * Reads MAINTAINERS: a file, or the copy of a URL that is kept next to the database. Without it, subsystems are known by list
 * and title prefix alone.
 */
export function readCatalog(
  maintainers: string | null,
  place: DataPlace = { databaseUrl: 'sqlite::memory:' },
): Catalog {
  if (maintainers === null) return emptyCatalog();
  const path = maintainersFile({ ...place, maintainers });
  if (path === null) throw notFetched(maintainers, 'it has not been fetched yet');
  try {
    return buildCatalog(parseMaintainers(readFileSync(path, 'utf8')).entries);
  } catch (error) {
    throw new UserError(
      'maintainers-unreadable',
      `MAINTAINERS can't be read: ${(error as Error).message}.`,
      'Set MAINTAINERS to the path of the kernel’s MAINTAINERS file, or leave it empty.',
      { cause: error },
    );
  }
}
