import { contentWords, STOP_WORDS, stem } from './content-words.js';
import { cueOf } from './cues.js';
import { deedWordOf } from './deed-words.js';

/** What is known about a word, independent of its position. */
interface WordFacts {
  /** Lower case, marks at its ends off. */
  readonly text: string;
  /** Its key in the word table: its stem, or a class such as `<id>`, `<n>`, `<v>`. */
  readonly key: string;
  /** Its content words, none of `the`, two of `dma-buf`: as indexes into those of the vocabulary. */
  readonly content: readonly number[];
  /** A name of code, a path, a number: has a mark or a digit in it. */
  readonly name: boolean;
  readonly link: boolean;
  /** Says nothing by itself: `the`, `with`. */
  readonly stop: boolean;
  /** Index of its class of cues, -1 if it is in none. */
  readonly cue: number;
  /** Names the author: `I`, `my`, `I'd`. */
  readonly ours: boolean;
  /** Its role in a statement of what is done (`DeedWord`), 0 if it has none. */
  readonly deed: number;
}

/** A word of a sentence, with its place there. */
export interface Token {
  readonly word: WordFacts;
  readonly start: number;
  /** Behind its last character, marks included. */
  readonly end: number;
  /** The mark behind it at which a clause may end: `,`, `;`, `:`, `-` for a dash, else empty. */
  readonly after: string;
}

/** The words of one letter, each analyzed once. */
export interface Vocabulary {
  /** By their spelling, with and without the marks around them. */
  readonly written: Map<string, WordFacts>;
  /** Content words, numbered in the order in which they were met. */
  readonly contents: Map<string, number>;
}

export function newVocabulary(): Vocabulary {
  return { written: new Map(), contents: new Map() };
}

function numberOf(word: string, { contents }: Vocabulary): number {
  const known = contents.get(word);
  if (known !== undefined) return known;
  contents.set(word, contents.size);
  return contents.size - 1;
}

/** The numbers of a text's content words, repeats kept. */
export function numberedWords(text: string, vocabulary: Vocabulary): number[] {
  return contentWords(text).map((word) => numberOf(word, vocabulary));
}

const MARKS = '"\'`“”‘’()[]{}<>,;:!?*–—.…';

function isLink(text: string): boolean {
  return (
    text.includes('://') || text.startsWith('www.') || text.includes('lore.kernel.org') || isAddress(text)
  );
}

/** `jane@example.org`: an `@` with something before it and a dot behind it, neither next to it nor at the end. */
function isAddress(text: string): boolean {
  const dot = text.lastIndexOf('.');
  return text.indexOf('@') > 0 && dot > text.indexOf('@') + 1 && dot < text.length - 1 && !/\s/.test(text);
}

function keyOf(text: string): string {
  if (/^[a-z][a-z'’-]*$/.test(text)) return stem(text);
  if (/^#?\d[\d.,/%-]*[xkmg%]?$/.test(text)) return '<n>';
  if (/^v\d{1,3}$/.test(text)) return '<v>';
  return '<id>';
}

const NONE: readonly number[] = [];

/** A word of letters alone, as most are. */
function plainFacts(text: string, vocabulary: Vocabulary): WordFacts {
  const key = stem(text);
  const stop = STOP_WORDS.has(text);
  return {
    text,
    key,
    content: stop || text.length === 1 ? NONE : [numberOf(key, vocabulary)],
    name: false,
    link: false,
    stop,
    cue: cueOf(text, key),
    ours: text === 'i' || text === 'my',
    deed: deedWordOf(text),
  };
}

function factsOf(text: string, vocabulary: Vocabulary): WordFacts {
  if (/^[a-z]+$/.test(text)) return plainFacts(text, vocabulary);
  const link = isLink(text);
  const key = link ? '<url>' : keyOf(text);
  return {
    text,
    key,
    content: link ? NONE : numberedWords(text, vocabulary),
    name: /[_(>/0-9=]/.test(text),
    link,
    stop: STOP_WORDS.has(text),
    cue: cueOf(text, key),
    ours: text.startsWith("i'"),
    deed: deedWordOf(text),
  };
}

/** The word that a run of characters holds. */
function readWord(vocabulary: Vocabulary, run: string): WordFacts {
  const known = vocabulary.written.get(run);
  if (known !== undefined) return known;
  let from = 0;
  let to = run.length;
  while (from < to && MARKS.includes(run.charAt(from))) from += 1;
  // `foo()` keeps its brackets.
  while (to > from && MARKS.includes(run.charAt(to - 1)) && !run.startsWith('()', to - 2)) to -= 1;
  const text = run.slice(from, to).toLowerCase();
  const facts = (text === run ? undefined : vocabulary.written.get(text)) ?? factsOf(text, vocabulary);
  vocabulary.written.set(text, facts);
  if (text !== run) vocabulary.written.set(run, facts);
  return facts;
}

function markAfter(run: string): string {
  const last = run.charAt(run.length - 1);
  if (last === ',' || last === ';' || last === ':') return last;
  return '–—-'.includes(last) && /^[–—-]+$/.test(run) ? '-' : '';
}

/** The most words that are read of a sentence. */
const MAX_TOKENS = 120;

/** The words of a sentence whose white space is single spaces. */
export function tokensOf(text: string, vocabulary: Vocabulary): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length && tokens.length < MAX_TOKENS; ) {
    const space = text.indexOf(' ', start);
    const end = space < 0 ? text.length : space;
    const run = text.slice(start, end);
    if (run !== '') tokens.push({ word: readWord(vocabulary, run), start, end, after: markAfter(run) });
    start = end + 1;
  }
  return tokens;
}
