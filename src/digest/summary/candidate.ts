import { cleanSentence } from './clean-sentence.js';
import { CUE, NOISE } from './cue-phrases.js';
import { isFit } from './is-fit.js';
import { contentOf, type LetterWords, sharedWords, unversioned } from './letter-words.js';
import { type Needs, needsOf } from './points-back.js';
import { type Saying, saysWhat } from './says-what.js';
import { isHalf, shorten } from './shorten.js';
import type { Sentence } from './split-sentences.js';
import { cuesIn, MARK, readWords, type Stem, type Word } from './words.js';

/** A sentence that could be shown, and what is known of it. */
export interface Candidate {
  /** As it would be shown. */
  readonly text: string;
  /** Words, as a reader counts them. */
  readonly words: number;
  /** Where it stands among the letter's sentences, from 0; two forms of a sentence share it. */
  readonly index: number;
  /** Where it stands among those that are no noise. */
  readonly place: number;
  /** First of its paragraph. */
  readonly first: boolean;
  readonly item: boolean;
  /** From a section that does not describe the series. */
  readonly aside: boolean;
  /** `However,` was taken off its front. */
  readonly joined: boolean;
  /** The number of its patch was taken off its front. */
  readonly ofPatch: boolean;
  /** Was cut short. */
  readonly cut: boolean;
  /** Ends by announcing what is not shown. */
  readonly announces: boolean;
  /** Bits of CUE. */
  readonly cues: number;
  /** How plainly it says what the series does, as its main clause. */
  readonly says: Saying;
  readonly needs: Needs;
  /** Its content words, once each. */
  readonly content: readonly Stem[];
  /** How many of them the title has. */
  readonly inTitle: number;
  /** Share of the title's words that it takes up, 0 to 1. */
  readonly titleShare: number;
  /** How many, not in the title, the patches' titles have. */
  readonly inShortlog: number;
  /** How much its words are those of the whole letter, about 0 to 1. */
  readonly centrality: number;
  /** A clause that waits for its main clause, as far as its first word and its commas tell. */
  readonly half: boolean;
  /** Share of names of code (`foo_bar`, `baz()`, `CONFIG_X`), 0 to 1. */
  readonly names: number;
}

/** A summary holds to both. */
export const MAX_SUMMARY_WORDS = 45;
export const MAX_SUMMARY_CHARS = 320;
/** `This adds …` that opens a paragraph further down speaks of the paragraph before. */
const MAX_THIS_INDEX = 8;
/** A shorter sentence is shown whole or not at all. */
const MIN_SHORTENED_WORDS = 18;

/** A sentence that is not wholly about the posting, before it is known in which form it would be shown. */
export interface Draft {
  readonly sentence: Sentence;
  readonly index: number;
  readonly place: number;
  readonly text: string;
  readonly joined: boolean;
  /** The number of its patch was taken off its front. */
  readonly ofPatch: boolean;
  /** Those of `text`. */
  readonly words: readonly Word[];
  /** As it stands; null where it talks of the posting: a shorter form may not. */
  readonly whole: Candidate | null;
}

/** Cleans and judges a sentence; null where nothing is left that could be shown. */
export function draftOf(sentence: Sentence, index: number, place: number, letter: LetterWords): Draft | null {
  const written = letter.words[index] as readonly Word[];
  const first = written[0]?.text ?? '';
  const clean = cleanSentence(sentence.text, first);
  if (clean === null) return null;
  const { text, joined, ofPatch, asWritten } = clean;
  const read = asWritten ? written : readWords(text, written);
  const words = unversioned(read, letter);
  if (!isFit(text, words, sentence)) return null;
  const cues = cuesOf(words, ofPatch);
  const draft = { sentence, index, place, text, joined, ofPatch, words: read };
  const noisy = (cues & NOISE) !== 0 || text.includes('?');
  return { ...draft, whole: noisy ? null : describe(text, words, cues, draft, letter, false) };
}

/** A sentence that has lost the number of its patch still tells of one patch alone. */
function cuesOf(words: readonly Word[], ofPatch: boolean): number {
  return cuesIn(words) | (ofPatch ? CUE.patchNumber : 0);
}

/** The shorter forms in which a sentence could be shown, longest first. */
export function shorterForms(draft: Draft, letter: LetterWords): Candidate[] {
  const { text } = draft;
  if (!text.includes(' (') && text.split(' ', MIN_SHORTENED_WORDS).length < MIN_SHORTENED_WORDS) return [];
  const found: Candidate[] = [];
  for (const form of shorten(text, MAX_SUMMARY_WORDS)) {
    const words = unversioned(readWords(form, draft.words), letter);
    const cues = cuesOf(words, draft.ofPatch);
    if ((cues & NOISE) === 0 && !form.includes('?'))
      found.push(describe(form, words, cues, draft, letter, true));
  }
  return found;
}

function shareOfNames(words: readonly Word[]): number {
  let names = 0;
  for (let at = 0; at < words.length; at += 1) if (((words[at] as Word).marks & MARK.name) !== 0) names += 1;
  return words.length === 0 ? 0 : names / words.length;
}

function describe(
  text: string,
  words: readonly Word[],
  cues: number,
  { sentence, index, place, joined, ofPatch }: Omit<Draft, 'whole'>,
  letter: LetterWords,
  cut: boolean,
): Candidate {
  // Mostly no more than a full stop was added to the sentence.
  const known = Math.abs(text.length - sentence.text.length) <= 1 ? letter.contents[index] : undefined;
  const content = known ?? contentOf(words);
  const { inTitle, inShortlog, centrality } = sharedWords(content);
  const needs = needsOf(
    text,
    words,
    sentence.first && place <= 2 && index <= MAX_THIS_INDEX,
    index === 0,
    sentence.afterSeries,
  );
  // `This avoids …` behind another sentence speaks of what that one tells.
  const says = ofPatch ? 'we' : saysWhat(words, cues);
  return {
    text,
    words: text.split(' ').length,
    index,
    place,
    joined,
    ofPatch,
    cut,
    first: sentence.first,
    item: sentence.kind === 'item',
    aside: sentence.aside,
    announces: sentence.text.endsWith(':'),
    cues,
    says: says === 'series' && needs === 'before' ? 'we' : says,
    needs,
    content,
    inTitle,
    titleShare: letter.titleSize === 0 ? 0 : inTitle / letter.titleSize,
    inShortlog,
    centrality,
    half: isHalf(text),
    names: shareOfNames(words),
  };
}
