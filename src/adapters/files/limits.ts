/** Bytes read from a file at a time. */
export const CHUNK_BYTES = 256 * 1024;

/** How many bytes from the beginning determine a file's kind. */
export const SNIFF_BYTES = 64 * 1024;

/** Bytes of input between two progress events. */
export const PROGRESS_BYTES = 1024 * 1024;
