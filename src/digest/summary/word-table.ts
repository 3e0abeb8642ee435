import type { Token } from './tokens.js';

/** The weight of a key, alone and with each key that may follow it. */
interface Entry {
  weight: number;
  readonly next: Map<string, number>;
}

/** Learned weights of words: how much a sentence that holds one is worth showing. Looked up by a word, then by the one behind it. */
export interface WordTable {
  /** Of words anywhere in a sentence: `add` (stem or class of a word), then `support`. */
  readonly inside: ReadonlyMap<string, Entry>;
  /** Of the first words of a form: `this`, then `series`. */
  readonly opening: ReadonlyMap<string, Entry>;
  /** Of words of the heading above. */
  readonly heading: ReadonlyMap<string, Entry>;
}

/** Marks in front of a key: where in its sentence the word is. */
const OPENING = '^';
const HEADING = '#';

/** Keys: `add`, `add support` (two in a row), `^this` and `^this series` (what a form opens with), `#test` (a word of the heading above). */
export function wordTable(weights: Iterable<readonly [string, number]>): WordTable {
  const inside = new Map<string, Entry>();
  const opening = new Map<string, Entry>();
  const heading = new Map<string, Entry>();
  for (const [key, weight] of weights) {
    const mark = key.charAt(0);
    const map = mark === OPENING ? opening : mark === HEADING ? heading : inside;
    const [first = '', second] = (map === inside ? key : key.slice(1)).split(' ');
    const entry = map.get(first) ?? { weight: 0, next: new Map<string, number>() };
    map.set(first, entry);
    if (second === undefined) entry.weight = weight;
    else entry.next.set(second, weight);
  }
  return { inside, opening, heading };
}

/** The table's entries that begin at each word of a sentence, summed. */
export interface Lexical {
  /** Sum of the weights of the words before each place; one longer than the sentence. */
  readonly sums: readonly number[];
  readonly heading: number;
}

/** What a form that begins at `from` opens with: its first word, where a name of code counts as any other. */
function openingWord(tokens: readonly Token[], from: number): string {
  const word = tokens[from]?.word;
  return word?.name === true ? '<id>' : (word?.text ?? '');
}

/** Represents the word after the last. */
const END = '.';

function headingWords(heading: string): string[] {
  return heading === '' ? [] : heading.split(/[^a-z]+/, 6).filter((word) => word.length > 2);
}

/** All keys of a sentence that begins at `from` by which it can be found in a table. */
export function keysOf(tokens: readonly Token[], from: number, heading: string): Set<string> {
  const opening = `${OPENING}${openingWord(tokens, from)}`;
  const keys = new Set([opening, `${opening} ${tokens[from + 1]?.word.key ?? ''}`]);
  for (const word of headingWords(heading)) keys.add(`${HEADING}${word}`);
  tokens.forEach(({ word }, at) => {
    keys.add(word.key);
    keys.add(`${word.key} ${tokens[at + 1]?.word.key ?? END}`);
  });
  return keys;
}

export function lexicalOf(table: WordTable, tokens: readonly Token[], heading: string): Lexical {
  const sums = [0];
  let sum = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const entry = table.inside.get((tokens[at] as Token).word.key);
    if (entry !== undefined) sum += entry.weight + (entry.next.get(tokens[at + 1]?.word.key ?? END) ?? 0);
    sums.push(sum);
  }
  let under = 0;
  for (const word of headingWords(heading)) under += table.heading.get(word)?.weight ?? 0;
  return { sums, heading: under };
}

export function openingWeight(table: WordTable, tokens: readonly Token[], from: number): number {
  const entry = table.opening.get(openingWord(tokens, from));
  return entry === undefined ? 0 : entry.weight + (entry.next.get(tokens[from + 1]?.word.key ?? '') ?? 0);
}
