import type { Log } from '../digest/ports/log.js';
import { otherMaintainers } from './ingest/maintainers-mark.js';
import { REINDEX_REMEDY } from './ingest/rules-mark.js';
import type { Library } from './library.js';

/**
 * Loads what the first question would wait for, before any chat can ask one: MAINTAINERS takes half a second of the event loop, in which
 * Slack and Discord give up on commands. Says in the log where the mail here was sorted by another one, and what to do.
 */
export async function warmUp(library: Library, log: Log): Promise<void> {
  const { store, catalog } = library;
  catalog.searchWords();
  await store.search('covernote', 1);
  await store.subsystemCounts();
  const reason = await otherMaintainers(store, catalog);
  if (reason === null) return;
  const remedy = REINDEX_REMEDY;
  log.warn({ database: store.name, reason, remedy }, 'database.other_maintainers');
}
