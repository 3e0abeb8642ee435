import type { ArchiveUrl } from '../digest/mail/archive-url.js';
import type { Catalog } from '../digest/subsystem/catalog.js';
import type { Config } from './config.js';
import type { MailStore } from './ingest/mail-store.js';

/** What questions are answered from: the database and what is known of subsystems and archives. */
export interface Library {
  readonly store: MailStore;
  /** What can be named: the subsystems of MAINTAINERS, and the other lists that mail here was sent to. */
  readonly catalog: Catalog;
  /** Looks which lists mail has come from since. */
  readonly readLists: () => Promise<void>;
  readonly archiveUrl: ArchiveUrl;
  readonly config: Config;
  /** It holds the mail that ships with covernote and no other. */
  readonly isDemo: boolean;
}

/**
 * What the database is opened for: `ask` (it must exist), `fill` with the user's mail (it is created, and a demo makes room), `add` to it as it
 * is, or `demo` where no source is configured (an empty database becomes the demo).
 */
export type Purpose = 'ask' | 'fill' | 'add' | 'demo';

/**
 * Opens the database for as long as `use` runs, and closes it whatever happens. By default it is opened to `ask`, and is that of the
 * configuration in force.
 */
export type WithLibrary = <T>(
  use: (library: Library) => Promise<T> | T,
  purpose?: Purpose,
  config?: Config,
) => Promise<T>;
