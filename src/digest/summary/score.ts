import type { Candidate } from './candidate.js';
import { CUE } from './cue-phrases.js';
import { WEIGHTS } from './weights.js';

/** Which sentences a summary would be best made of: a sum of few plain features, weighted by `weights.ts`. */
export type Feature = keyof typeof WEIGHTS;

function has(cues: number, bit: number): number {
  return (cues & bit) === 0 ? 0 : 1;
}

/** Features of one candidate, each about 0 to 1. */
export function featuresOf(c: Candidate): Partial<Record<Feature, number>> {
  return {
    early: Math.max(0, 1 - c.place / 8),
    opensBlock: c.first ? 1 : 0,
    saysSeries: c.says === 'series' ? 1 : 0,
    saysOrder: c.says === 'order' ? 1 : 0,
    saysWe: c.says === 'we' ? 1 : 0,
    saysCount: c.says === 'count' ? 1 : 0,
    opens: c.place === 0 ? 1 : 0,
    late: Math.min(1, Math.max(0, c.place - 5) / 10),
    action: has(c.cues, CUE.action),
    purpose: has(c.cues, CUE.purpose),
    problem: has(c.cues, CUE.problem),
    title: c.titleShare,
    shortlog: Math.min(c.inShortlog, 4) / 4,
    central: c.centrality,
    news: Math.min(c.content.size - c.inTitle, 25) / 10,
    echo: c.content.size === 0 ? 1 : c.inTitle / c.content.size,
    fewNews: c.content.size - c.inTitle < 2 ? 1 : 0,
    short: c.words < 6 ? 1 : 0,
    long: Math.max(0, c.words - 24) / 10,
    half: c.half ? 1 : 0,
    item: c.item ? 1 : 0,
    patchNumber: has(c.cues, CUE.patchNumber),
    ofPatch: c.ofPatch ? 1 : 0,
    prep: has(c.cues, CUE.prep),
    dangling: c.needs === 'nothing' ? 0 : 1,
    joined: c.joined ? 1 : 0,
    person: has(c.cues, CUE.person),
    hedge: has(c.cues, CUE.hedge),
    pointer: has(c.cues, CUE.pointer),
    example: has(c.cues, CUE.example),
    measure: has(c.cues, CUE.measure),
    names: c.names,
    aside: c.aside ? 1 : 0,
    cut: c.cut ? 1 : 0,
    lead: c.announces ? 1 : 0,
  };
}

/** The worth of a candidate on its own. */
export function scoreOf(c: Candidate): number {
  let sum = 0;
  const features = featuresOf(c);
  for (const name in features) sum += WEIGHTS[name as Feature] * (features[name as Feature] ?? 0);
  return sum;
}
