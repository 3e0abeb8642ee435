import { gateFeatures, judge, type Model, scoreAll } from '../../src/digest/summary/choose.js';
import { contentWords } from '../../src/digest/summary/content-words.js';
import { type Candidate, candidatesOf } from '../../src/digest/summary/features.js';
import { type Choice, choicesOf, pairRows, type Scored } from '../../src/digest/summary/pairs.js';
import { distinctContent, type ReadLetter, type ReadSentence } from '../../src/digest/summary/read-letter.js';
import type { Trees } from '../../src/digest/summary/trees.js';
import { type WordTable, wordTable } from '../../src/digest/summary/word-table.js';
import { type BoostOptions, boost } from './boost.js';
import { learnWords, type WordOptions } from './word-weights.js';

/** A letter, read, and what a careful reader would show of it. */
export interface Labelled {
  readonly id: string;
  readonly letter: ReadLetter;
  /** One or two sentences or clauses; empty if the letter says nothing. */
  readonly best: readonly string[];
  /** Others that would do. */
  readonly good: readonly string[];
  /** A summary as it could have been written. */
  readonly ideal: string;
}

/** A letter of which is known only whether it says anything that is worth showing. */
export interface Heard {
  readonly id: string;
  readonly letter: ReadLetter;
  readonly says: boolean;
}

/** Letters that every model of a cross-validation learns from, and that are not judged. */
export interface Besides {
  readonly letters: readonly Labelled[];
  /** For the gate alone. */
  readonly heard: readonly Heard[];
}

export interface LearnOptions {
  readonly words: WordOptions;
  readonly sentence: BoostOptions;
  readonly pair: BoostOptions;
  readonly gate: BoostOptions;
  /** What a sentence of `good` is worth, where one of `best` is worth 1. */
  readonly goodShare: number;
  /** The weight of the words of a written summary, compared with those of the best sentences. */
  readonly idealShare: number;
  /** The share of the letters that say nothing which may still be shown. */
  readonly shownShare: number;
  /** What a letter counts of which is known only whether it says anything: one that says nothing, and one that does. */
  readonly heardWeights: readonly [number, number];
  /** What a letter stripped of its best sentences counts, as one that says nothing. */
  readonly strippedWeight: number;
}

export const OPTIONS: LearnOptions = {
  words: { minLetters: 8, lasso: 0.6, ridge: 20 },
  sentence: {
    trees: 120,
    depth: 2,
    rate: 0.08,
    minRows: 20,
    ridge: 15,
    drawn: { letters: 0.5, features: 0.5 },
  },
  pair: {
    trees: 300,
    depth: 2,
    rate: 0.025,
    minRows: 40,
    ridge: 30,
    drawn: { letters: 0.5, features: 0.25 },
  },
  gate: {
    trees: 200,
    depth: 2,
    rate: 0.05,
    minRows: 12,
    ridge: 10,
    drawn: { letters: 0.6, features: 0.3 },
  },
  goodShare: 0.5,
  idealShare: 0.5,
  shownShare: 0.37,
  heardWeights: [1, 0.5],
  strippedWeight: 0.5,
};

