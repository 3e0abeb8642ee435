import { withoutTail } from '../text/without-tail.js';
import { NEVER_LAST } from './clause-words.js';
import { tellsDeed } from './deeds.js';
import { type Form, formsOf } from './forms.js';
import { asSentence, plainText, withoutBrackets } from './plain-text.js';
import { type Sentence, splitSentences } from './sentences.js';
import { newVocabulary, numberedWords, type Token, tokensOf, type Vocabulary } from './tokens.js';

/** A letter says what it is about in its first sentences if at all. */
export const MAX_SENTENCES = 40;
const MAX_SENTENCE_CHARS = 1_200;
/** The bounds of a summary. */
export const MAX_SUMMARY_WORDS = 45;
export const MAX_SUMMARY_CHARS = 320;

/** A sentence, its words and the forms in which it could be shown. */
export interface ReadSentence {
  readonly sentence: Sentence;
  /** Index among the letter's sentences; a list read with its lead has that of the lead. */
  readonly index: number;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly forms: readonly Form[];
  /** The lead of a list together with its items. */
  readonly list: boolean;
}

/** A letter, parsed once for every part that scores its sentences. */
export interface ReadLetter {
  readonly sentences: readonly ReadSentence[];
  /** How many sentences there are, lists not counted again. */
  readonly count: number;
  /** The content words of the letter, its title and the titles of its patches: all others are given by their indexes here. */
  readonly contents: readonly string[];
  readonly title: ReadonlySet<number>;
  readonly patches: ReadonlySet<number>;
  /** In which titles of patches each content word is, and how many of them each title has: of the first forty. */
  readonly titlesOf: readonly (readonly number[] | undefined)[];
  readonly titleSizes: readonly number[];
  /** The message of one commit, not the letter of a series. */
  readonly commit: boolean;
  /** In how many sentences each content word occurs; none for those of titles alone. */
  readonly frequency: readonly number[];
}

function countWords(text: string): number {
  return text.split(' ').length;
}

/** The lead and as many of its items as a summary holds: `It has two channels: proximity; attention.` */
function listText({ text, list }: Sentence): string {
  const lead = withoutTail(text, ':');
  const items: string[] = [];
  let words = countWords(lead);
  for (const item of list) {
    const clean = withoutTail(plainText(item), '.,;:');
    // It continued in a line that is not prose.
    if (NEVER_LAST.has(clean.slice(clean.lastIndexOf(' ') + 1).toLowerCase())) continue;
    words += countWords(clean);
    if (words > MAX_SUMMARY_WORDS - 1) break;
    items.push(clean);
  }
  if (items.length === 0) return '';
  const rest = items.length < list.length ? '; …' : '';
  return `${lead}: ${items.join('; ')}${rest}`;
}

/** An item of more words is left out where the items are shown without their lead. */
const MAX_ITEM_WORDS = 28;

/** The items alone, where their lead says no more than that they follow: `The series makes these changes:`. Long ones are left out. */
function itemsText({ list }: Sentence): string {
  const items: string[] = [];
  let words = 0;
  for (const item of list) {
    const clean = withoutTail(plainText(item), '.,;:');
    const count = countWords(clean);
    if (count < 4 || count > MAX_ITEM_WORDS || words + count > MAX_SUMMARY_WORDS - 1) continue;
    if (NEVER_LAST.has(clean.slice(clean.lastIndexOf(' ') + 1).toLowerCase())) continue;
    words += count;
    items.push(clean);
  }
  if (items.length < 2) return '';
  return `${items.join('; ')}${items.length < list.length ? '; …' : ''}`;
}

/** Below a line that was dropped, a word of prose in lower case continues it: `… adds a flag as a⏎workaround to find …`. */
const lacksStart = ({ broken, text }: Sentence) => broken && /^[a-z]+[ ,]/.test(text);

function readOne(sentence: Sentence, index: number, vocabulary: Vocabulary): ReadSentence {
  const text = plainText(sentence.text.slice(0, MAX_SENTENCE_CHARS));
  const tokens = tokensOf(text, vocabulary);
  return {
    sentence,
    index,
    text,
    tokens,
    forms: lacksStart(sentence) ? [] : formsOf(text, tokens),
    list: false,
  };
}

/** The same sentence without its brackets, if they hold much of it. */
function readBare(read: ReadSentence, vocabulary: Vocabulary): ReadSentence | null {
  const text = withoutBrackets(read.text);
  if (text.length > read.text.length - 12 || lacksStart(read.sentence)) return null;
  const tokens = tokensOf(text, vocabulary);
  const forms = formsOf(text, tokens).filter((form) => !read.forms.some((other) => other.text === form.text));
  return forms.length === 0
    ? null
    : { ...read, text, tokens, forms: forms.map((form) => ({ ...form, cut: true })) };
}

function readList(
  sentence: Sentence,
  index: number,
  text: string,
  vocabulary: Vocabulary,
): ReadSentence | null {
  if (text === '') return null;
  const tokens = tokensOf(text, vocabulary);
  if (tokens.some(({ word }) => word.link)) return null;
  const form: Form = { text: asSentence(text), from: 0, to: tokens.length, start: 'whole', cut: false };
  return { sentence, index, text, tokens, forms: [form], list: true };
}

/** The content words of some tokens, once each. */
export function distinctContent(tokens: readonly Token[], from: number, to: number): number[] {
  const found: number[] = [];
  for (let at = from; at < to; at += 1)
    for (const word of (tokens[at] as Token).word.content) if (!found.includes(word)) found.push(word);
  return found;
}

/** The most patch titles that forms are compared with. */
const MAX_TITLES = 40;

function titlesOf(titles: readonly ReadonlySet<number>[]): (number[] | undefined)[] {
  const found: (number[] | undefined)[] = [];
  titles.forEach((words, at) => {
    for (const word of words) {
      const known = found[word];
      if (known === undefined) found[word] = [at];
      else known.push(at);
    }
  });
  return found;
}

/** Reads the intro of a letter. `title`: the subject without tags; `patches`: the titles of its patches; `commit`: it is one's message. */
export function readLetter(
  intro: string,
  title: string,
  patches: readonly string[],
  commit = false,
): ReadLetter {
  const vocabulary = newVocabulary();
  const sentences: ReadSentence[] = [];
  const frequency: number[] = [];
  const split = splitSentences(intro, MAX_SENTENCES).slice(0, MAX_SENTENCES);
  split.forEach((sentence, index) => {
    const read = readOne(sentence, index, vocabulary);
    for (const word of distinctContent(read.tokens, 0, read.tokens.length))
      frequency[word] = (frequency[word] ?? 0) + 1;
    sentences.push(read);
    const bare = readBare(read, vocabulary);
    if (bare !== null) sentences.push(bare);
    if (sentence.list.length === 0) return;
    const list = readList(sentence, index, listText(sentence), vocabulary);
    if (list !== null) sentences.push(list);
    if (!tellsDeed(read.tokens, 0, read.tokens.length)) return;
    const items = readList(sentence, index, itemsText(sentence), vocabulary);
    if (items !== null) sentences.push(items);
  });
  const patchWords = patches.map((patch) => new Set(numberedWords(patch, vocabulary)));
  const near = patchWords.slice(0, MAX_TITLES);
  return {
    sentences,
    count: split.length,
    title: new Set(numberedWords(title, vocabulary)),
    patches: new Set(patchWords.flatMap((words) => [...words])),
    titlesOf: titlesOf(near),
    titleSizes: near.map(({ size }) => size),
    contents: [...vocabulary.contents.keys()],
    commit,
    frequency,
  };
}
