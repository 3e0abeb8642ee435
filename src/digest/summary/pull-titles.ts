import { JOINERS, SUBORDINATE } from './clause-words.js';
import { contentWords } from './content-words.js';
import { asSentence } from './plain-text.js';
import { isFormula, substance } from './pull-item.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS } from './read-letter.js';
import { sentencesOf } from './sentences.js';

/** More titles are no summary. */
const MAX_PATCHES = 3;
/** A sentence beside the titles says at least so much. */
const MIN_SUBSTANCE = 4;

/** Whether a text names something that the patches' titles name too, and that the title of the request does not: `a parameter type`. */
function isOfPatches(text: string, patches: readonly string[], title: string): boolean {
  const known = new Set(contentWords(title));
  const named = new Set(patches.flatMap((patch) => contentWords(patch)));
  return contentWords(text).some((word) => named.has(word) && !known.has(word) && !isFormula(word));
}

/** The sentence that says most; empty if none says much, or it waits for another: `Since it is obvious, …`. */
function fullest(text: string): string {
  const sentences = sentencesOf(text).filter((sentence) => {
    const [first = ''] = sentence.toLowerCase().split(/[ ,]/, 1);
    return !JOINERS.has(first) && !SUBORDINATE.has(first) && substance(sentence) >= MIN_SUBSTANCE;
  });
  return sentences.sort((a, b) => substance(b) - substance(a))[0] ?? '';
}

/**
 * The summary of a pull request without a list. If it tells of the request alone (`Just a single fix for a regression in 6.13`), the
 * titles of its few patches stand in front of what it says, or in its place.
 */
export function withTitles(text: string | null, patches: readonly string[], title: string): string | null {
  if (patches.length === 0 || patches.length > MAX_PATCHES) return text;
  if (text !== null && isOfPatches(text, patches, title)) return text;
  const titles = asSentence(patches.join('; '));
  const fits = (one: string) => one.length <= MAX_SUMMARY_CHARS && one.split(' ').length <= MAX_SUMMARY_WORDS;
  const both = `${titles} ${fullest(text ?? '')}`.trim();
  return [both, titles].find(fits) ?? text;
}
