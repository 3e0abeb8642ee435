import type { PlatformCapabilities, PlatformName } from '../../src/digest/ports/chat-platform.js';

/** What each chat of the simulation promises. */
export const PLATFORMS = {
  discord: { idempotentMs: 5 * 60_000, find: true, edit: true, threads: true },
  slack: { idempotentMs: 0, find: true, edit: true, threads: true },
  terminal: { idempotentMs: 0, find: false, edit: false, threads: false },
} satisfies Partial<Record<PlatformName, PlatformCapabilities>>;
