import { existsSync, readFileSync } from 'node:fs';
import { databasePath } from '../adapters/store/database-url.js';
import { UserError } from '../digest/failure/failure.js';
import { type ArchiveUrl, archiveUrl } from '../digest/mail/archive-url.js';
import { buildCatalog, type Catalog, emptyCatalog } from '../digest/subsystem/catalog.js';
import { parseMaintainers } from '../digest/subsystem/parse-maintainers.js';
import type { Config } from './config.js';
import { claimForDemo, EXAMPLES_MAINTAINERS, isDemo, removeDemo } from './demo.js';
import { type MailStore, openMailStore } from './ingest/mail-store.js';
import { markNewDatabase } from './ingest/rules-mark.js';
import { maintainersFile, maintainersVersion, refreshMaintainers, withoutPassword } from './maintainers.js';

/** What questions are answered from: the database and what is known of subsystems and archives. */
export interface Library {
  readonly store: MailStore;
  readonly catalog: Catalog;
  readonly archiveUrl: ArchiveUrl;
  readonly config: Config;
  /** It holds the mail that ships with covernote, and nobody's own. */
  readonly isDemo: boolean;
}

/**
 * What the database is opened for: to ask (it must be there), to be filled with somebody's mail (it is made, and a demo
 * makes room), to be added to as it is, or for the demo where nobody named a source (an empty one becomes it).
 */
export type Purpose = 'ask' | 'fill' | 'add' | 'demo';

/** Opens the database for as long as `use` runs, and closes it whatever happens. */
export async function withLibrary<T>(
  config: Config,
  use: (library: Library) => Promise<T> | T,
  purpose: Purpose = 'ask',
): Promise<T> {
  const library = await openLibrary(config, purpose);
  try {
    return await use(library);
  } finally {
    await library.store.close();
  }
}

async function openLibrary(config: Config, purpose: Purpose): Promise<Library> {
  const links = archiveUrl(config.archiveUrl);
  let path = config.maintainers;
  const reader = createCatalogReader(config.databaseUrl);
  const readOnce = (): Catalog => reader(path);
  // A question waits for the network only where there is no copy at all.
  if (purpose !== 'ask' || maintainersFile(config) === null) {
    const refreshed = await refreshMaintainers(config, { nowMs: Date.now() });
    // Series that are described without it would stand under the wrong subsystems.
    if (refreshed.kind === 'missing') throw notFetched(config.maintainers ?? '', refreshed.reason);
  }
  const open = () => openMailStore(config.databaseUrl, { catalog: readOnce, archiveUrl: links });
  if (purpose === 'ask') refuseMissing(config);
  let store = await open();
  if (purpose === 'fill' && (await isDemo(store))) {
    await store.close();
    removeDemo(store.path);
    store = await open();
  }
  if (purpose !== 'ask') await markNewDatabase(store);
  const demo = purpose === 'demo' ? await claimForDemo(store) : await isDemo(store);
  // A first try needs no settings.
  if (demo) path ??= EXAMPLES_MAINTAINERS;
  return {
    store,
    get catalog() {
      return readOnce();
    },
    archiveUrl: links,
    config,
    isDemo: demo,
  };
}

/** A question makes no database: a slip in its name would look like an empty one. */
function refuseMissing(config: Config): void {
  const path = databasePath(config.databaseUrl);
  if (path === ':memory:' || existsSync(path)) return;
  throw new UserError(
    'no-database',
    `There is no database at ${path}.`,
    config.databaseSaid
      ? 'Check the path, or make it with `covernote ingest SOURCE`.'
      : 'Make it with `covernote ingest SOURCE`, or run `npm start` to try the examples.',
  );
}

/**
 * Reads MAINTAINERS when it is asked for (the kernel's takes a quarter of a second: questions that name no subsystem do without), and
 * again when a newer copy of a URL has come.
 */
export function createCatalogReader(databaseUrl: string): (maintainers: string | null) => Catalog {
  let read: { readonly of: string; readonly catalog: Catalog } | null = null;
  return (maintainers) => {
    const of = `${maintainers ?? ''}\n${maintainersVersion({ maintainers, databaseUrl })}`;
    if (read?.of !== of) read = { of, catalog: readCatalog(maintainers, databaseUrl) };
    return read.catalog;
  };
}

function notFetched(url: string, reason: string): UserError {
  return new UserError(
    'maintainers-not-fetched',
    `MAINTAINERS can't be read from ${withoutPassword(url)}: ${reason}.`,
    'Check the URL, or set MAINTAINERS to the path of a copy.',
  );
}

/**
 * Reads MAINTAINERS: a file, or the copy of a URL that is kept beside the database. Without it, subsystems are known by list
 * and title prefix alone.
 */
export function readCatalog(maintainers: string | null, databaseUrl = 'sqlite::memory:'): Catalog {
  if (maintainers === null) return emptyCatalog();
  const path = maintainersFile({ maintainers, databaseUrl });
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
