/** Bytes that one answer may unpack to: a thread of thousands of mails has less, a bomb has more. */
export const MAX_UNPACKED_BYTES = 1024 * 1024 * 1024;

/** Bytes of an answer that is held whole: refs, a list's configuration. */
export const MAX_TEXT_BYTES = 32 * 1024 * 1024;

/** Mails between two cursors. */
export const CURSOR_MAILS = 250;

/** Mails between two progress events. */
export const PROGRESS_MAILS = 100;
