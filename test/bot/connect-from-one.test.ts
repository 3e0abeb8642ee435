import { expect, it } from 'vitest';
import type { Lock, Locks } from '../../src/adapters/store/engine/locks.js';
import type { Chat } from '../../src/bot/chat.js';
import { connectFromOne } from '../../src/bot/connect-from-one.js';
import { silentLog } from '../../src/bot/operation/log.js';

/** One lock for all processes, which can be lost as a connection is. */
function sharedLock() {
  let holder: AbortController | null = null;
  const locks: Locks = {
    async tryTake(): Promise<Lock | null> {
      if (holder !== null) return null;
      const own = new AbortController();
      holder = own;
      return {
        lost: own.signal,
        release: async () => {
          if (holder === own) holder = null;
        },
      };
    },
  };
  const lose = (): void => {
    const lost = holder;
    holder = null;
    lost?.abort();
  };
  return { locks, lose };
}

/** A process's chat, and whether it is connected. */
function processOn(locks: Locks, isRefused = () => false) {
  const state = { connected: false };
  const chat = {
    platform: { name: 'discord' },
    async start() {
      if (isRefused()) throw new Error('refused');
      state.connected = true;
    },
    async stop() {
      state.connected = false;
    },
  } as unknown as Chat;
  const sleep = (_: number, signal: AbortSignal) =>
    signal.aborted ? Promise.resolve() : new Promise<void>((resolve) => setTimeout(resolve, 1));
  return { state, chat: connectFromOne(chat, { locks, sleep, log: silentLog }) };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

it('connects from one process, and from the other once that one has stopped', async () => {
  const { locks } = sharedLock();
  const [one, other] = [processOn(locks), processOn(locks)];
  await one.chat.start();
  await other.chat.start();
  expect([one.state.connected, other.state.connected]).toEqual([true, false]);
  await one.chat.stop();
  await until(() => other.state.connected);
  expect(one.state.connected).toBe(false);
  await other.chat.stop();
  expect(other.state.connected).toBe(false);
});

it('leaves the chat when its lock is lost, and connects again when no other process did', async () => {
  const { locks, lose } = sharedLock();
  const { state, chat } = processOn(locks);
  await chat.start();
  lose();
  await until(() => !state.connected);
  await until(() => state.connected);
  await chat.stop();
});

it('gives the lock back where it could not connect', async () => {
  const { locks } = sharedLock();
  const [one, other] = [processOn(locks, () => true), processOn(locks)];
  await expect(one.chat.start()).rejects.toThrow('refused');
  await other.chat.start();
  expect(other.state.connected).toBe(true);
  await other.chat.stop();
});
