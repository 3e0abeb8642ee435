import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Rules } from '../adapters/store/rules.js';
import { openStore, type Store } from '../adapters/store/store.js';
import { UserError } from '../digest/failure.js';
import { assembleRevisions } from '../digest/revision/assemble.js';
import { clusterKeys } from '../digest/revision/cluster-keys.js';
import { describeSeries } from '../digest/series/describe.js';
import { linkRevisions } from '../digest/series/link.js';
import { linkKeys } from '../digest/series/link-keys.js';
import { buildCatalog, type Catalog, emptyCatalog } from '../digest/subsystem/catalog.js';
import { parseMaintainers } from '../digest/subsystem/parse-maintainers.js';
import { type ArchiveUrl, archiveUrl } from '../digest/view/archive-url.js';
import type { Config } from './config.js';

/** What questions are answered from: the database and what is known of subsystems and archives. */
export interface Library {
  readonly store: Store;
  readonly catalog: Catalog;
  readonly archiveUrl: ArchiveUrl;
  readonly config: Config;
  /** It holds the mail that ships with covernote, and nobody's own. */
  readonly isDemo: boolean;
}

/** The folder of example mail that ships with covernote. */
export const EXAMPLES_PATH = fileURLToPath(new URL('../../examples', import.meta.url));

/** A database whose mail is the examples' knows their MAINTAINERS, so that a first try needs no settings. */
const DEMO_MARK = 'demo';

export interface OpenOptions {
  /** Nobody named a source: an empty database may be filled with the examples. */
  readonly demo?: boolean;
}

/** Opens the database for as long as `use` runs, and closes it whatever happens. */
export async function withLibrary<T>(
  config: Config,
  use: (library: Library) => Promise<T> | T,
  options: OpenOptions = {},
): Promise<T> {
  const library = await openLibrary(config, options);
  try {
    return await use(library);
  } finally {
    await library.store.close();
  }
}

async function openLibrary(config: Config, options: OpenOptions): Promise<Library> {
  const links = archiveUrl(config.archiveUrl);
  let path = config.maintainers;
  // The kernel's file takes a quarter of a second to read: questions that name no subsystem do without.
  let catalog: Catalog | null = null;
  const readOnce = () => {
    catalog ??= readCatalog(path);
    return catalog;
  };
  const store = await openStore(config.databaseUrl, { rules: rulesWith(readOnce, links) });
  const isDemo = await markDemo(store, options);
  if (isDemo) path ??= `${EXAMPLES_PATH}/MAINTAINERS`;
  return {
    store,
    get catalog() {
      return readOnce();
    },
    archiveUrl: links,
    config,
    isDemo,
  };
}

/** Whether the database holds the examples, or is to hold them. */
async function markDemo(store: Store, options: OpenOptions): Promise<boolean> {
  if ((await store.markOf(DEMO_MARK)) !== null) return true;
  if (options.demo !== true || (await store.counts()).messages > 0) return false;
  await store.mark(DEMO_MARK, '1');
  return true;
}

/** The core's rules for the store, with what describing a series needs besides the mail. */
export function rulesWith(catalog: () => Catalog, links: ArchiveUrl): Rules {
  return {
    clusterKeys,
    assembleRevisions,
    linkKeys,
    linkRevisions,
    describeSeries: (grouped) => describeSeries({ ...grouped, catalog: catalog(), archiveUrl: links }),
  };
}

/** Reads a MAINTAINERS file; without one, subsystems are known by list and title prefix alone. */
export function readCatalog(path: string | null): Catalog {
  if (path === null) return emptyCatalog();
  if (/^https?:/.test(path))
    throw new UserError(
      'maintainers-url',
      `MAINTAINERS is a URL (${path}), which covernote can't fetch yet.`,
      'Download it and set MAINTAINERS to the path of the file.',
    );
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
