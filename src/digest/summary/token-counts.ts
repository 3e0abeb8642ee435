import { CUE_CLASSES } from './cues.js';
import type { Token } from './tokens.js';

/** `the first patch`, `3rd patch`, `the last two patches`: some of the series, not all of it. */
const ORDINALS = new Set(
  'first second third fourth fifth sixth last final 1st 2nd 3rd 4th 5th 6th remaining other'.split(' '),
);

function isOfPatch(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.word;
  return next?.key === 'patch' || tokens[at + 2]?.word.key === 'patch';
}

/** Counts over the words of a form. */
export interface Counts {
  names: number;
  numbers: number;
  ours: number;
  commas: number;
  ofPatch: number;
  /** How many words of each class of cues, in the order of CUE_CLASSES. */
  cues: number[];
}

export function countTokens(tokens: readonly Token[], from: number, to: number): Counts {
  const counts: Counts = {
    names: 0,
    numbers: 0,
    ours: 0,
    commas: 0,
    ofPatch: 0,
    cues: CUE_CLASSES.map(() => 0),
  };
  for (let at = from; at < to; at += 1) {
    const { word, after } = tokens[at] as Token;
    if (word.name) counts.names += 1;
    if (word.key === '<n>') {
      counts.numbers += 1;
      if ((tokens[at - 1]?.word.key ?? '') === 'patch') counts.ofPatch += 1;
    }
    if (ORDINALS.has(word.text) && isOfPatch(tokens, at)) counts.ofPatch += 1;
    if (word.ours) counts.ours += 1;
    if (after === ',') counts.commas += 1;
    if (word.cue >= 0) counts.cues[word.cue] = (counts.cues[word.cue] as number) + 1;
  }
  return counts;
}
