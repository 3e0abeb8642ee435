import { contentWords, STOP_WORDS, stem } from './content-words.js';
import { CUES } from './cue-phrases.js';
import { CLASSED_WORDS, classOf, type Phrase, type PhraseTable } from './phrases.js';
import { AIMS, BACK_WORDS, DOES, FUNCTION_WORDS, SERIES_NOUNS } from './word-lists.js';

/** What a word is by itself, one bit each. */
export const MARK = {
  /** `the`, `of`: told in English. */
  function: 1,
  /** `foo_bar`, `baz()`, `a->b`, `x/y`, `v2`: has a mark or a digit in it. */
  name: 2,
  /** `adds`: says what a series does. */
  doing: 4,
  /** `patchset`: what a posting is called. */
  series: 8,
  /** `we`, `I`. */
  ours: 16,
  /** `goal`. */
  aim: 32,
  /** `it`, `those`: may speak of what was said before. */
  back: 64,
} as const;

/**
 * A content word, and what of it stands in the letter that is being summed up: notes that `letter-words.ts` alone makes and reads,
 * which cost a set and a look-up for each word and letter otherwise.
 */
export interface Stem {
  readonly text: string;
  /** The letter that the next three are about. */
  letter: number;
  inTitle: boolean;
  inShortlog: boolean;
  /** How many sentences have it. */
  sentences: number;
  /** The text in which it was met last. */
  reading: number;
}

/** A word of a letter, and all that can be known of it wherever it stands. */
export interface Word {
  /** Lower case, marks at its ends off. */
  readonly text: string;
  /** Bits of MARK. */
  readonly marks: number;
  /** The class that phrases know it by (`<v>`), where it has one. */
  readonly kind: string | null;
  /** Bits of CUE that it carries alone. */
  readonly cues: number;
  /** Phrases that start with it and take any second word. */
  readonly before: readonly Phrase[] | null;
  /** Phrases of more words that start with it, by what the second one must be. */
  readonly starts: ReadonlyMap<string, readonly Phrase[]> | null;
  /** Whether any phrase goes on with it. */
  readonly follows: boolean;
  /** Its content words: none of `the`, two of `dma-buf`. */
  readonly content: readonly Stem[];
}

/** More words than these are no sentence. */
const MAX_WORDS = 120;
/** Letters share most of their words: these are kept, 6 MB of them at most, and found again at the cost of one look-up. */
const kept = new Map<string, Word>();
const stems = new Map<string, Stem>();
const MAX_KEPT_CHARS = 120_000;
let keptChars = 0;

/** To be called between two letters: where many words are kept, all are given up. */
export function forgetWords(): void {
  if (keptChars < MAX_KEPT_CHARS) return;
  kept.clear();
  stems.clear();
  keptChars = 0;
}

