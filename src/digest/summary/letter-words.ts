import type { Letter } from '../letter/letter.js';
import type { Sentence } from './split-sentences.js';
import { forgetWords, readWords, type Stem, type Word } from './words.js';

/** What sentences of one letter are compared with. Holds until the next letter is opened. */
export interface LetterWords {
  /** How many content words the title has. */
  readonly titleSize: number;
  /** The title names a generation: `decouple v1 code from v2`. */
  readonly versioned: boolean;
  /** The words of each sentence as it stands, by its index. */
  readonly words: readonly (readonly Word[])[];
  /** The content words of each sentence as it stands, by its index. */
  readonly contents: readonly (readonly Stem[])[];
}

/** Patches whose titles are looked at. */
const MAX_PATCHES = 60;
/** More sentences that have a word make it no more central. */
const MAX_COUNTED = 5;

/** The letter that is being summed up; what stems say of an earlier one is void. */
let letters = 0;
/** The text that is being gone through. */
let readings = 0;

/**
 * The content words of a text, once each.
 *
 * Counted loops here and in what is asked of each word: most letters are summed up before any of this is optimized, and walking an
 * array by its iterator takes several times as long there.
 */
export function contentOf(words: readonly Word[]): Stem[] {
  const content: Stem[] = [];
  readings += 1;
  for (let at = 0; at < words.length; at += 1) {
    const stems = (words[at] as Word).content;
    for (let i = 0; i < stems.length; i += 1) {
      const stem = stems[i] as Stem;
      if (stem.reading === readings) continue;
      stem.reading = readings;
      content.push(stem);
    }
  }
  return content;
}

function ofThisLetter(stem: Stem): Stem {
  if (stem.letter !== letters) {
    stem.letter = letters;
    stem.sentences = 0;
    stem.inTitle = false;
    stem.inShortlog = false;
  }
  return stem;
}

/** Notes of each content word where the letter has it. */
export function openLetter(
  { shortlog }: Pick<Letter, 'shortlog'>,
  title: string,
  sentences: readonly Sentence[],
): LetterWords {
  forgetWords();
  letters += 1;
  const named = contentOf(readWords(title));
  for (const stem of named) ofThisLetter(stem).inTitle = true;
  const patches = Math.min(shortlog.length, MAX_PATCHES);
  for (let at = 0; at < patches; at += 1)
    for (const word of readWords(shortlog[at]?.title ?? ''))
      for (const stem of word.content) ofThisLetter(stem).inShortlog = true;
  const words: Word[][] = [];
  const contents: Stem[][] = [];
  for (const { text } of sentences) {
    const read = readWords(text);
    const content = contentOf(read);
    for (let i = 0; i < content.length; i += 1) ofThisLetter(content[i] as Stem).sentences += 1;
    words.push(read);
    contents.push(content);
  }
  const versioned = named.some(({ text }) => /^v\d{1,2}$/.test(text));
  return { titleSize: named.length, versioned, words, contents };
}

/** How many of a text's content words the title has, how many more the patches' titles, and how much the letter is about them. */
export interface Shared {
  readonly inTitle: number;
  readonly inShortlog: number;
  /** About 0 to 1. */
  readonly centrality: number;
}

export function sharedWords(content: readonly Stem[]): Shared {
  let inTitle = 0;
  let inShortlog = 0;
  let again = 0;
  for (let at = 0; at < content.length; at += 1) {
    const stem = ofThisLetter(content[at] as Stem);
    const { sentences } = stem;
    if (stem.inTitle) inTitle += 1;
    else if (stem.inShortlog) inShortlog += 1;
    if (sentences > 1) again += Math.min(sentences, MAX_COUNTED) - 1;
  }
  return { inTitle, inShortlog, centrality: content.length === 0 ? 0 : again / content.length / 4 };
}

/** How many content words two texts share. */
export function countShared(a: readonly Stem[], b: readonly Stem[]): number {
  readings += 1;
  for (let at = 0; at < a.length; at += 1) (a[at] as Stem).reading = readings;
  let shared = 0;
  for (let at = 0; at < b.length; at += 1) if ((b[at] as Stem).reading === readings) shared += 1;
  return shared;
}

/** In a series about `memcg: decouple v1 code from v2` a v1 is no version of the posting. */
export function unversioned(words: readonly Word[], { versioned }: LetterWords): readonly Word[] {
  if (!versioned) return words;
  return words.map((word) => {
    const [stem] = word.content;
    return word.kind === '<v>' && stem !== undefined && ofThisLetter(stem).inTitle
      ? { ...word, text: `generation-${word.text}`, kind: null, cues: 0, before: null, starts: null }
      : word;
  });
}
