import { CONDITIONS } from './clause-words.js';
import { CUE_CLASSES, isOrder } from './cues.js';
import { countDenials, recallsProblem, tellsDeed } from './deeds.js';
import { afterJoiners, type Form } from './forms.js';
import { type LetterWeights, type Weighed, weigh } from './letter-weights.js';
import type { Outline } from './outline.js';
import { countWords } from './prose-lines.js';
import {
  distinctContent,
  MAX_SUMMARY_CHARS,
  MAX_SUMMARY_WORDS,
  type ReadLetter,
  type ReadSentence,
} from './read-letter.js';
import { type Counts, countTokens } from './token-counts.js';
import type { Token } from './tokens.js';
import { openingWeight, type WordTable } from './word-table.js';

/** A form of a sentence with its features. */
export interface Candidate {
  readonly text: string;
  readonly words: number;
  readonly index: number;
  readonly list: boolean;
  /** It refers to the previous sentence: `They are slow.` */
  readonly pointsBack: boolean;
  /** It names what the sentence before says: `This limitation is removed.` */
  readonly recalls: boolean;
  /** Its content words, once each, as indexes into those of the letter. */
  readonly content: readonly number[];
  /** In the order of FEATURES. */
  readonly features: readonly number[];
}

/** Where a form is, and how much of its sentence it is. */
const PLACE = [
  'index',
  'indexShare',
  'sentences',
  'block',
  'place',
  'item',
  'hasLead',
  'list',
  'headed',
  'headingWeight',
  'words',
  'share',
  'cut',
  'start',
] as const; // prettier-ignore

/** What its content words have in common with the titles and with the rest of the letter. */
const CONTENT = [
  'titleWords',
  'titleShare',
  'inTitle',
  'inPatches',
  'content',
  'news',
  'centrality',
] as const; // prettier-ignore

/** The weights of its words, and of those in the sentences around it. */
const WEIGHTS = [
  'names',
  'numbers',
  'wordWeight',
  'meanWeight',
  'openingWeight',
  'lostWeight',
  'weightBefore',
  'weightAfter',
  'weightRank',
] as const; // prettier-ignore

/** How it begins, and the marks in it. */
const LOOKS = [
  'pointsBack',
  'namesSeries',
  'firstPerson',
  'question',
  'colon',
  'brackets',
  'commas',
  'broken',
  'lowerCase',
  'endsInS',
  'endsInIng',
  'blockSize',
  'ofPatch',
  'sentenceWeight',
] as const; // prettier-ignore

const KIND = ['opensDoing', 'opensOrder', 'losesCondition', 'leadWeight', 'leadDoing', 'commit'] as const; // prettier-ignore

/** Where it is among the sentences that say what the series does, and how near it comes to the title of a patch. */
const DEEDS = [
  'deed',
  'afterDeed',
  'beforeDeed',
  'leadDeed',
  'leadProblem',
  'itemPlace',
  'items',
  'denials',
  'nearPatch',
  'patchTitles',
] as const; // prettier-ignore

/** The features of a candidate. The trees of the model refer to features by their index here. */
export const FEATURES = [
  ...PLACE,
  ...CONTENT,
  ...WEIGHTS,
  ...LOOKS,
  ...CUE_CLASSES,
  ...KIND,
  ...DEEDS,
] as const;

/** A sentence that begins with one of these cannot be understood without the previous one. */
const REFERENCES = new Set('such they them those'.split(' '));
const POINTS_BACK = new Set(
  'this these that those it they such its their he she them another however'.split(' '),
);
const SERIES_NOUNS = new Set('series patchset set patches patch patchseries changeset rfc commit'.split(' '));
const STARTS: Readonly<Record<Form['start'], number>> = { whole: 0, joined: 1, comma: 2, colon: 3, that: 4 };

/** Whether a condition was cut off in front or behind: `If the guest stops, …`, `…, unless it is stopped`. */
function losesCondition({ from, to }: Form, tokens: readonly Token[]): boolean {
  const opening = afterJoiners(tokens);
  return (
    (from > opening && CONDITIONS.has(tokens[opening]?.word.text ?? '')) ||
    CONDITIONS.has(tokens[to]?.word.text ?? '')
  );
}

/** A form of a sentence of a letter, to be described. */
interface Described extends Weighed {
  readonly form: Form;
  readonly context: LetterWeights;
}

function placeOf({ form, read, lexical, context }: Described, words: number): number[] {
  const { sentence, index, tokens, list } = read;
  const { count } = context.letter;
  return [
    index,
    index / Math.max(1, count),
    count,
    sentence.block,
    sentence.place,
    sentence.kind === 'item' ? 1 : 0,
    sentence.lead >= 0 ? 1 : 0,
    list ? 1 : 0,
    sentence.heading === '' ? 0 : 1,
    lexical.heading,
    words,
    (form.to - form.from) / Math.max(1, tokens.length),
    form.cut ? 1 : 0,
    STARTS[form.start],
  ];
}

function contentFeatures(content: readonly number[], { title, patches, frequency }: ReadLetter): number[] {
  let inTitle = 0;
  let inPatches = 0;
  let central = 0;
  for (const word of content) {
    if (title.has(word)) inTitle += 1;
    else if (patches.has(word)) inPatches += 1;
    central += (frequency[word] ?? 1) - 1;
  }
  const size = Math.max(1, content.length);
  return [
    inTitle,
    title.size === 0 ? 0 : inTitle / title.size,
    inTitle / size,
    inPatches / size,
    content.length,
    content.length - inTitle,
    central / size,
  ];
}

