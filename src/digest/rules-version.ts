/**
 * The version of the rules by which mail is read: subjects, letters, trailers, joining, states, summaries. Raised by hand with every
 * change that makes another answer out of the same mail, so that a database says when it was made by other rules and what to do.
 */
export const RULES_VERSION = 57;
