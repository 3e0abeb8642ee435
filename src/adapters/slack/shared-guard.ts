import type { IncomingHttpHeaders } from 'node:http';
import type { RequestFault, RequestGuard } from './request-guard.js';
import type { SharedMemory } from './settings.js';

export interface SharedGuard {
  /** As RequestGuard has it; `unknown`: the database cannot say whether another process answered it. */
  check(headers: IncomingHttpHeaders, body: Uint8Array): Promise<RequestFault | 'unknown' | null>;
  forget(headers: IncomingHttpHeaders): void;
}

/** A guard that also asks what other processes behind the same balancer have answered; with no memory to share, it is the guard alone. */
export function createSharedGuard(
  own: RequestGuard,
  memory: SharedMemory | null,
  now: () => string,
): SharedGuard {
  const name = (headers: IncomingHttpHeaders) => `request ${headers['x-slack-signature']}`;
  return {
    async check(headers, body) {
      const fault = own.check(headers, body);
      if (fault !== null || memory === null) return fault;
      try {
        return (await memory.first('slack', name(headers), now())) ? null : 'replayed';
      } catch {
        // The store says what is wrong with it; Slack, or the person, tries again.
        own.forget(headers);
        return 'unknown';
      }
    },
    forget(headers) {
      own.forget(headers);
      memory?.forget('slack', name(headers)).catch(() => undefined);
    },
  };
}
