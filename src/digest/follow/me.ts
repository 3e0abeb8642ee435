/** What people call themselves. */
export const ME_WORDS: ReadonlySet<string> = new Set(['me', '@me', 'myself', 'mine']);
/** Fields whose value is a person. */
export const PERSON_FIELDS: ReadonlySet<string> = new Set(['author', 'to', 'maintainer', 'reviewed']);

interface RefusedWord {
  readonly message: string;
  readonly suggestions: readonly string[];
  /** A sentence: what to type instead. */
  readonly advice: string;
}

/**
 * `author:me` would mean every James and Mehdi: it is rejected if no address of the user is known, with what to type instead. null if a
 * value is not such a word.
 */
export function refuseMe(field: string, value: string): RefusedWord | null {
  if (!PERSON_FIELDS.has(field) || !ME_WORDS.has(value.toLowerCase())) return null;
  return {
    message: `“${field}:${value}” could be anyone: no mail address of yours is known here.`,
    suggestions: [],
    advice: `Say which is yours with /me add you@example.org, or write it: ${field}:you@example.org.`,
  };
}
