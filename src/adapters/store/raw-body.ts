import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** The most that a stored body may come to: no mail is longer, so a longer one is a damaged row. */
const MAX_BYTES = 512 * 1024 * 1024;

/** A mail as it is kept: a third of its size; higher levels cost twice the time for 3 % less. */
export function compressBody(raw: Uint8Array): Buffer {
  return deflateRawSync(raw, { level: 3 });
}

export function expandBody(body: Uint8Array): Buffer {
  return inflateRawSync(body, { maxOutputLength: MAX_BYTES });
}
