/**
 * Bytes of one raw mail that are read; a larger one is cut there or reported as skipped, whatever its source. Mail is hostile: this cannot
 * be switched off.
 */
export const MAX_MAIL_BYTES = 25 * 1024 * 1024;
