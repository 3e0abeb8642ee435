import { gunzipSync } from 'node:zlib';
import type { AttachedPart } from './attached-part.js';
import { MAX_ATTACHMENT_LENGTH, MAX_ATTACHMENTS, MAX_UNPACKED_BYTES } from './limits.js';

/** `v2-0001-title.patch.gz`, as patches of many files are sent to lists with a limit. */
const GZIPPED_NAME = /\.(?:patch|diff|txt)\.gz$/i;

/**
 * Gzipped patches, unpacked, under their names without `.gz`; all other parts as they are. Unpacking stops at a bound for each part and one
 * for all of a mail, whatever the parts say of their size; what is larger or broken stays packed and is not read.
 */
export function unpackGzipped(parts: readonly AttachedPart[]): AttachedPart[] {
  let left = MAX_UNPACKED_BYTES;
  let count = 0;
  return parts.map((part) => {
    if (!isGzipped(part) || left <= 0 || count >= MAX_ATTACHMENTS) return part;
    count += 1;
    const bytes = unpack(part.bytes, Math.min(left, MAX_ATTACHMENT_LENGTH));
    // What unpacked to too much has cost as much as the bound.
    left -= bytes?.length ?? MAX_ATTACHMENT_LENGTH;
    if (bytes === null) return { ...part, type: 'application/gzip' };
    return {
      ...part,
      type: 'text/x-patch',
      charset: null,
      name: part.name?.slice(0, -'.gz'.length) ?? null,
      bytes,
    };
  });
}

function isGzipped({ name, bytes }: AttachedPart): boolean {
  return name !== null && bytes[0] === 0x1f && bytes[1] === 0x8b && GZIPPED_NAME.test(name);
}

function unpack(bytes: Uint8Array, maxOutputLength: number): Uint8Array | null {
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch {
    return null;
  }
}
