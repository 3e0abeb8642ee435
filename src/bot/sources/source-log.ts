import { UserError } from '../../digest/failure/failure.js';
import type { Log } from '../../digest/ports/log.js';
import type { Refreshed } from '../maintainers.js';
import type { FollowEvent } from './follow-sources.js';

export function logSourceEvent(log: Log, event: FollowEvent): void {
  if (event.kind === 'read') {
    const { read, new: fresh, skipped } = event.counts;
    if (read > 0) log.info({ source: event.source, read, new: fresh, skipped }, 'source.read');
    return;
  }
  const { source, failure, failures, retryInMs } = event;
  if (failure instanceof UserError)
    log.error({ source, error: failure.message, remedy: failure.remedy, failures }, 'source.needs_action');
  else log.warn({ source, error: failure, failures, retryInMs }, 'source.read_failed');
}

export function logRefreshed(log: Log, refreshed: Refreshed): void {
  if (refreshed.kind === 'fetched') log.info({ entries: refreshed.entries }, 'maintainers.updated');
  if (refreshed.kind === 'kept' || refreshed.kind === 'missing')
    log.warn({ error: refreshed.reason }, 'maintainers.fetch_failed');
}
