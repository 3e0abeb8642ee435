/**
 * How much of one mail, posting, thread or series is considered. Each is well above what lists see (in brackets), so that
 * only floods meet them; what a card or an answer then leaves out is stated there. Nothing here depends on the clock.
 */

/** Tags read of one mail (105 in a letter with its Cc list). More are the problem `too-many-trailers`. */
export const MOST_TRAILERS = 400;

/** Tags times patches credited in one posting: 370 patches and 100 people who reviewed all of them (some 7,000). */
export const MOST_CREDITS = 40_000;

/** Replies of one series that are read for tags and decisions, the earliest first (300). All are counted as replies. */
export const MOST_READ_REPLIES = 2_000;

/** Versions of one series (30): a flood under one title must stay cheap. */
export const MOST_REVISIONS = 200;

/** Mails that are joined as one cluster: all of a thread, and what its senders posted on the same days (150). */
export const MOST_CLUSTERED = 4_000;

/** Postings that are compared with one another as possible versions of one series (26). */
export const MOST_LINKED = 500;

/** Patches of one pull request that are looked for among the postings (250). */
export const MOST_PULLED = 1_000;
