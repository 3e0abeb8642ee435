import { nearest } from '../../digest/follow/fields.js';
import { editDistance } from '../../digest/text/edit-distance.js';
import { shorten } from '../../digest/text/inert.js';
import { orList } from '../../digest/text/or-list.js';

/** What is wrong with a typed command, and what it may have meant: whole commands to type instead. */
export interface CommandProblem {
  readonly message: string;
  readonly remedy: string;
  /** Without the slash: `digest pause`. */
  readonly suggestions: readonly string[];
}

const MAX_WORD = 40;

/** The words that this one may be a slip for, best first. */
export function nearWords(word: string, words: readonly string[]): readonly string[] {
  const lower = word.toLowerCase();
  if (lower.length < 2 || lower.length > MAX_WORD) return [];
  const start = lower.slice(0, 3);
  const alike = nearest(lower, words);
  return alike.length > 0 || start.length < 3 ? alike : words.filter((other) => other.startsWith(start));
}

/** Whether a word is one of the words with a letter or two wrong. */
export function isSlip(word: string, words: readonly string[]): boolean {
  return (
    word.length <= MAX_WORD && words.some((other) => other !== word && editDistance(word, other, 2) <= 2)
  );
}

/** A problem with one word of a command; `whole` makes a command of a word that was meant. */
export function unknownWord(
  what: string,
  word: string,
  near: readonly string[],
  otherwise: string,
  whole: (word: string) => string = (meant) => meant,
): CommandProblem {
  const suggestions = near.map(whole);
  return {
    message: `Unknown ${what} “${shorten(word, MAX_WORD)}”.`,
    remedy:
      suggestions.length === 0 ? otherwise : `Did you mean ${orList(suggestions.map((one) => `/${one}`))}?`,
    suggestions,
  };
}
