import type { Lock, Locks } from '../adapters/store/engine/locks.js';
import type { Log } from '../digest/ports/log.js';
import { SECOND_MS } from '../digest/time/iso.js';
import type { Chat } from './chat.js';

export interface ConnectingSetting {
  readonly locks: Locks;
  /** Resolves after this time, or as soon as the signal is given; never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
}

const TAKE_OVER_MS = 20 * SECOND_MS;

/**
 * If every process of a bot would receive a chat's events, only one connects to it, and another within a minute after that one ends,
 * however it ends. All of them deliver to it, which needs no connection.
 */
export function connectFromOne(chat: Chat, { locks, sleep, log }: ConnectingSetting): Chat {
  const names = { chat: chat.platform.name };
  const ending = new AbortController();
  let keeping: Promise<void> | null = null;

  const connect = async (): Promise<Lock | null> => {
    const lock = await locks.tryTake(`chat ${chat.platform.name}`);
    if (lock === null) return null;
    try {
      await chat.start();
      return lock;
    } catch (error) {
      await lock.release();
      throw error;
    }
  };
  const keep = async (first: Lock | null): Promise<void> => {
    for (let lock = first; ; ) {
      if (lock !== null) {
        await eitherEnds(lock.lost, ending.signal);
        await chat.stop();
        await lock.release();
        lock = null;
        if (!ending.signal.aborted) log.warn(names, 'chat.taken_over');
      }
      if (ending.signal.aborted) return;
      await sleep(TAKE_OVER_MS, ending.signal);
      if (ending.signal.aborted) return;
      lock = await connect().catch((error: unknown) => {
        log.error({ ...names, error }, 'chat.takeover_failed');
        return null;
      });
      if (lock !== null) log.info(names, 'chat.connected');
    }
  };
  return {
    platform: chat.platform,
    async start() {
      const lock = await connect();
      if (lock === null) log.info(names, 'chat.connected_elsewhere');
      keeping ??= keep(lock);
    },
    async stop() {
      ending.abort();
      await (keeping ?? chat.stop());
    },
  };
}

function eitherEnds(one: AbortSignal, other: AbortSignal): Promise<void> {
  const any = AbortSignal.any([one, other]);
  if (any.aborted) return Promise.resolve();
  return new Promise((resolve) => any.addEventListener('abort', () => resolve(), { once: true }));
}
