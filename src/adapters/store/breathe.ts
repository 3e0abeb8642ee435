import { setImmediate as nextTurn } from 'node:timers/promises';

/** Long work on the event loop calls this often; at regular intervals it lets everything else have a turn. */
export function createBreathing(everyMs = 25): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < everyMs) return;
    await nextTurn();
    last = performance.now();
  };
}
