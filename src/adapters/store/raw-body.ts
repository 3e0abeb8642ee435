import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** The most that a stored body may come to: no mail is longer, so a longer one is a damaged row. */
const MAX_BYTES = 512 * 1024 * 1024;

/** A mail as it is kept. */
export function compressBody(raw: Uint8Array): Buffer {
  return deflateRawSync(raw, { level: 3, memLevel: 9 });
}

export function expandBody(body: Uint8Array): Buffer {
  return inflateRawSync(body, { maxOutputLength: MAX_BYTES });
}
