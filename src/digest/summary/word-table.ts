import type { Token } from './tokens.js';

/**
 * Learned weights of words: how much a sentence that holds one is worth showing.
 *
 * Keys: `add` (stem or class of a word), `add support` (two in a row), `^this series` and `^this` (what a form opens with),
 * `#test` (a word of the heading above).
 */
export type WordTable = ReadonlyMap<string, number>;

/** The table's entries that begin at each word of a sentence, summed. */
export interface Lexical {
  /** Sum of the weights of the words before each place; one longer than the sentence. */
  readonly sums: readonly number[];
  readonly heading: number;
}

export function openingKeys(tokens: readonly Token[], from: number): [string, string] {
  const first = tokens[from]?.word.text ?? '';
  const second = tokens[from + 1]?.word.key ?? '';
  const name = tokens[from]?.word.name === true ? '<id>' : first;
  return [`^${name}`, `^${name} ${second}`];
}

export function headingKeys(heading: string): string[] {
  return heading === ''
    ? []
    : heading
        .split(/[^a-z]+/, 6)
        .filter((word) => word.length > 2)
        .map((word) => `#${word}`);
}

/** The keys of the word at `at`: itself, and with the one behind it. */
export function wordKeys(tokens: readonly Token[], at: number): [string, string] {
  const { key } = (tokens[at] as Token).word;
  return [key, `${key} ${tokens[at + 1]?.word.key ?? '.'}`];
}

export function lexicalOf(table: WordTable, tokens: readonly Token[], heading: string): Lexical {
  const sums = [0];
  let sum = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const [one, two] = wordKeys(tokens, at);
    sum += (table.get(one) ?? 0) + (table.get(two) ?? 0);
    sums.push(sum);
  }
  let under = 0;
  for (const key of headingKeys(heading)) under += table.get(key) ?? 0;
  return { sums, heading: under };
}

export function openingWeight(table: WordTable, tokens: readonly Token[], from: number): number {
  const [one, two] = openingKeys(tokens, from);
  return (table.get(one) ?? 0) + (table.get(two) ?? 0);
}
