import type { ReadLetter, ReadSentence } from '../../src/digest/summary/read-letter.js';
import { keysOf } from '../../src/digest/summary/word-table.js';

export interface WordOptions {
  /** A key that occurs in fewer letters gets no weight. */
  readonly minLetters: number;
  /** The elastic net's penalties, per sentence. */
  readonly lasso: number;
  readonly ridge: number;
}

interface Example {
  readonly keys: Set<string>;
  readonly target: number;
}

/** Weights of words by an elastic net (coordinate descent): which words the sentences worth showing hold. */
export function learnWords(
  letters: readonly { letter: ReadLetter; targets: ReadonlyMap<ReadSentence, number> }[],
  { minLetters, lasso, ridge }: WordOptions,
): Map<string, number> {
  const examples: Example[] = [];
  const letterCount = new Map<string, number>();
  for (const { letter, targets } of letters) {
    const seen = new Set<string>();
    for (const read of letter.sentences) {
      const target = targets.get(read);
      if (target === undefined) continue;
      const keys = keysOf(read.tokens, read.forms[0]?.from ?? 0, read.sentence.heading);
      examples.push({ keys, target });
      for (const key of keys) seen.add(key);
    }
    for (const key of seen) letterCount.set(key, (letterCount.get(key) ?? 0) + 1);
  }
  const rowsOf = new Map<string, number[]>();
  examples.forEach(({ keys }, row) => {
    for (const key of keys) {
      if ((letterCount.get(key) ?? 0) < minLetters) continue;
      const rows = rowsOf.get(key);
      if (rows === undefined) rowsOf.set(key, [row]);
      else rows.push(row);
    }
  });
  const count = examples.length;
  const mean = examples.reduce((sum, { target }) => sum + target, 0) / count;
  const residual = Float64Array.from(examples, ({ target }) => target - mean);
  const entries = [...rowsOf].sort(([a], [b]) => (a < b ? -1 : 1));
  const weights = new Float64Array(entries.length);
  let shift = 0;
  for (let round = 0; round < 60; round += 1) {
    for (let k = 0; k < entries.length; k += 1) {
      const rows = (entries[k] as [string, number[]])[1];
      const old = weights[k] as number;
      let sum = 0;
      for (const row of rows) sum += (residual[row] as number) + old;
      const bound = lasso * Math.sqrt(rows.length);
      const next = (Math.sign(sum) * Math.max(0, Math.abs(sum) - bound)) / (rows.length + ridge);
      if (next === old) continue;
      for (const row of rows) residual[row] = (residual[row] as number) + old - next;
      weights[k] = next;
    }
    shift = residual.reduce((a, b) => a + b, 0) / count;
    for (let row = 0; row < count; row += 1) residual[row] = (residual[row] as number) - shift;
  }
  const table = new Map<string, number>();
  entries.forEach(([key], k) => {
    const weight = Math.round((weights[k] as number) * 1000) / 1000;
    if (Math.abs(weight) >= 0.005) table.set(key, weight);
  });
  return table;
}
