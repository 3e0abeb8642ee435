import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';

/** What a request that failed tells, whichever layer it failed in. */
export type RequestFailure =
  /** Discord's own answer. `code` is its JSON code; 0 if it gave none. */
  | { readonly kind: 'api'; readonly code: number; readonly status: number; readonly message: string }
  /** `global`: for all that the bot does, in every server. */
  | { readonly kind: 'rateLimited'; readonly delayMs: number; readonly global: boolean }
  /** 5xx: it may have been carried out. */
  | { readonly kind: 'server'; readonly status: number }
  /** No connection was made: nothing was carried out. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** Time ran out, or the socket closed: it may have been carried out. */
  | { readonly kind: 'broken'; readonly message: string };

/** Errors of sockets that never carried a request. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function readError(error: unknown): RequestFailure {
  if (error instanceof RateLimitError)
    return {
      kind: 'rateLimited',
      delayMs: Math.max(error.retryAfter, error.sublimitTimeout, 0),
      global: error.global,
    };
  if (error instanceof DiscordAPIError) {
    const code = typeof error.code === 'number' ? error.code : 0;
    return { kind: 'api', code, status: error.status, message: error.message };
  }
  if (error instanceof HTTPError) return { kind: 'server', status: error.status };
  const code = codeOf(error);
  const message = code ?? (error instanceof Error ? error.name : 'unknown error');
  return code !== null && NEVER_SENT.has(code)
    ? { kind: 'unreachable', message }
    : { kind: 'broken', message };
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : null;
}
