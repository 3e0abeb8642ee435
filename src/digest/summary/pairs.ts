import { withoutTail } from '../text/without-tail.js';
import { type Candidate, FEATURES } from './features.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS } from './read-letter.js';

/** One candidate, or two in the letter's order. */
export interface Choice {
  readonly first: Candidate;
  readonly second: Candidate | null;
  readonly scores: readonly [number, number];
}

export interface Scored {
  readonly candidate: Candidate;
  readonly score: number;
}

/** Features of the first and the second sentence that count beside their scores. */
const PAIRED = [
  'index',
  'place',
  'item',
  'hasLead',
  'list',
  'words',
  'share',
  'start',
  'titleShare',
  'inTitle',
  'inPatches',
  'content',
  'news',
  'centrality',
  'names',
  'openingWeight',
  'weightBefore',
  'weightAfter',
  'weightRank',
  'sentenceWeight',
  'pointsBack',
  'namesSeries',
  'firstPerson',
  'broken',
  'doing',
  'problem',
  'gain',
  'version',
  'base',
  'testing',
  'talk',
  'opensDoing',
  'opensOrder',
  'losesCondition',
  'commit',
  'deed',
  'afterDeed',
  'beforeDeed',
  'leadDeed',
  'leadProblem',
  'denials',
  'nearPatch',
] as const; // prettier-ignore
const PAIRED_AT = PAIRED.map((name) => FEATURES.indexOf(name));

/** The features of one or two sentences together. */
function ownFeatures(
  { first, second, scores }: Choice,
  best: number,
  letterTitle: ReadonlySet<number>,
): number[] {
  let shared = 0;
  let sharedTitle = 0;
  if (second !== null)
    for (const word of first.content) {
      if (!second.content.includes(word)) continue;
      shared += 1;
      if (letterTitle.has(word)) sharedTitle += 1;
    }
  const sizes =
    second === null ? first.content.length : Math.min(first.content.length, second.content.length);
  const union = first.content.length + (second?.content.length ?? 0) - shared;
  const inTitle =
    (first.features[TITLE_WORDS] as number) + ((second?.features[TITLE_WORDS] as number) ?? 0) - sharedTitle;
  return [
    scores[0],
    scores[1],
    scores[0] + scores[1],
    best,
    second === null ? 0 : 1,
    second === null ? 0 : shared / Math.max(1, sizes),
    second === null ? 0 : second.index - first.index,
    first.words + (second?.words ?? 0),
    inTitle / Math.max(1, union),
    union,
    second !== null && first.features[BLOCK] === second.features[BLOCK] ? 1 : 0,
    (first.list ? 1 : 0) + (second?.list ? 2 : 0),
    Math.max(first.features[DEED] as number, (second?.features[DEED] as number) ?? 0),
  ];
}
const DEED = FEATURES.indexOf('deed');
const TITLE_WORDS = FEATURES.indexOf('titleWords');
const BLOCK = FEATURES.indexOf('block');
/** Stands for the features of a second sentence if there is none. */
const ABSENT = -9;
const NO_SECOND = PAIRED_AT.map(() => ABSENT);

/**
 * The features of each choice: of the two together, then those of its first and its second sentence.
 *
 * `best`: the greatest score of a candidate.
 */
export function pairRows(
  choices: readonly Choice[],
  best: number,
  letterTitle: ReadonlySet<number>,
): number[][] {
  // Few candidates make many pairs.
  const known = new Map<Candidate, number[]>();
  const featuresOf = (candidate: Candidate) => {
    let features = known.get(candidate);
    if (features === undefined) {
      features = PAIRED_AT.map((at) => candidate.features[at] as number);
      known.set(candidate, features);
    }
    return features;
  };
  return choices.map((choice) =>
    ownFeatures(choice, best, letterTitle).concat(
      featuresOf(choice.first),
      choice.second === null ? NO_SECOND : featuresOf(choice.second),
    ),
  );
}

/** Whether the first, a list, has the second as an item. */
function holds(first: Candidate, second: Candidate): boolean {
  return first.list && first.text.toLowerCase().includes(withoutTail(second.text, '.').toLowerCase());
}

/** The best of these are tried in pairs. */
const MAX_PAIRED = 10;

/** What could be shown: the best candidates alone and in pairs that fit. */
export function choicesOf(scored: readonly Scored[]): Choice[] {
  const best = [...scored]
    .sort((a, b) => b.score - a.score || a.candidate.index - b.candidate.index)
    .slice(0, MAX_PAIRED);
  const choices = choicesAmong(best, true);
  return choices.length > 0 ? choices : choicesAmong(best, false);
}

/** `whole`: without those that need a sentence which is not shown. */
function choicesAmong(best: readonly Scored[], whole: boolean): Choice[] {
  const choices: Choice[] = [];
  for (const a of best) {
    if (whole && a.candidate.pointsBack) continue;
    choices.push({ first: a.candidate, second: null, scores: [a.score, 0] });
    for (const b of best) {
      const { candidate: first } = a;
      const { candidate: second } = b;
      if (first.index >= second.index || first.words + second.words > MAX_SUMMARY_WORDS) continue;
      if (first.text.length + 1 + second.text.length > MAX_SUMMARY_CHARS) continue;
      if (holds(first, second)) continue;
      if (whole && second.pointsBack && second.index > first.index + 1) continue;
      choices.push({ first, second, scores: [a.score, b.score] });
    }
  }
  return choices;
}
