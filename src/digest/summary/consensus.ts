import type { Choice } from './pairs.js';

/** A set of words as bits, 32 to a number. */
type Bits = Int32Array;

function bitsOf(choices: readonly Choice[]): Bits[] {
  // The letter's words are renumbered, as the choices contain few of them.
  const numbers: number[] = [];
  let count = 0;
  const sets = choices.map(({ first, second }) => {
    const words = second === null ? first.content : [...first.content, ...second.content];
    return words.map((word) => {
      const known = numbers[word];
      if (known !== undefined) return known;
      numbers[word] = count;
      count += 1;
      return count - 1;
    });
  });
  const length = (count >> 5) + 1;
  return sets.map((set) => {
    const bits = new Int32Array(length);
    for (const index of set) bits[index >> 5] = (bits[index >> 5] as number) | (1 << (index & 31));
    return bits;
  });
}

function countBits(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function shared(a: Bits, b: Bits): number {
  let size = 0;
  for (let at = 0; at < a.length; at += 1) size += countBits((a[at] as number) & (b[at] as number));
  return size;
}

/** The similarity of each pair of choices: F1 of their words, row by row. */
function nearnessOf(bits: readonly Bits[]): Float64Array {
  const count = bits.length;
  const sizes = bits.map((own) => shared(own, own));
  const nearness = new Float64Array(count * count);
  for (let a = 0; a < count; a += 1)
    for (let b = a; b < count; b += 1) {
      const both = (sizes[a] as number) + (sizes[b] as number);
      if (both === 0) continue;
      const near = (2 * shared(bits[a] as Bits, bits[b] as Bits)) / both;
      nearness[a * count + b] = near;
      nearness[b * count + a] = near;
    }
  return nearness;
}

/** How sharply likelihood follows the score of the trees: found by cross-validation, flat from 0.06 to 0.15. */
const TEMPERATURE = 0.1;
/** The weight of agreement; the score of the trees has weight 1. */
const AGREEMENT = 0.5;

/**
 * What each choice is worth if none is certain: what the trees say of it, and how much of the other choices' words it has, the likely
 * ones counting most. A text that several readings of the letter agree on is safer than the one that leads by a little.
 */
export function agreedWorths(choices: readonly Choice[], worths: readonly number[]): number[] {
  const nearness = nearnessOf(bitsOf(choices));
  const most = Math.max(...worths);
  const likely = worths.map((worth) => Math.exp((worth - most) / TEMPERATURE));
  const total = likely.reduce((sum, one) => sum + one, 0);
  return worths.map((worth, a) => {
    let agreement = 0;
    for (let b = 0; b < likely.length; b += 1)
      agreement += (likely[b] as number) * (nearness[a * likely.length + b] as number);
    return worth + (AGREEMENT * agreement) / total;
  });
}
