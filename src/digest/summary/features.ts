import { CONDITIONS } from './clause-words.js';
import { cueOf, isOrder } from './cues.js';
import { afterJoiners, type Form } from './forms.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS, type ReadLetter, type ReadSentence } from './read-letter.js';
import { countTokens } from './token-counts.js';
import type { Token } from './tokens.js';
import { type Lexical, lexicalOf, openingWeight, type WordTable } from './word-table.js';

/** A form of a sentence, and what is known of it in numbers. */
export interface Candidate {
  readonly text: string;
  readonly words: number;
  readonly index: number;
  readonly list: boolean;
  /** Its content words, once each. */
  readonly content: readonly string[];
  /** In the order of FEATURES. */
  readonly features: readonly number[];
}

/** What a candidate is judged by. Order matters: the trees of the model name features by their index. */
export const FEATURES = [
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
  'titleWords',
  'titleShare',
  'inTitle',
  'inPatches',
  'content',
  'news',
  'centrality',
  'names',
  'numbers',
  'wordWeight',
  'meanWeight',
  'openingWeight',
  'lostWeight',
  'weightBefore',
  'weightAfter',
  'weightRank',
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
  'leadWeight',
  'leadDoing',
  'commit',
] as const; // prettier-ignore

const POINTS_BACK = new Set('this these that those it they such its their he she them'.split(' '));
const SERIES_NOUNS = new Set('series patchset set patches patch patchseries changeset rfc commit'.split(' '));
const STARTS: Readonly<Record<Form['start'], number>> = { whole: 0, joined: 1, comma: 2, colon: 3, that: 4 };

interface Weighed {
  readonly read: ReadSentence;
  readonly lexical: Lexical;
  /** That of the whole sentence, per square root of its words. */
  readonly weight: number;
}

interface LetterWeights {
  readonly letter: ReadLetter;
  readonly table: WordTable;
  /** By sentence index. */
  readonly weights: readonly number[];
  readonly blockSizes: ReadonlyMap<number, number>;
  /** Of the sentences that announce a list, by index: 1 and more where it says what is done, below 0 if it says what is wrong. */
  readonly leads: ReadonlyMap<number, number>;
  /** The greatest of `weights`. */
  readonly topWeight: number;
}

function weigh(letter: ReadLetter, table: WordTable): { weighed: Weighed[]; context: LetterWeights } {
  const weights: number[] = [];
  const blockSizes = new Map<number, number>();
  const leads = new Map<number, number>();
  const weighed = letter.sentences.map((read) => {
    const lexical = lexicalOf(table, read.tokens, read.sentence.heading);
    const total =
      (lexical.sums[read.tokens.length] ?? 0) + openingWeight(table, read.tokens, read.forms[0]?.from ?? 0);
    const weight = total / Math.sqrt(Math.max(4, read.tokens.length));
    if (weights[read.index] === undefined) {
      weights[read.index] = weight;
      if (read.sentence.list.length > 0) leads.set(read.index, announced(read.tokens));
      blockSizes.set(read.sentence.block, (blockSizes.get(read.sentence.block) ?? 0) + 1);
    }
    return { read, lexical, weight };
  });
  return { weighed, context: { letter, table, weights, blockSizes, leads, topWeight: Math.max(...weights) } };
}

function contentOf(tokens: readonly Token[], from: number, to: number): string[] {
  const found = new Set<string>();
  for (let at = from; at < to; at += 1)
    for (const word of (tokens[at] as Token).word.content) found.add(word);
  return [...found];
}

/** `The series introduces these changes:` says what is done, `There are some problems:` what is wrong. */
function announced(tokens: readonly Token[]): number {
  const { cues } = countTokens(tokens, 0, tokens.length);
  return (cues[0] as number) - (cues[1] as number);
}

/** Whether a condition was cut off in front or behind: `If the guest stops, …`, `…, unless it is stopped`. */
function losesCondition({ from, to }: Form, tokens: readonly Token[]): boolean {
  const opening = afterJoiners(tokens);
  return (
    (from > opening && CONDITIONS.has(tokens[opening]?.word.text ?? '')) ||
    CONDITIONS.has(tokens[to]?.word.text ?? '')
  );
}

