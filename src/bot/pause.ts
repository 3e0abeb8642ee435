import { setTimeout as wait } from 'node:timers/promises';

/** Waits this many milliseconds, or until the signal is given; never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
