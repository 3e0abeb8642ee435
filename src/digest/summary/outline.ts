import { countDenials, tellsDeed } from './deeds.js';
import type { ReadLetter } from './read-letter.js';

/** Class of cues. */
const PROBLEM = 1;
/** A deed further away says nothing of a sentence. */
const FAR = 12;

/** Where each sentence of a letter is among those that say what the series does. */
export interface Outline {
  readonly deeds: readonly boolean[];
  /** Sentences since the last deed, and to the next. */
  readonly afterDeed: readonly number[];
  readonly beforeDeed: readonly number[];
  /** How many words of a sentence that announces a list say what is wrong. */
  readonly leadProblems: ReadonlyMap<number, number>;
  /** Place among the items of its list; -1 of what is in none. */
  readonly itemPlaces: readonly number[];
  /** Items, by the sentence that announces them. */
  readonly itemCounts: ReadonlyMap<number, number>;
  /** Whether any list is announced as what the series does. */
  readonly listsDeeds: boolean;
}

/** Distances to the last deed in front. */
function distances(deeds: readonly boolean[]): number[] {
  let since = FAR;
  return deeds.map((deed) => {
    const own = since;
    since = deed ? 1 : Math.min(FAR, since + 1);
    return own;
  });
}

export function outlineOf({ sentences }: ReadLetter): Outline {
  const deeds: boolean[] = [];
  const leadProblems = new Map<number, number>();
  const itemPlaces: number[] = [];
  const itemCounts = new Map<number, number>();
  for (const { index, tokens, sentence } of sentences) {
    // The same sentence in another reading.
    if (index < deeds.length) continue;
    deeds.push(tellsDeed(tokens, 0, tokens.length));
    if (sentence.list.length > 0) {
      const problems = tokens.filter(({ word }) => word.cue === PROBLEM).length;
      leadProblems.set(index, problems + countDenials(tokens, 0, tokens.length));
    }
    const { lead, place } = sentence;
    if (lead >= 0 && place === 0) itemCounts.set(lead, (itemCounts.get(lead) ?? 0) + 1);
    itemPlaces.push(lead >= 0 ? (itemCounts.get(lead) ?? 1) - 1 : -1);
  }
  return {
    deeds,
    afterDeed: distances(deeds),
    beforeDeed: distances(deeds.toReversed()).reverse(),
    leadProblems,
    itemPlaces,
    itemCounts,
    listsDeeds: [...leadProblems.keys()].some((lead) => deeds[lead] === true),
  };
}
