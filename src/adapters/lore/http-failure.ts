import { certificateFault } from '../../digest/failure/certificate-fault.js';
import { TransientFailure } from '../../digest/failure/failure.js';

/** No server's wish makes us wait longer than this. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** What a Retry-After header asks for, in milliseconds from `now`: seconds or an HTTP date (RFC 9110, 10.2.3); null where it says neither. */
export function retryAfterMs(header: string | null, now: number): number | null {
  const value = header?.trim() ?? '';
  if (value === '') return null;
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), MAX_RETRY_AFTER_MS);
}

/** System and library codes by what they mean for a reader of the archive. */
const MEANINGS: Readonly<Record<string, readonly [code: string, words: string]>> = {
  ECONNREFUSED: ['refused', 'refuses connections'],
  ENOTFOUND: ['unknown-host', 'has no address in the DNS'],
  EAI_AGAIN: ['unknown-host', 'could not be looked up in the DNS'],
  ECONNRESET: ['cut-off', 'cut the connection'],
  EPIPE: ['cut-off', 'cut the connection'],
  UND_ERR_SOCKET: ['cut-off', 'cut the connection'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['cut-off', 'sent less than it had promised'],
  ETIMEDOUT: ['timeout', 'did not answer in time'],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'did not answer in time'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'did not answer in time'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'fell silent within an answer'],
  ENETUNREACH: ['network', 'cannot be reached from here'],
  EHOSTUNREACH: ['network', 'cannot be reached from here'],
};

/** Of what `fetch` threw: the failure that a retry fixes, or of a certificate that a person can fix; a TransientFailure is handed on. */
export function networkFailure(error: unknown, url: string): unknown {
  if (error instanceof TransientFailure) return error;
  const { host } = new URL(url);
  for (
    let cause: unknown = error, depth = 0;
    cause instanceof Error && depth < 5;
    cause = cause.cause, depth++
  ) {
    if (cause instanceof TransientFailure) return cause;
    const systemCode = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    const certificate = certificateFault(host, systemCode, error);
    if (certificate !== null) return certificate;
    const meaning = MEANINGS[systemCode];
    if (meaning === undefined) continue;
    return new TransientFailure(meaning[0], `${host} ${meaning[1]}.`, { cause: error });
  }
  return new TransientFailure('network', `${host} could not be asked.`, { cause: error });
}