/** A run without a space, marks at its ends off. */
const WORD = /\.?[^\s"'`“”‘’()[\]{}<>,;:!?*–—.](?:[^\s]*[^\s"'`“”‘’()[\]{}<>,;:!?*–—.])?/g;

function isName(word: string): boolean {
  return /[_(>/0-9]/.test(word);
}

/** The marks that words have by their lists. */
const LISTED = new Map<string, number>();
for (const [mark, words] of [
  [MARK.function, FUNCTION_WORDS],
  [MARK.doing, DOES],
  [MARK.series, SERIES_NOUNS],
  [MARK.back, BACK_WORDS],
  [MARK.aim, AIMS],
  [MARK.ours, ['we', 'i']],
] as const)
  for (const word of words) LISTED.set(word, (LISTED.get(word) ?? 0) | mark);

function marksOf(text: string): number {
  const marks = LISTED.get(text) ?? 0;
  return isName(text) ? marks | MARK.name : marks;
}

/** What a phrase of cues may have second. */
const SECOND: ReadonlySet<string> = new Set(
  [...CUES.values()].flatMap((phrases) => phrases.flatMap(({ rest: [second] }) => [...(second ?? [])])),
);

function goOn(text: string, kind: string | null): boolean {
  return SECOND.has(text) || (kind !== null && SECOND.has(kind));
}

function stemsOf(text: string): readonly Stem[] {
  const found: Stem[] = [];
  const words = contentWords(text);
  for (let at = 0; at < words.length; at += 1) found.push(stemOf(words[at] as string));
  return found.length === 0 ? NO_STEMS : found;
}
const NO_STEMS: readonly Stem[] = [];

/** Words of which more is known than that they are content. */
const KNOWN: ReadonlySet<string> = new Set([
  ...STOP_WORDS,
  ...CLASSED_WORDS,
  ...LISTED.keys(),
  ...SECOND,
  ...CUES.keys(),
]);

function makeWord(text: string): Word {
  // Most words are letters alone, and in no list.
  if (text.length > 1 && /^[a-z]+$/.test(text) && !KNOWN.has(text)) {
    const content = [stemOf(stem(text))];
    return { text, marks: 0, kind: null, cues: 0, before: null, starts: null, follows: false, content };
  }
  const kind = classOf(text);
  let cues = 0;
  let before: Phrase[] | null = null;
  let starts: Map<string, Phrase[]> | null = null;
  const known = CUES.get(text);
  const phrases = kind === null ? known : [...(known ?? []), ...(CUES.get(kind) ?? [])];
  if (phrases !== undefined) {
    for (const phrase of phrases) {
      const second = phrase.rest[0];
      if (second === undefined) cues |= phrase.bit;
      else if (second === null) before = [...(before ?? []), phrase];
      else {
        starts ??= new Map();
        for (const next of second) {
          const list = starts.get(next);
          if (list === undefined) starts.set(next, [phrase]);
          else list.push(phrase);
        }
      }
    }
  }
  return {
    text,
    marks: marksOf(text),
    kind,
    cues,
    before,
    starts,
    follows: goOn(text, kind),
    content: stemsOf(text),
  };
}

function stemOf(text: string): Stem {
  const known = stems.get(text);
  if (known !== undefined) return known;
  const stem = { text, letter: 0, inTitle: false, inShortlog: false, sentences: 0, reading: 0 };
  stems.set(text, stem);
  return stem;
}

function wordOf(text: string): Word {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const word = makeWord(text);
  kept.set(text, word);
  keptChars += text.length;
  return word;
}

/**
 * The words of a text, at most 120.
 *
 * `known`: those of a text of which this one is the beginning or the end, save for a few words.
 */
export function readWords(text: string, known: readonly Word[] = NONE): Word[] {
  const found = text.toLowerCase().match(WORD);
  if (found === null) return [];
  const words: Word[] = [];
  const count = Math.min(found.length, MAX_WORDS);
  const shift = Math.max(0, known.length - count);
  for (let at = 0; at < count; at += 1) {
    const token = found[at] as string;
    if (known.length > at + shift && known[at + shift]?.text === token) words.push(known[at + shift] as Word);
    else if (known.length > at && known[at]?.text === token) words.push(known[at] as Word);
    else words.push(wordOf(token));
  }
  return words;
}
const NONE: readonly Word[] = [];

/** Whether the words from `at` on are what the phrase asks for from its `from`-th further word on. */
function goesOn({ rest }: Phrase, from: number, words: readonly Word[], at: number): boolean {
  for (let i = from; i < rest.length; i += 1) {
    const word = words[at + i - from];
    if (word === undefined) return false;
    const wanted = rest[i];
    if (wanted === null || wanted === undefined || wanted.has(word.text)) continue;
    if (word.kind === null || !wanted.has(word.kind)) return false;
  }
  return true;
}

function bitsOf(phrases: readonly Phrase[] | undefined, words: readonly Word[], at: number): number {
  let found = 0;
  // The second word is what they were found by.
  if (phrases !== undefined)
    for (let i = 0; i < phrases.length; i += 1) {
      const phrase = phrases[i] as Phrase;
      if (goesOn(phrase, 1, words, at)) found |= phrase.bit;
    }
  return found;
}

/** Which cues the words carry, or'ed together: bits of CUE. */
export function cuesIn(words: readonly Word[]): number {
  let found = 0;
  for (let at = 0; at < words.length; at += 1) {
    const { cues, before, starts } = words[at] as Word;
    found |= cues;
    const next = words[at + 1];
    if (next === undefined) break;
    if (before !== null) found |= bitsOf(before, words, at + 2);
    if (starts === null || !next.follows) continue;
    found |= bitsOf(starts.get(next.text), words, at + 2);
    if (next.kind !== null) found |= bitsOf(starts.get(next.kind), words, at + 2);
  }
  return found;
}

/** Which bits of a table the phrases carry that start at the first word. */
export function openingPhrases(table: PhraseTable, words: readonly Word[]): number {
  let found = 0;
  const phrases = table.get(words[0]?.text ?? '');
  if (phrases !== undefined)
    for (const phrase of phrases)
      if ((found & phrase.bit) === 0 && goesOn(phrase, 0, words, 1)) found |= phrase.bit;
  return found;
}