function weightsOf({ form, read, lexical, weight, context }: Described, counts: Counts): number[] {
  const { tokens, index } = read;
  const { from, to } = form;
  const { table, weights, topWeight } = context;
  const inner = (lexical.sums[to] ?? 0) - (lexical.sums[from] ?? 0);
  const opening = openingWeight(table, tokens, from);
  return [
    counts.names / Math.max(1, to - from),
    counts.numbers,
    inner + opening,
    (inner + opening) / Math.sqrt(Math.max(4, to - from)),
    opening,
    (lexical.sums[tokens.length] ?? 0) - inner,
    weights[index - 1] ?? 0,
    weights[index + 1] ?? 0,
    weight - topWeight,
  ];
}

function looksOf({ form, read, weight, context }: Described, counts: Counts): number[] {
  const { sentence, tokens } = read;
  const { text, from } = form;
  const first = tokens[from]?.word.text ?? '';
  const second = tokens[from + 1]?.word.text ?? '';
  const initial = text.charCodeAt(0);
  return [
    POINTS_BACK.has(first) ? 1 : 0,
    (first === 'this' || first === 'the') && SERIES_NOUNS.has(second) ? 1 : 0,
    counts.ours,
    text.includes('?') ? 1 : 0,
    sentence.text.endsWith(':') ? 1 : 0,
    text.includes('(') ? 1 : 0,
    counts.commas,
    sentence.broken ? 1 : 0,
    initial >= 97 && initial <= 122 ? 1 : 0,
    first.endsWith('s') ? 1 : 0,
    first.endsWith('ing') ? 1 : 0,
    context.blockSizes.get(sentence.block) ?? 1,
    counts.ofPatch,
    weight,
  ];
}

function kindOf({ form, read, context }: Described): number[] {
  const { tokens, sentence } = read;
  const word = tokens[form.from]?.word;
  return [
    word?.cue === 0 ? 1 : 0,
    isOrder(word) ? 1 : 0,
    losesCondition(form, tokens) ? 1 : 0,
    context.weights[sentence.lead] ?? 0,
    context.leads.get(sentence.lead) ?? 0,
    context.letter.commit ? 1 : 0,
  ];
}

/** The largest share of words that a form shares with the title of one patch. */
function nearestPatch(content: readonly number[], { titlesOf, titleSizes }: ReadLetter): number {
  const shared = new Uint8Array(titleSizes.length);
  for (const word of content) for (const at of titlesOf[word] ?? []) shared[at] = (shared[at] as number) + 1;
  let nearest = 0;
  for (let at = 0; at < shared.length; at += 1) {
    const size = (titleSizes[at] as number) + content.length;
    nearest = Math.max(nearest, (2 * (shared[at] as number)) / Math.max(1, size));
  }
  return nearest;
}

function deedsOf({ form, read, context }: Described, content: readonly number[]): number[] {
  const { letter, outline } = context;
  const { index, sentence, tokens } = read;
  return [
    tellsDeed(tokens, form.from, form.to) ? 1 : 0,
    outline.afterDeed[index] as number,
    outline.beforeDeed[index] as number,
    outline.deeds[sentence.lead] === true ? 1 : 0,
    outline.leadProblems.get(sentence.lead) ?? 0,
    outline.itemPlaces[index] as number,
    outline.itemCounts.get(sentence.lead) ?? 0,
    countDenials(tokens, form.from, form.to),
    nearestPatch(content, letter),
    letter.titleSizes.length,
  ];
}

function describe(described: Described): Candidate {
  const { form, read, context } = described;
  const content = distinctContent(read.tokens, form.from, form.to);
  const counts = countTokens(read.tokens, form.from, form.to);
  const words = countWords(form.text);
  return {
    text: form.text,
    words,
    index: read.index,
    list: read.list,
    pointsBack: read.index > 0 && REFERENCES.has(read.tokens[form.from]?.word.text ?? ''),
    recalls: read.index > 0 && recallsProblem(read.tokens, form.from, form.to),
    content,
    features: placeOf(described, words).concat(
      contentFeatures(content, context.letter),
      weightsOf(described, counts),
      looksOf(described, counts),
      counts.cues,
      kindOf(described),
      deedsOf(described, content),
    ),
  };
}

/** If one list describes what the series does, a list of problems is not shown, nor is the sentence that announces it. */
function isOfProblems(
  { index, sentence }: ReadSentence,
  { deeds, leadProblems, listsDeeds }: Outline,
): boolean {
  const lead = sentence.list.length > 0 ? index : sentence.lead;
  return lead >= 0 && listsDeeds && deeds[lead] !== true && (leadProblems.get(lead) ?? 0) > 0;
}

/** Every form of the letter's sentences that fits into a summary. */
export function candidatesOf(letter: ReadLetter, table: WordTable): Candidate[] {
  const { weighed, context } = weigh(letter, table);
  const found: Candidate[] = [];
  for (const one of weighed) {
    if (isOfProblems(one.read, context.outline)) continue;
    for (const form of one.read.forms)
      if (form.text.length <= MAX_SUMMARY_CHARS && form.to - form.from <= MAX_SUMMARY_WORDS)
        found.push(describe({ ...one, form, context }));
  }
  return found;
}
