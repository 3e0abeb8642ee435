import { type Outline, outlineOf } from './outline.js';
import type { ReadLetter, ReadSentence } from './read-letter.js';
import { countTokens } from './token-counts.js';
import type { Token } from './tokens.js';
import { type Lexical, lexicalOf, openingWeight, type WordTable } from './word-table.js';

/** A sentence and the weights of its words. */
export interface Weighed {
  readonly read: ReadSentence;
  readonly lexical: Lexical;
  /** That of the whole sentence, per square root of its words. */
  readonly weight: number;
}

/** The weights of a letter's sentences, so that each can be compared with the others. */
export interface LetterWeights {
  readonly letter: ReadLetter;
  readonly table: WordTable;
  /** By sentence index. */
  readonly weights: readonly number[];
  readonly blockSizes: ReadonlyMap<number, number>;
  /** Of the sentences that announce a list, by index: 1 and more where it says what is done, below 0 if it says what is wrong. */
  readonly leads: ReadonlyMap<number, number>;
  /** The greatest of `weights`. */
  readonly topWeight: number;
  readonly outline: Outline;
}

export function weigh(letter: ReadLetter, table: WordTable): { weighed: Weighed[]; context: LetterWeights } {
  const weights: number[] = [];
  const blockSizes = new Map<number, number>();
  const leads = new Map<number, number>();
  const weighed = letter.sentences.map((read) => {
    const lexical = lexicalOf(table, read.tokens, read.sentence.heading);
    const total =
      (lexical.sums[read.tokens.length] ?? 0) + openingWeight(table, read.tokens, read.forms[0]?.from ?? 0);
    const weight = total / Math.sqrt(Math.max(4, read.tokens.length));
    if (weights[read.index] === undefined) {
      weights[read.index] = weight;
      if (read.sentence.list.length > 0) leads.set(read.index, announced(read.tokens));
      blockSizes.set(read.sentence.block, (blockSizes.get(read.sentence.block) ?? 0) + 1);
    }
    return { read, lexical, weight };
  });
  const topWeight = Math.max(...weights);
  const outline = outlineOf(letter);
  return { weighed, context: { letter, table, weights, blockSizes, leads, topWeight, outline } };
}

/** `The series introduces these changes:` says what is done, `There are some problems:` what is wrong. */
function announced(tokens: readonly Token[]): number {
  const { cues } = countTokens(tokens, 0, tokens.length);
  return (cues[0] as number) - (cues[1] as number);
}
