/** Bytes read from a file at a time. */
export const CHUNK_BYTES = 256 * 1024;

/** Bytes from the beginning by which a file's kind is told. */
export const SNIFF_BYTES = 64 * 1024;

/** Bytes of input between two progress events. */
export const PROGRESS_BYTES = 1024 * 1024;
