import type { Log } from '../../digest/ports/log.js';
import { HOUR_MS } from '../../digest/time/iso.js';
import type { SlackClients, WebClient } from './clients.js';
import { describeError } from './log.js';
import { missingScopes } from './scopes.js';

/** The scopes of a token, as Slack names them with every answer; null if it does not. */
export async function grantedScopes(client: WebClient): Promise<readonly string[] | null> {
  const { response_metadata: about } = await client.auth.test();
  return about?.scopes ?? null;
}

/** What each workspace did not grant, checked once an hour; nothing if Slack does not say. */
export function createScopeWatch(clients: SlackClients, log: Log, nowMs: () => number) {
  const known = new Map<
    string,
    { readonly missing: ReturnType<typeof missingScopes>; readonly atMs: number }
  >();
  return {
    async missing(tenant: string): Promise<ReturnType<typeof missingScopes>> {
      const before = known.get(tenant);
      if (before !== undefined && Math.abs(nowMs() - before.atMs) < HOUR_MS) return before.missing;
      try {
        const granted = await grantedScopes(await clients.for(tenant));
        const missing = granted === null ? [] : missingScopes(granted);
        known.set(tenant, { missing, atMs: nowMs() });
        if (missing.length > 0)
          log.warn({ tenant, scopes: missing.map(({ scope }) => scope) }, 'slack.scopes_missing');
        return missing;
      } catch (error) {
        log.debug({ tenant, error: describeError(error) }, 'slack.scopes_unknown');
        return before?.missing ?? [];
      }
    },
  };
}