/** Share of the words that two sets have in common: the harmonic mean of precision and recall. */
function f1(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

const wordsOf = ({ contents }: ReadLetter, content: readonly number[]) =>
  new Set(content.map((at) => contents[at] as string));
const setOf = (text: string) => new Set(contentWords(text));

function closest(content: ReadonlySet<string>, texts: readonly string[]): number {
  return texts.reduce((best, text) => Math.max(best, f1(content, setOf(text))), 0);
}

/** What a sentence or a part of one is worth: 1 for one of the best, less for an acceptable one. */
function worth(
  content: readonly number[],
  { letter, best, good, ideal }: Labelled,
  { goodShare, idealShare }: LearnOptions,
): number {
  const own = wordsOf(letter, content);
  return Math.max(closest(own, best), goodShare * closest(own, good)) + idealShare * f1(own, setOf(ideal));
}

function sentenceTargets(one: Labelled, options: LearnOptions): Map<ReadSentence, number> {
  const targets = new Map<ReadSentence, number>();
  let last = -1;
  for (const read of one.letter.sentences) {
    if (read.index === last) continue;
    last = read.index;
    targets.set(read, worth(distinctContent(read.tokens, 0, read.tokens.length), one, options));
  }
  return targets;
}

/** Folds of the cross-validation, and those within it that keep one stage's training from the next. */
const FOLDS = 5;
const INNER = 5;
const inFold = (index: number, fold: number, folds = INNER) => index % folds === fold;

interface Prepared {
  readonly one: Labelled;
  readonly candidates: readonly Candidate[];
  readonly worths: readonly number[];
}

function prepare(one: Labelled, words: WordTable, options: LearnOptions): Prepared {
  const candidates = candidatesOf(one.letter, words);
  return { one, candidates, worths: candidates.map(({ content }) => worth(content, one, options)) };
}

function learnSentence(prepared: readonly Prepared[], options: BoostOptions): Trees {
  const values: (readonly number[])[] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  const letters: number[] = [];
  for (const [letter, { candidates, worths }] of prepared.entries()) {
    candidates.forEach((candidate, i) => {
      letters.push(letter);
      values.push(candidate.features);
      targets.push(worths[i] as number);
      weights.push(4 / Math.sqrt(candidates.length));
    });
  }
  return boost({ values, targets, weights, letters }, options);
}

interface ScoredLetter {
  readonly one: Labelled;
  readonly scored: readonly Scored[];
}

function learnPair(scoredLetters: readonly ScoredLetter[], { pair, idealShare }: LearnOptions): Trees {
  const values: number[][] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  const letters: number[] = [];
  for (const [letter, { one, scored }] of scoredLetters.entries()) {
    const choices = choicesOf(scored);
    const top = Math.max(0, ...scored.map(({ score }) => score));
    const best = setOf(one.best.join(' '));
    const ideal = setOf(one.ideal);
    values.push(...pairRows(choices, top, one.letter.title));
    for (const { first, second } of choices) {
      letters.push(letter);
      const content = wordsOf(one.letter, [...first.content, ...(second?.content ?? [])]);
      targets.push(f1(content, best) + idealShare * f1(content, ideal));
      weights.push(10 / Math.sqrt(choices.length + 10));
    }
  }
  return boost({ values, targets, weights, letters }, pair);
}

/** A letter of more sentences says something even without its best ones. */
const MAX_STRIPPED = 10;

/** A short letter without the sentences that are worth showing: talk, versions, the base. */
function stripped({ one, scored }: ScoredLetter, options: LearnOptions): Scored[] {
  if (one.letter.count > MAX_STRIPPED) return [];
  return scored.filter(({ candidate }) => worth(candidate.content, one, { ...options, idealShare: 0 }) < 0.2);
}

interface ScoredHeard {
  readonly says: boolean;
  readonly scored: readonly Scored[];
}

function learnGate(
  letters: readonly ScoredLetter[],
  heard: readonly ScoredHeard[],
  options: LearnOptions,
): Trees {
  const values: number[][] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  const add = (scored: readonly Scored[], target: number, weight: number) => {
    if (scored.length === 0) return;
    values.push(gateFeatures(scored));
    targets.push(target);
    weights.push(weight);
  };
  for (const letter of letters) {
    // Of a commit message the best is always shown.
    if (letter.one.letter.commit) continue;
    const says = letter.one.best.length > 0;
    // Few letters say nothing.
    add(letter.scored, says ? 1 : 0, says ? 1 : 4);
    if (says) add(stripped(letter, options), 0, options.strippedWeight);
  }
  for (const { says, scored } of heard) add(scored, says ? 1 : 0, options.heardWeights[says ? 1 : 0]);
  // A letter has a row or two: each row is drawn for itself.
  return boost({ values, targets, weights, letters: [...values.keys()] }, options.gate);
}

/** What was learned, and the weights of words as they are written. */
export interface Learned extends Model {
  readonly weights: ReadonlyMap<string, number>;
}

/** Learns all but the threshold; what one stage says of a letter is learned without that letter before the next stage is. */
function learnStages(
  all: readonly Labelled[],
  besides: readonly Heard[],
  options: LearnOptions,
): Omit<Learned, 'threshold'> {
  const forWords = all.map((one) => ({ letter: one.letter, targets: sentenceTargets(one, options) }));
  const prepared: Prepared[] = new Array(all.length);
  const tables: WordTable[] = [];
  for (let fold = 0; fold < INNER; fold += 1) {
    const others = forWords.filter((_, i) => !inFold(i, fold));
    const table = wordTable(learnWords(others, options.words));
    tables.push(table);
    all.forEach((one, i) => {
      if (inFold(i, fold)) prepared[i] = prepare(one, table, options);
    });
  }
  const letters: ScoredLetter[] = [];
  const heard: ScoredHeard[] = [];
  for (let fold = 0; fold < INNER; fold += 1) {
    const trees = learnSentence(
      prepared.filter((_, i) => !inFold(i, fold)),
      options.sentence,
    );
    prepared.forEach(({ one, candidates }, i) => {
      if (inFold(i, fold)) letters.push({ one, scored: scoreAll(candidates, trees) });
    });
    besides.forEach(({ letter, says }, i) => {
      if (inFold(i, fold))
        heard.push({ says, scored: scoreAll(candidatesOf(letter, tables[fold] as WordTable), trees) });
    });
  }
  const weights = learnWords(forWords, options.words);
  return {
    weights,
    words: wordTable(weights),
    sentence: learnSentence(prepared, options.sentence),
    pair: learnPair(
      letters.filter(({ one }) => one.best.length > 0),
      options,
    ),
    gate: learnGate(letters, heard, options),
  };
}

/** What the model, learned without a letter, says of it. */
export interface Judged {
  readonly one: Labelled;
  readonly choice: Choice | null;
  readonly says: number;
}

/** Cross-validation: each letter is judged by a model that was learned from the others. */
export function judgeUnseen(all: readonly Labelled[], besides: Besides, options: LearnOptions): Judged[] {
  const judged: Judged[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = all.filter((_, i) => !inFold(i, fold, FOLDS));
    const stages = learnStages([...others, ...besides.letters], besides.heard, options);
    all.forEach((one, i) => {
      if (inFold(i, fold, FOLDS)) judged.push({ one, ...judge(one.letter, { ...stages, threshold: 0 }) });
    });
  }
  return judged;
}

/**
 * The threshold at which this share of the letters that say nothing is shown: not the score of the one letter there, which the next
 * training changes, but the mean over those that would be there if other letters had been drawn (their ranks' normal approximation).
 */
export function thresholdOf(judged: readonly Judged[], shownShare: number): number {
  const silent = judged
    .filter(({ one }) => one.best.length === 0 && !one.letter.commit)
    .map(({ says }) => says);
  silent.sort((a, b) => b - a);
  const rank = silent.length * shownShare;
  const spread = Math.sqrt(rank * (1 - shownShare));
  let sum = 0;
  let total = 0;
  silent.forEach((says, at) => {
    // Of a letter without any sentence.
    if (!Number.isFinite(says)) return;
    const weight = Math.exp(-0.5 * ((at + 0.5 - rank) / spread) ** 2);
    sum += weight * says;
    total += weight;
  });
  return Math.round((sum / total) * 1000) / 1000;
}

/** The model learned from all letters; its threshold is that of the cross-validation. */
export function learn(
  all: readonly Labelled[],
  besides: Besides,
  judged: readonly Judged[],
  options: LearnOptions,
): Learned {
  const stages = learnStages([...all, ...besides.letters], besides.heard, options);
  return { ...stages, threshold: thresholdOf(judged, options.shownShare) };
}
