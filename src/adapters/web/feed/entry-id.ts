import { createHash } from 'node:crypto';

/** RFC 4122's namespace for URLs. */
const NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/**
 * A permanent name, wherever the feed is published: a UUID (version 5) of the address `mid:` (RFC 2392) of the mail that represents a
 * revision, or of another address of ours.
 */
export function stableId(address: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(address.toWellFormed()).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `urn:uuid:${parts.join('-')}`;
}
