const WORDS = new Set(['me', '@me', 'myself', 'mine']);
const FIELDS = new Set(['author', 'to', 'maintainer']);

interface RefusedWord {
  readonly message: string;
  readonly suggestions: readonly string[];
  /** A sentence: what to type instead. */
  readonly advice: string;
}

/**
 * `author:me` would mean every James and Mehdi: until people can declare their addresses, it is refused with what to
 * type instead. null where a value is no such word.
 */
export function refuseMe(field: string, value: string): RefusedWord | null {
  if (!FIELDS.has(field) || !WORDS.has(value.toLowerCase())) return null;
  return {
    message: `"${field}:${value}" could be anyone: no mail address of yours is known here.`,
    suggestions: [],
    advice: `Write your address: ${field}:you@example.org.`,
  };
}
