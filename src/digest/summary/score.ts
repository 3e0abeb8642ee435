import type { Candidate } from './candidate.js';
import { CUE } from './cue-phrases.js';
import { WEIGHTS } from './weights.js';

const SAYS = {
  series: WEIGHTS.saysSeries,
  order: WEIGHTS.saysOrder,
  we: WEIGHTS.saysWe,
  count: WEIGHTS.saysCount,
} as const;

interface CueWeight {
  readonly bit: number;
  readonly weight: number;
}

const CUE_WEIGHTS: readonly CueWeight[] = [
  { bit: CUE.action, weight: WEIGHTS.action },
  { bit: CUE.purpose, weight: WEIGHTS.purpose },
  { bit: CUE.problem, weight: WEIGHTS.problem },
  { bit: CUE.patchNumber, weight: WEIGHTS.patchNumber },
  { bit: CUE.prep, weight: WEIGHTS.prep },
  { bit: CUE.person, weight: WEIGHTS.person },
  { bit: CUE.hedge, weight: WEIGHTS.hedge },
  { bit: CUE.pointer, weight: WEIGHTS.pointer },
  { bit: CUE.example, weight: WEIGHTS.example },
  { bit: CUE.measure, weight: WEIGHTS.measure },
];

/** What its place and what it is are worth. */
function scoreOfPlace({
  place,
  first,
  item,
  aside,
  announces,
  joined,
  ofPatch,
  cut,
  half,
}: Candidate): number {
  let sum = WEIGHTS.early * Math.max(0, 1 - place / 8);
  sum += WEIGHTS.late * Math.min(1, Math.max(0, place - 5) / 10);
  if (place === 0) sum += WEIGHTS.opens;
  if (first) sum += WEIGHTS.opensBlock;
  if (item) sum += WEIGHTS.item;
  if (aside) sum += WEIGHTS.aside;
  if (announces) sum += WEIGHTS.lead;
  if (joined) sum += WEIGHTS.joined;
  if (ofPatch) sum += WEIGHTS.ofPatch;
  if (cut) sum += WEIGHTS.cut;
  return half ? sum + WEIGHTS.half : sum;
}

/** What its words are worth beside the title, the patches' titles and the rest of the letter. */
function scoreOfWords({
  content,
  inTitle,
  titleShare,
  inShortlog,
  centrality,
  words,
  names,
}: Candidate): number {
  const news = content.length - inTitle;
  let sum = WEIGHTS.title * titleShare + WEIGHTS.central * centrality + WEIGHTS.names * names;
  sum += (WEIGHTS.shortlog * Math.min(inShortlog, 4)) / 4;
  sum += (WEIGHTS.news * Math.min(news, 25)) / 10;
  sum += WEIGHTS.echo * (content.length === 0 ? 1 : inTitle / content.length);
  if (news < 2) sum += WEIGHTS.fewNews;
  if (words < 6) sum += WEIGHTS.short;
  return sum + (WEIGHTS.long * Math.max(0, words - 24)) / 10;
}

/** The worth of a candidate on its own: a sum of few plain features, weighted by `weights.ts`. */
export function scoreOf(candidate: Candidate): number {
  const { says, needs, cues } = candidate;
  let sum = scoreOfPlace(candidate) + scoreOfWords(candidate);
  if (says !== null) sum += SAYS[says];
  if (needs !== 'nothing') sum += WEIGHTS.dangling;
  for (let at = 0; at < CUE_WEIGHTS.length; at += 1) {
    const { bit, weight } = CUE_WEIGHTS[at] as CueWeight;
    if ((cues & bit) !== 0) sum += weight;
  }
  return sum;
}