function describe(form: Form, { read, lexical, weight }: Weighed, context: LetterWeights): Candidate {
  const { letter, table, weights } = context;
  const { tokens, sentence, index } = read;
  const { from, to } = form;
  const content = contentOf(tokens, from, to);
  let inTitle = 0;
  let inPatches = 0;
  let central = 0;
  for (const word of content) {
    if (letter.title.has(word)) inTitle += 1;
    else if (letter.patches.has(word)) inPatches += 1;
    central += (letter.frequency.get(word) ?? 1) - 1;
  }
  const size = Math.max(1, content.length);
  const counts = countTokens(tokens, from, to);
  const words = form.text.split(' ').length;
  const inner = (lexical.sums[to] ?? 0) - (lexical.sums[from] ?? 0);
  const lost = (lexical.sums[tokens.length] ?? 0) - inner;
  const opening = openingWeight(table, tokens, from);
  const first = tokens[from]?.word.text ?? '';
  const last = first.charAt(first.length - 1);
  const values: Record<(typeof FEATURES)[number], number> = {
    index,
    indexShare: index / Math.max(1, letter.count),
    sentences: letter.count,
    block: sentence.block,
    place: sentence.place,
    item: sentence.kind === 'item' ? 1 : 0,
    hasLead: sentence.lead >= 0 ? 1 : 0,
    list: read.list ? 1 : 0,
    headed: sentence.heading === '' ? 0 : 1,
    headingWeight: lexical.heading,
    words,
    share: (to - from) / Math.max(1, tokens.length),
    cut: form.cut ? 1 : 0,
    start: STARTS[form.start],
    titleWords: inTitle,
    titleShare: letter.title.size === 0 ? 0 : inTitle / letter.title.size,
    inTitle: inTitle / size,
    inPatches: inPatches / size,
    content: content.length,
    news: content.length - inTitle,
    centrality: central / size,
    names: counts.names / Math.max(1, to - from),
    numbers: counts.numbers,
    wordWeight: inner + opening,
    meanWeight: (inner + opening) / Math.sqrt(Math.max(4, to - from)),
    openingWeight: opening,
    lostWeight: lost,
    weightBefore: weights[index - 1] ?? 0,
    weightAfter: weights[index + 1] ?? 0,
    weightRank: weight - context.topWeight,
    pointsBack: POINTS_BACK.has(first) ? 1 : 0,
    namesSeries:
      (first === 'this' || first === 'the') && SERIES_NOUNS.has(tokens[from + 1]?.word.text ?? '') ? 1 : 0,
    firstPerson: counts.ours,
    question: form.text.includes('?') ? 1 : 0,
    colon: sentence.text.endsWith(':') ? 1 : 0,
    brackets: form.text.includes('(') ? 1 : 0,
    commas: counts.commas,
    broken: sentence.broken ? 1 : 0,
    lowerCase: /^[a-z]/.test(form.text) ? 1 : 0,
    endsInS: last === 's' ? 1 : 0,
    endsInIng: first.endsWith('ing') ? 1 : 0,
    blockSize: context.blockSizes.get(sentence.block) ?? 1,
    ofPatch: counts.ofPatch,
    sentenceWeight: weight,
    doing: counts.cues[0] as number,
    problem: counts.cues[1] as number,
    gain: counts.cues[2] as number,
    version: counts.cues[3] as number,
    base: counts.cues[4] as number,
    testing: counts.cues[5] as number,
    talk: counts.cues[6] as number,
    opensDoing: tokens[from] !== undefined && cueOf(tokens[from]) === 0 ? 1 : 0,
    opensOrder: isOrder(tokens[from]) ? 1 : 0,
    losesCondition: losesCondition(form, tokens) ? 1 : 0,
    leadWeight: weights[sentence.lead] ?? 0,
    leadDoing: context.leads.get(sentence.lead) ?? 0,
    commit: letter.commit ? 1 : 0,
  };
  return {
    text: form.text,
    words,
    index,
    list: read.list,
    content,
    features: FEATURES.map((name) => values[name]),
  };
}

/** Every form of the letter's sentences that fits into a summary. */
export function candidatesOf(letter: ReadLetter, table: WordTable): Candidate[] {
  const { weighed, context } = weigh(letter, table);
  const found: Candidate[] = [];
  for (const one of weighed)
    for (const form of one.read.forms)
      if (form.text.length <= MAX_SUMMARY_CHARS && form.to - form.from <= MAX_SUMMARY_WORDS)
        found.push(describe(form, one, context));
  return found;
}
