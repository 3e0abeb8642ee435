import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What is wrong with a request; null: it is Slack's, and new. */
export type RequestFault = 'unsigned' | 'old' | 'future' | 'replayed';

export interface RequestGuard {
  /** Checks a request by its headers and its whole body, and remembers a valid one. */
  check(headers: IncomingHttpHeaders, body: Uint8Array): RequestFault | null;
  /** Slack may send it again: we failed at it. */
  forget(headers: IncomingHttpHeaders): void;
}

/** Slack's own advice: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const OLDEST_SEC = 300;
/** A second-wise `Date` and the way here account for a few; beyond that someone made it up, to keep it for later. */
const AHEAD_SEC = 30;
/** From before we began: a request that the process before us may have answered. Slack repeats what failed under a new time. */
const BEGUN_SEC = 5;
/** More than a busy server gets in five minutes; the oldest are forgotten first. */
const REMEMBERED = 50_000;

/**
 * Checks that a request is Slack's, is of now and was not seen before. `nowMs`: Slack's own time where it is known. A copy of a request is the
 * same to the last byte and has the same signature, so that is what is remembered.
 */
export function createRequestGuard(secret: string, nowMs: () => number): RequestGuard {
  const begunSec = nowMs() / 1000 - BEGUN_SEC;
  /** By signature, when it was signed, in seconds; the oldest first, or nearly so. */
  const seen = new Map<string, number>();

  function remember(signature: string, sec: number): boolean {
    if (seen.has(signature)) return false;
    const oldest = nowMs() / 1000 - OLDEST_SEC;
    for (const [one, at] of seen) {
      if (at >= oldest && seen.size < REMEMBERED) break;
      seen.delete(one);
    }
    seen.set(signature, sec);
    return true;
  }

  return {
    check(headers, body) {
      const signature = headers['x-slack-signature'];
      const stamp = headers['x-slack-request-timestamp'];
      if (typeof signature !== 'string' || typeof stamp !== 'string' || !/^\d{1,12}$/.test(stamp))
        return 'unsigned';
      const hash = createHmac('sha256', secret).update(`v0:${stamp}:`).update(body).digest('hex');
      const [given, right] = [Buffer.from(signature), Buffer.from(`v0=${hash}`)];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return 'unsigned';
      const sec = Number(stamp);
      if (sec < Math.max(nowMs() / 1000 - OLDEST_SEC, begunSec)) return 'old';
      if (sec > nowMs() / 1000 + AHEAD_SEC) return 'future';
      return remember(signature, sec) ? null : 'replayed';
    },
    forget(headers) {
      seen.delete(String(headers['x-slack-signature']));
    },
  };
}
