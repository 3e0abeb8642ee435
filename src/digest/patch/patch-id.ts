import { createHash } from 'node:crypto';
import type { DiffListener } from './diff-listener.js';

const HASH_BYTES = 20;

/** Takes in the lines of a diff and makes an id of them. */
interface PatchIdSum extends DiffListener {
  /** The id in hex; null if no line counted. */
  finish(): string | null;
}

/**
 * The sum that `git patch-id --stable` makes: SHA-1 over each file's lines without white space and line
 * numbers, the hashes added up as little-endian numbers, so that the order of files does not matter.
 */
export function createPatchIdSum(): PatchIdSum {
  const sum = new Uint8Array(HASH_BYTES);
  let pending: string[] = [];
  let counted = false;
  const flush = () => {
    const hash = createHash('sha1')
      .update(withoutSpace(pending.join('')))
      .digest();
    pending = [];
    let carry = 0;
    for (let at = 0; at < HASH_BYTES; at += 1) {
      carry += (sum[at] ?? 0) + (hash[at] ?? 0);
      sum[at] = carry & 0xff;
      carry >>= 8;
    }
  };
  return {
    lines(text) {
      if (text === '') return;
      counted = true;
      pending.push(text);
    },
    blobs(before, after) {
      counted = true;
      pending.push(before, after);
    },
    endFile: flush,
    hunk: () => undefined,
    closed: () => undefined,
    finish() {
      if (!counted) return null;
      flush();
      return Buffer.from(sum).toString('hex');
    },
  };
}

/** The bytes without C's isspace, as git drops them; other Unicode spaces count as text. */
function withoutSpace(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  let kept = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 32 || (byte >= 9 && byte <= 13)) continue;
    bytes[kept] = byte;
    kept += 1;
  }
  return bytes.subarray(0, kept);
}
