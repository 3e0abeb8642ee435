import { MAX_NAMED_PATCHES, patchNumber } from '../text/bounded-number.js';
import { withoutTail } from '../text/without-tail.js';

const COUNTS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
};

/**
 * Numbers that follow `patch`, `patches` or the verb, `1-3` expanded; `first three` and `first 3` are 1 to 3. None if there are more than
 * anyone names in a sentence.
 */
export function namedIndexes(all: readonly string[]): number[] {
  const found = new Set<number>();
  for (const [at, word] of all.entries()) {
    const next = all[at + 1] ?? '';
    if (word === 'first' && all.length > at + 1) {
      const count =
        COUNTS[next] ??
        (/^\d{1,2}$/.test(next) ? patchNumber(next) : null) ??
        (next.startsWith('patch') ? 1 : 0);
      for (let index = 1; index <= count; index++) found.add(index);
    }
    if (word !== 'patch' && word !== 'patches' && word !== '#') continue;
    for (const number of all.slice(at + 1)) {
      if (['and', 'to', 'through', '&', '+', '#'].includes(number)) continue;
      if (!isNumber(number)) break;
      for (const index of countOut(number)) found.add(index);
    }
  }
  return found.size > MAX_NAMED_PATCHES ? [] : [...found].sort((a, b) => a - b);
}

/** `3`, `1-3`, `2/5`, `10,14,16`. */
export function isNumber(word: string): boolean {
  return word.length < 40 && /^#?\d[\d,\-–/&+]*$/.test(word);
}

/** Patches that a word such as `1-3` may expand to. */
const MAX_RANGE = 100;

/** The patch numbers that a word such as `1-3` or `10,14` names; `2/5` is the second of five. A number that no patch has names none. */
export function countOut(word: string): number[] {
  const found: number[] = [];
  for (const part of word.replace(/^#/, '').split(/[,&+]/).filter(Boolean)) {
    const [from = '', to] = part.split(/[-–]/);
    const first = patchNumber(from.split('/')[0]);
    const last = to === undefined ? first : patchNumber(to.split('/')[0]);
    if (first === null || last === null || last < first || last - first > MAX_RANGE) continue;
    for (let index = first; index <= last; index++) found.push(index);
  }
  return found;
}

/** Words of a sentence that are read. */
export const MAX_WORDS = 80;
const OPENING = /^["'([{<*_~]+/;
const CLOSING = '"\')]}>*_~.,;:!?';

/** Lower-case words without the signs around them. */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const part of text.split(/\s/)) {
    const word = wordOf(part);
    if (word === '') continue;
    found.push(word);
    if (found.length === MAX_WORDS) break;
  }
  return found;
}

/** One word of a sentence as `words` gives it; '' if it consists of signs. */
export function wordOf(text: string): string {
  const word = text.toLowerCase();
  // Most words have no sign around them.
  if (isPlain(word) && !/[’`]/.test(word)) return word;
  return withoutTail(word.replace(/[’`]/g, "'").replace(OPENING, ''), CLOSING);
}

/** Begins and ends with a letter or digit of ASCII. */
function isPlain(word: string): boolean {
  return isAlphanumeric(word.charCodeAt(0)) && isAlphanumeric(word.charCodeAt(word.length - 1));
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
}
