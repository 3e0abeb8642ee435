import { contentWords, STOP_WORDS, stem } from './content-words.js';

/** What is known about a word, independent of its position. */
interface WordFacts {
  /** Lower case, marks at its ends off. */
  readonly text: string;
  /** How the word table knows it: its stem, or a class such as `<id>`, `<n>`, `<v>`. */
  readonly key: string;
  /** Its content words: none of `the`, two of `dma-buf`. */
  readonly content: readonly string[];
  /** A name of code, a path, a number: has a mark or a digit in it. */
  readonly name: boolean;
  readonly link: boolean;
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

/** The words of one letter, each examined once. */
export type Vocabulary = Map<string, WordFacts>;

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

function factsOf(text: string): WordFacts {
  const link = isLink(text);
  if (/^[a-z]+$/.test(text)) {
    const key = stem(text);
    const content = text.length > 1 && !STOP_WORDS.has(text) ? [key] : [];
    return { text, key, content, name: false, link };
  }
  return {
    text,
    key: link ? '<url>' : keyOf(text),
    content: link ? [] : contentWords(text),
    name: /[_(>/0-9=]/.test(text),
    link,
  };
}

/** The word that a run of characters holds. */
function readWord(vocabulary: Vocabulary, run: string): WordFacts {
  let from = 0;
  let to = run.length;
  while (from < to && MARKS.includes(run.charAt(from))) from += 1;
  // `foo()` keeps its brackets.
  while (to > from && MARKS.includes(run.charAt(to - 1)) && !run.startsWith('()', to - 2)) to -= 1;
  const text = run.slice(from, to).toLowerCase();
  const known = vocabulary.get(text);
  if (known !== undefined) return known;
  const facts = factsOf(text);
  vocabulary.set(text, facts);
  return facts;
}

function markAfter(run: string): string {
  const last = run.charAt(run.length - 1);
  if (last === ',' || last === ';' || last === ':') return last;
  return /^[–—-]+$/.test(run) ? '-' : '';
}

/** No sentence is read further. */
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
