/** Bounds on what a server may cost us; none can be switched off. */

/** Bytes of a status line: RFC 3977 allows 512. */
export const MAX_LINE_BYTES = 16 * 1024;

/** Bytes of an answer that lists articles or groups: 20,000 overview lines fit. */
export const MAX_LISTING_BYTES = 32 * 1024 * 1024;

/** Concurrent requests: four times as fast as one by one, and still polite. */
export const PIPELINED = 50;

/** Articles between two cursors. */
export const CHUNK_ARTICLES = 250;

/** Numbers that are requested together; grows to the second if numbers are sparse. */
export const RANGE_NUMBERS = 1_000;
export const MAX_RANGE_NUMBERS = 20_000;

/** How long to wait, in milliseconds. */
export interface TimeLimits {
  /** For the connection. */
  readonly connectMs: number;
  /** For the next byte. */
  readonly idleMs: number;
  /** For a whole answer, however slowly it arrives. */
  readonly answerMs: number;
}

export const TIME_LIMITS: TimeLimits = { connectMs: 20_000, idleMs: 60_000, answerMs: 300_000 };
