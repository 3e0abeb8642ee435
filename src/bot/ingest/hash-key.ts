import { hash } from 'node:crypto';

/** 48 bits, so that a number holds it. Two keys that meet by chance only make a component larger. */
export function hashKey(key: string): number {
  return Number.parseInt(hash('sha1', key).slice(0, 12), 16);
}
