import { createHash } from 'node:crypto';

/**
 * The mark by which a message of ours is found again. Discord does not give the nonce back with messages that are read later, so the
 * key is in the message itself: as the ids of its first two components, which a bot may choose, which are not shown and which come back with
 * the message. Two ids of 31 bits; Discord's own count from 1, so ours begin above them.
 */
export interface KeyIds {
  readonly container: number;
  readonly text: number;
}

const LOWEST = 65_536;
const RANGE = 2 ** 31 - 1 - LOWEST;

/** The same key, the same ids. */
export function keyIds(key: string): KeyIds {
  const hash = createHash('sha256').update(`covernote:${key}`).digest();
  const container = LOWEST + (hash.readUInt32BE(0) % RANGE);
  const text = LOWEST + (hash.readUInt32BE(4) % RANGE);
  return { container, text: text === container ? text + 1 : text };
}

/** The ids of a posted message; null if it carries none of ours. `components`: as Discord gives them. */
export function keyIdsOf(components: unknown): KeyIds | null {
  const container = first(components);
  const text = first(container?.components);
  if (typeof container?.id !== 'number' || typeof text?.id !== 'number') return null;
  return container.id < LOWEST || text.id < LOWEST ? null : { container: container.id, text: text.id };
}

function first(components: unknown): { id?: unknown; components?: unknown } | null {
  const [one]: unknown[] = Array.isArray(components) ? components : [];
  return typeof one === 'object' && one !== null ? one : null;
}
