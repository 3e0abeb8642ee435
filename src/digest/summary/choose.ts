import { agreedWorths } from './consensus.js';
import { type Candidate, candidatesOf, FEATURES } from './features.js';
import { type Choice, choicesOf, pairRows, type Scored } from './pairs.js';
import type { ReadLetter } from './read-letter.js';
import { tasteFor } from './taste.js';
import { evaluate, type Trees } from './trees.js';
import type { WordTable } from './word-table.js';

/** The model, trained on labeled letters (`npm run train:summaries`). */
export interface Model {
  readonly words: WordTable;
  /** Scores one sentence, or a part of one. */
  readonly sentence: Trees;
  /** Scores one or two of them together. */
  readonly pair: Trees;
  /** Whether the letter says anything: shown where this exceeds `threshold`. */
  readonly gate: Trees;
  readonly threshold: number;
}

export function scoreAll(candidates: readonly Candidate[], trees: Trees): Scored[] {
  return candidates.map((candidate) => ({ candidate, score: evaluate(trees, candidate.features) }));
}

const GATED = [
  'index',
  'item',
  'words',
  'titleShare',
  'inTitle',
  'inPatches',
  'content',
  'news',
  'centrality',
  'wordWeight',
  'meanWeight',
  'openingWeight',
  'firstPerson',
  'sentenceWeight',
  'doing',
  'problem',
  'gain',
  'version',
  'base',
  'testing',
  'talk',
  'opensDoing',
  'pointsBack',
  'namesSeries',
  'deed',
  'beforeDeed',
  'afterDeed',
  'nearPatch',
  'patchTitles',
  'denials',
  'sentences',
] as const; // prettier-ignore
const GATED_AT = GATED.map((name) => FEATURES.indexOf(name));

/** A sentence of at least this score is likely one that a reader would choose. */
const STRONG = 0.7;

/** The score of each sentence's best form, best first. */
function bestBySentence(scored: readonly Scored[]): number[] {
  const scores = new Map<number, number>();
  for (const { candidate, score } of scored)
    scores.set(candidate.index, Math.max(scores.get(candidate.index) ?? 0, score));
  return [...scores.values()].sort((a, b) => b - a);
}

/** Features that distinguish a letter that describes its series from mere conversation. */
export function gateFeatures(scored: readonly Scored[]): number[] {
  let best = scored[0] as Scored;
  for (const one of scored) if (one.score > best.score) best = one;
  let news = 0;
  let worthy = 0;
  let plain = 0;
  let last = -1;
  for (const { candidate, score } of scored) {
    if (score > best.score / 2) worthy += 1;
    if (candidate.index !== last) {
      news += candidate.features[NEWS] as number;
      if (IDLE.every((at) => candidate.features[at] === 0)) plain += 1;
    }
    last = candidate.index;
  }
  const sentences = bestBySentence(scored);
  return [
    best.score,
    // A letter of one sentence is not worse for having no second one.
    sentences[1] ?? best.score / 2,
    sentences[2] ?? 0,
    sentences.slice(0, 4).reduce((sum, score) => sum + score, 0),
    sentences.filter((score) => score > STRONG).length,
    sentences.length,
    news,
    worthy,
    plain,
    ...GATED_AT.map((at) => best.candidate.features[at] as number),
  ];
}
const NEWS = FEATURES.indexOf('news');
const IDLE = (['version', 'base', 'talk', 'testing', 'firstPerson'] as const).map((name) =>
  FEATURES.indexOf(name),
);

/** The best one or two candidates of those that were scored. */
function bestChoice(letter: ReadLetter, scored: readonly Scored[], pair: Trees): Choice | null {
  const top = Math.max(0, ...scored.map(({ score }) => score));
  const choices = choicesOf(scored);
  if (choices.length === 0) return null;
  const worths = pairRows(choices, top, letter.title).map((row) => evaluate(pair, row));
  const agreed = agreedWorths(choices, worths);
  const values = choices.map((choice, at) => (agreed[at] as number) + tasteFor(choice));
  return choices[values.indexOf(Math.max(...values))] as Choice;
}

/** The model's confidence that the letter describes its series, and what it would show. */
export function judge(letter: ReadLetter, model: Model): { choice: Choice | null; says: number } {
  const scored = scoreAll(candidatesOf(letter, model.words), model.sentence);
  if (scored.length === 0) return { choice: null, says: Number.NEGATIVE_INFINITY };
  return { choice: bestChoice(letter, scored, model.pair), says: evaluate(model.gate, gateFeatures(scored)) };
}

/**
 * The one or two sentences or clauses that say best what the series does and why; null if none does.
 *
 * `always`: the best there is; commit messages and pull requests say what they bring.
 */
export function choose(letter: ReadLetter, model: Model, always = false): Choice | null {
  const scored = scoreAll(candidatesOf(letter, model.words), model.sentence);
  if (scored.length === 0) return null;
  const says = always || evaluate(model.gate, gateFeatures(scored)) > model.threshold;
  return says ? bestChoice(letter, scored, model.pair) : null;
}

export function textOf({ first, second }: Choice): string {
  return second === null ? first.text : `${first.text} ${second.text}`;
}
