import type { ReadLetter } from './read-letter.js';
import type { Token } from './tokens.js';

/** Words for the posting itself, as it speaks of itself: `this series`, `the following patches`. */
const POSTINGS = new Set(
  'series patchset patchsets set patches patch patchseries changeset rfc commit work'.split(' '),
);
const POINTERS = new Set('this these the my our following present current each'.split(' '));
const WE = new Set("we i i've we've i'm let's lets".split(' '));
const DENIALS = new Set('no not never cannot nor neither without hardly none unable'.split(' '));
/** Words between the name of the posting, or `we`, and the word for what is done: `the patch series for the widgets adds`. */
const REACH = { posting: 8, we: 3 };
/** Words between `this` and the name of the posting. */
const POINTER_REACH = 3;
/** Classes of cues. */
const DOING = 0;
const PROBLEM = 1;

function isDenial(text: string): boolean {
  return DENIALS.has(text) || text.endsWith("n't") || text.endsWith('n’t');
}

function pointsTo(tokens: readonly Token[], at: number): boolean {
  for (let near = at - 1; near >= 0 && near >= at - POINTER_REACH; near -= 1)
    if (POINTERS.has((tokens[near] as Token).word.text)) return true;
  return false;
}

/** Whether some words say what the posting itself does: `This series adds …`, `These patches of mine convert …`, `we split …`. */
export function tellsDeed(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const { text } = (tokens[at] as Token).word;
    const posting = POSTINGS.has(text) && pointsTo(tokens, at);
    const reach = posting ? REACH.posting : WE.has(text) ? REACH.we : 0;
    for (let near = at + 1; near <= at + reach && near < to; near += 1) {
      const { word, after } = tokens[near] as Token;
      if (isDenial(word.text)) break;
      if (word.cue === DOING) return true;
      if (after === ';' || after === ':') break;
    }
  }
  return false;
}

/** How many words say no: `not`, `cannot`, `doesn't`. */
export function countDenials(tokens: readonly Token[], from: number, to: number): number {
  let found = 0;
  for (let at = from; at < to; at += 1) if (isDenial((tokens[at] as Token).word.text)) found += 1;
  return found;
}

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
  };
}
