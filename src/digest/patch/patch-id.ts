import { createHash } from 'node:crypto';

const HASH_BYTES = 20;

/** Takes in the lines of a diff and makes an id of them. */
export interface PatchIdSum {
  /** A header or hunk line that counts. */
  line(text: string): void;
  /** The two blob ids of a binary file, which stand for its content. */
  blobs(before: string, after: string): void;
  /** The end of one file. */
  endFile(): void;
  /** The id in hex; null where no line counted. */
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
      .update(withoutSpace(pending.join('\n')), 'utf8')
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
    line(text) {
      counted = true;
      pending.push(text);
    },
    blobs(before, after) {
      counted = true;
      pending.push(before, after);
    },
    endFile: flush,
    finish() {
      if (!counted) return null;
      flush();
      return Buffer.from(sum).toString('hex');
    },
  };
}

/** C's isspace, as git uses it: other Unicode spaces count as text. */
function withoutSpace(text: string): string {
  return text.replace(/[ \t\r\v\f\n]+/g, '');
}
