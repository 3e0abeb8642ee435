import type { RefusalReason, SendOutcome } from '../../digest/ports/chat-platform.js';
import { HOUR_MS, SECOND_MS } from '../../digest/time/iso.js';

/** Where it names no time itself. */
const RETRY_MS = 5 * SECOND_MS;
const LONGEST_WAIT_MS = HOUR_MS;

const REMEDIES: Readonly<Record<number, string>> = {
  401: 'Check that it knows WEBHOOK_SECRET.',
  403: 'Check that it knows WEBHOOK_SECRET.',
  404: 'Check its address in WEBHOOKS.',
  405: 'It must accept POST.',
};

/** What a receiver's answer means. Any 2xx: it has the message. */
export function outcomeOf(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  key: string,
  nowMs: number,
): SendOutcome {
  const message = `The webhook answered HTTP ${status}.`;
  const refused = (reason: RefusalReason, remedy: string): SendOutcome => ({
    kind: 'refused',
    reason,
    message,
    remedy,
  });
  if (status >= 200 && status < 300) return { kind: 'sent', messageId: key };
  if (status === 429 || status === 503 || status === 425) {
    const requestedMs = retryAfterMs(headers.get('retry-after'), nowMs);
    return requestedMs === null
      ? { kind: 'retryAfter', delayMs: RETRY_MS, message }
      : { kind: 'retryAfter', delayMs: Math.min(requestedMs, LONGEST_WAIT_MS), message, isNamed: true };
  }
  // Whatever went wrong there, it may already have stored the message.
  if (status >= 500 || status === 408) return { kind: 'unclear', message };
  if (status >= 300 && status < 400)
    return refused(
      'forbidden',
      'Redirects are not followed: write the address that it leads to into WEBHOOKS.',
    );
  if (status === 410) return refused('gone', 'Take its address out of WEBHOOKS.');
  if (status === 400 || status === 413 || status === 422)
    return refused('invalid', 'See the receiver’s log for what it does not accept.');
  return refused('forbidden', REMEDIES[status] ?? 'See the receiver’s log for why.');
}

/** Seconds, or a moment (RFC 9110); null if it is neither. */
function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND_MS;
  const ms = Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** Failures before a connection is established: nothing was sent. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What a request without an answer means. The URL is not named: it may hold a token. */
export function failureOutcome(error: unknown, timeoutMs: number): SendOutcome {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: unknown } };
  if (name === 'TimeoutError')
    return { kind: 'unclear', message: `The webhook took longer than ${timeoutMs / SECOND_MS} s.` };
  const code = String(cause?.code ?? '');
  if (NOT_SENT.has(code))
    return { kind: 'retryAfter', delayMs: RETRY_MS, message: `The webhook can't be reached (${code}).` };
  return { kind: 'unclear', message: 'The connection to the webhook ended before its answer.' };
}
