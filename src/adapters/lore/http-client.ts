import { certificateFault } from '../../digest/failure/certificate-fault.js';
import { TransientFailure } from '../../digest/failure/failure.js';

/** What a request may take, in milliseconds. */
export interface HttpTimeouts {
  /** Until the headers of the answer are here. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
  /** For all of it. */
  readonly totalMs: number;
}

const HTTP_TIMEOUTS: HttpTimeouts = { headersMs: 30_000, idleMs: 60_000, totalMs: 20 * 60_000 };

export interface HttpClientOptions {
  /** Who asks: `covernote/VERSION (+CONTACT)`. Archives turn away browsers' and libraries' names. */
  readonly userAgent: string;
  /** Milliseconds since 1970: a Retry-After may name a date. */
  readonly now: () => number;
  readonly timeouts?: HttpTimeouts;
}

interface HttpRequest {
  readonly url: string;
  readonly signal: AbortSignal;
}

/** An answer whose body has not been read. `body` or `discard` must be used, once. */
export interface HttpAnswer {
  readonly status: number;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  /** The pieces of the body as they come, content encoding undone. Throws TransientFailure if it breaks off or stalls. */
  readonly body: AsyncIterable<Buffer>;
  discard(): Promise<void>;
}

export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * Asks servers politely: says who asks, waits no longer than the time-outs, and tells by TransientFailure when a server is away (`refused`,
 * `unknown-host`, `cut-off`, `timeout`, `network`), asks for patience (`rate-limited`, with Retry-After) or fails (`server-error`).
 * Throws UserError `certificate` if it cannot be known who answers. Every other status is the caller's to judge.
 */
export function createHttpClient({
  userAgent,
  now,
  timeouts = HTTP_TIMEOUTS,
}: HttpClientOptions): HttpClient {
  return async ({ url, signal }) => {
    const clock = createClock(new URL(url).host, timeouts);
    const stop = AbortSignal.any([signal, clock.signal]);
    const headers = { 'User-Agent': userAgent, Accept: '*/*' };
    try {
      const response = await fetch(url, { headers, signal: stop, redirect: 'follow' });
      await refuseFailures(response, new URL(url).host, now());
      return {
        status: response.status,
        url: response.url,
        headers: response.headers,
        body: piecesOf(response, clock, signal, url),
        async discard() {
          clock.end();
          await response.body?.cancel().catch(() => undefined);
        },
      };
    } catch (error) {
      clock.end();
      throw signal.aborted ? error : networkFailure(error, url);
    }
  };
}

/** 429 and 5xx mean: later. Their bodies are discarded. */
async function refuseFailures(response: Response, host: string, now: number): Promise<void> {
  const { status } = response;
  if (status !== 429 && status < 500) return;
  await response.body?.cancel().catch(() => undefined);
  const wait = retryAfterMs(response.headers.get('retry-after'), now);
  const waitText = wait === null ? '' : `, and asks covernote to wait ${Math.ceil(wait / 1000)} s`;
  if (status === 429 || (status === 503 && wait !== null))
    throw new TransientFailure(
      'rate-limited',
      `${host} received too many requests (HTTP ${status})${waitText}.`,
      {
        retryAfterMs: wait,
      },
    );
  throw new TransientFailure('server-error', `${host} failed (HTTP ${status})${waitText}.`, {
    retryAfterMs: wait,
  });
}

async function* piecesOf(
  response: Response,
  clock: Clock,
  signal: AbortSignal,
  url: string,
): AsyncGenerator<Buffer> {
  if (response.body === null) {
    clock.end();
    return;
  }
  const reader = response.body.getReader();
  try {
    for (;;) {
      clock.wait();
      const { done, value } = await reader.read();
      clock.rest();
      if (done) return;
      yield Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
  } catch (error) {
    throw signal.aborted ? error : networkFailure(error, url);
  } finally {
    clock.end();
    await reader.cancel().catch(() => undefined);
  }
}

interface Clock {
  readonly signal: AbortSignal;
  /** A piece of the body is awaited from now. */
  wait(): void;
  /** It is here; what the reader does with it takes as long as it takes. */
  rest(): void;
  end(): void;
}

/** Aborts its signal when the headers, a piece of the body, or all of it take too long. */
function createClock(host: string, { headersMs, idleMs, totalMs }: HttpTimeouts): Clock {
  const stop = new AbortController();
  const late = (message: string) => () => stop.abort(new TransientFailure('timeout', message));
  const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
  const total = setTimeout(late(`${host} took more than ${seconds(totalMs)} for one answer.`), totalMs);
  let idle = setTimeout(late(`${host} did not answer within ${seconds(headersMs)}.`), headersMs);
  return {
    signal: stop.signal,
    wait() {
      clearTimeout(idle);
      idle = setTimeout(
        late(`${host} sent nothing for ${seconds(idleMs)} in the middle of an answer.`),
        idleMs,
      );
    },
    rest: () => clearTimeout(idle),
    end() {
      clearTimeout(idle);
      clearTimeout(total);
    },
  };
}

/** No server's wish makes us wait longer than this. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** What a Retry-After header asks for, in milliseconds from `now`: seconds or an HTTP date (RFC 9110, 10.2.3); null if it says neither. */
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
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['cut-off', 'sent less than it announced'],
  ETIMEDOUT: ['timeout', 'did not answer in time'],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'did not answer in time'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'did not answer in time'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'stalled in the middle of an answer'],
  ENETUNREACH: ['network', 'cannot be reached'],
  EHOSTUNREACH: ['network', 'cannot be reached'],
};

/** Of what `fetch` threw: the failure that a retry fixes, or of a certificate that a person can fix; a TransientFailure is handed on. */
function networkFailure(error: unknown, url: string): unknown {
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
  return new TransientFailure('network', `${host} could not be reached.`, { cause: error });
}
