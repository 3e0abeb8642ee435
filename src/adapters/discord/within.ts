/**
 * One of several requests for which one time limit holds. The client listens to the signal of each request and never stops: a signal
 * for all of them would gather listeners, of which Node warns.
 */
export async function within<T>(
  limit: AbortSignal,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const abort = () => own.abort(limit.reason);
  if (limit.aborted) abort();
  limit.addEventListener('abort', abort);
  try {
    return await request(own.signal);
  } finally {
    limit.removeEventListener('abort', abort);
  }
}
