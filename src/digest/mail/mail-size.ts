/** Bytes of one raw mail that are read; a larger one is cut there or named as skipped, whatever way it comes. Mail is hostile: this cannot be switched off. */
export const MAX_MAIL_BYTES = 25 * 1024 * 1024;
