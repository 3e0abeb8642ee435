import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** The most that a stored body may come to: no mail is longer, so a longer one is a damaged row. */
const MAX_BYTES = 512 * 1024 * 1024;

/** A mail as it is kept: half its size; higher levels cost up to twice the time for 3 % less. */
export function compressBody(raw: Uint8Array): Buffer {
  return deflateRawSync(raw, { level: 2 });
}

export function expandBody(body: Uint8Array): Buffer {
  return inflateRawSync(body, { maxOutputLength: MAX_BYTES });
}
