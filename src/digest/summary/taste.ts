import { type Candidate, FEATURES } from './features.js';
import type { Choice } from './pairs.js';

/**
 * What readers prefer among texts that have nearly the same words in common with the labels: added to what a choice is worth. Found by
 * reading texts blind beside those of another picker; against the labels it changes the figures by no more than chance (docs/summaries.md).
 */
const TASTE = {
  /** One of the sentences says what the series does: `This series adds …`, or is an order or an item of what it does: `Drop the lock`. */
  deed: 0.2,
  order: 0.1,
  /** And the other says what is wrong. */
  reason: 0.05,
  /** For each sentence: a part of it was cut off, or a condition. */
  cut: -0.05,
  losesCondition: -0.15,
  /** For each that does not say what the series does: the author's own story, talk, tests, the base, versions. */
  ownStory: -0.05,
  idle: -0.03,
  /** The same beside a sentence that says what the series does: it needs none. */
  idleBeside: -0.1,
  /** It begins with `This` or `it`, or names `this problem`, and what that refers to is not shown. */
  dangling: -0.1,
  /** A question to the reader. */
  asks: -0.15,
  /** It announces what is not shown: `The new functions are called:` */
  announces: -0.15,
  /** Of a letter: one patch of several. */
  ofPatch: -0.1,
} as const;

const at = (name: (typeof FEATURES)[number]) => FEATURES.indexOf(name);
const DEED = at('deed');
const QUESTION = at('question');
const ORDER = at('opensOrder');
const LEAD_DEED = at('leadDeed');
const START = at('start');
const CUT = at('cut');
const SHARE = at('share');
const LOSES_CONDITION = at('losesCondition');
const FIRST_PERSON = at('firstPerson');
const COLON = at('colon');
const POINTS_BACK = at('pointsBack');
const NAMES_SERIES = at('namesSeries');
const PROBLEM = at('problem');
const DENIALS = at('denials');
const OF_PATCH = at('ofPatch');
const COMMIT = at('commit');
const IDLE = (['version', 'base', 'testing', 'talk'] as const).map(at);
/** Of `start`: behind a comma, a colon or `that`. */
const BEHIND_CUT = 2;

function tasteOf({ features, list }: Candidate): number {
  const has = (feature: number) => (features[feature] as number) > 0;
  // A sentence without its brackets counts as cut too, but is none.
  const cut = (has(CUT) && (features[SHARE] as number) < 1) || (features[START] as number) >= BEHIND_CUT;
  const part =
    (cut ? TASTE.cut : 0) +
    (has(LOSES_CONDITION) ? TASTE.losesCondition : 0) +
    (has(COLON) && !has(CUT) && !list ? TASTE.announces : 0) +
    (has(QUESTION) ? TASTE.asks : 0) +
    (has(OF_PATCH) && !has(COMMIT) ? TASTE.ofPatch : 0);
  if (has(DEED)) return part;
  return part + (has(FIRST_PERSON) ? TASTE.ownStory : 0) + (IDLE.some(has) ? TASTE.idle : 0);
}

function deedOf({ features }: Candidate): number {
  if (features[DEED] === 1) return TASTE.deed;
  return features[ORDER] === 1 || features[LEAD_DEED] === 1 ? TASTE.order : 0;
}

/** It is about versions, the base, tests or the reader, and says neither what the series does nor what is wrong. */
function isIdle(candidate: Candidate): boolean {
  const has = (feature: number) => (candidate.features[feature] as number) > 0;
  return IDLE.some(has) && deedOf(candidate) === 0 && !isProblem(candidate);
}

function isProblem(candidate: Candidate): boolean {
  const { features } = candidate;
  return deedOf(candidate) === 0 && ((features[PROBLEM] as number) > 0 || (features[DENIALS] as number) > 0);
}

/** `previous`: the sentence that is shown before it. */
function danglesAfter({ features, index, recalls }: Candidate, previous: Candidate | null): boolean {
  if (recalls && previous?.index !== index - 1) return true;
  if (features[POINTS_BACK] === 0 || features[NAMES_SERIES] === 1 || features[DEED] === 1) return false;
  return index > 0 && previous?.index !== index - 1;
}

/** What the taste of readers adds to what the trees say of a choice. */
export function tasteFor({ first, second }: Choice): number {
  const start = tasteOf(first) + (danglesAfter(first, null) ? TASTE.dangling : 0);
  if (second === null) return deedOf(first) + start;
  const deed = Math.max(deedOf(first), deedOf(second));
  const reason = deed > 0 && (isProblem(first) || isProblem(second)) ? TASTE.reason : 0;
  const end = tasteOf(second) + (danglesAfter(second, first) ? TASTE.dangling : 0);
  const idle = deed > 0 && (isIdle(first) || isIdle(second)) ? TASTE.idleBeside : 0;
  return deed + reason + start + end + idle;
}
