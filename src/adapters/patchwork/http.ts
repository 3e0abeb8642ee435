import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import type { PatchworkAddress } from './patchwork-address.js';

/**
 * How pages are requested: the adapter's caller provides the client, with its name, time-outs and retries. It throws TransientFailure if
 * the server is unreachable, limits requests or fails (`server-error`: 5xx).
 */
export type AskHttp = (request: { readonly url: string; readonly signal: AbortSignal }) => Promise<{
  readonly status: number;
  /** For the link to the next page. */
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Buffer>;
  discard(): Promise<void>;
}>;

/** Behind a proxy patchwork may write http although it was requested by https: host and path decide, the scheme stays ours. */
export function isThere(url: URL, address: PatchworkAddress): boolean {
  const base = new URL(address.base);
  if (url.host !== base.host) return false;
  url.protocol = base.protocol;
  return url.username === '' && url.password === '';
}

/** What an error status means: a person must act, or it passes. */
export function refusal(status: number, address: PatchworkAddress): Error {
  if (status === 400 || status === 404) return noSuchProject(address);
  if (status === 401 || status === 403)
    return new UserError(
      'forbidden',
      `${address.base} does not let covernote read its events (HTTP ${status}).`,
      'Ask its operator, or take the project out of SOURCES.',
    );
  return new TransientFailure('server-error', `${address.base} answered with HTTP ${status}.`);
}

function noSuchProject({ base, project }: PatchworkAddress): UserError {
  return new UserError(
    'no-such-list',
    `${base} has no project “${project}”.`,
    `Look at ${base}/ for the names of its projects, and fix SOURCES.`,
  );
}

/** Null if it is larger than may be kept; the rest is not read. */
export async function wholeBody(pieces: AsyncIterable<Buffer>, limit: number): Promise<Buffer | null> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > limit) return null;
    kept.push(piece);
  }
  return Buffer.concat(kept);
}

/** The same steps; an error of a request that we aborted is not a failure. */
export async function* quietly<T>(signal: AbortSignal, steps: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* steps;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
