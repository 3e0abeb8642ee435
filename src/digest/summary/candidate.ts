import { cleanSentence } from './clean-sentence.js';
import { contentWords } from './content-words.js';
import { CUE, CUES, NOISE } from './cue-phrases.js';
import { findPhrases, tokens } from './phrases.js';
import { shorten } from './shorten.js';
import type { Sentence } from './split-sentences.js';

/** A sentence that could be shown, and what is known of it. */
export interface Candidate {
  /** As it would be shown. */
  readonly text: string;
  /** Words, as a reader counts them. */
  readonly words: number;
  /** Where it stands among the letter's sentences, from 0; two forms of a sentence share it. */
  readonly index: number;
  /** Where it stands among those that are no noise. */
  readonly place: number;
  readonly block: number;
  readonly first: boolean;
  readonly item: boolean;
  readonly aside: boolean;
  readonly joined: boolean;
  readonly cut: boolean;
  readonly announces: boolean;
  /** Bits of CUE. */
  readonly cues: number;
  /** Says what the series does, as its main clause. */
  readonly saysWhat: boolean;
  /** What must be shown before it, for its first words point back: the sentence before, or any that tells of a problem. */
  readonly needs: 'nothing' | 'before' | 'problem';
  readonly content: ReadonlySet<string>;
  readonly titleShare: number;
  readonly shortlogHits: number;
  readonly centrality: number;
  readonly news: number;
  /** Share of names of code (`foo_bar`, `baz()`, `CONFIG_X`), 0 to 1. */
  readonly names: number;
}

/** What sentences of one letter are compared with. */
export interface LetterWords {
  readonly title: ReadonlySet<string>;
  readonly shortlog: ReadonlySet<string>;
  /** How often each content word stands in the letter. */
  readonly counts: ReadonlyMap<string, number>;
}

const SERIES_NOUNS = new Set(
  'series patchset patch-set patches patch changeset set change changes commit rfc pull work driver pr'.split(
    ' ',
  ),
);
const DANGLING = new Set(
  'this these that those it its they their he she such both neither either same another here there'.split(
    ' ',
  ),
);
const DANGLING_PAIRS = new Set([
  'the latter',
  'the former',
  'the problem',
  'the issue',
  'the fix',
  'the solution',
  'the reason',
  'the above',
  'the idea',
  'the same',
  'the bug',
  'one of',
  'after that',
  'after this',
  'with that',
  'with this',
  'with these',
  'to fix',
  'to address',
  'to solve',
  'to avoid',
  'to do',
  'in this',
  'in that',
  'in such',
  'in these',
  'for this',
  'for that',
  'by doing',
  'doing so',
  'because of',
  'fix it',
  'fix this',
  'fix that',
  'fix these',
  'fix the',
  'solve this',
  'resolve this',
  'address this',
  'avoid this',
  'correct this',
  'handle this',
  'change this',
  'on the',
  'at this',
  'from this',
  'due to',
  'instead of',
  'if so',
  'when this',
  'since this',
  'since it',
  'if this',
  'if it',
  'as this',
  'as it',
  'while this',
  'while it',
  'when it',
  'the other',
  'the second',
  'the third',
  'the first',
  'other than',
  'all of',
  'all these',
  'all this',
  'remove it',
  'add it',
  'use it',
  'drop it',
  'only the',
  'the result',
  'the root',
  'the change',
  'the changes',
  'not only',
  'because it',
  'because this',
  'so it',
  'which is',
  'or',
  'do it',
  'do this',
  'do so',
  'do that',
  'make it',
  'add them',
  'remove them',
  'implement this',
  'prevent this',
  'to achieve',
  'to make',
  'to support',
  'to prevent',
]); // prettier-ignore
/** Of the pairs above, those that only point back when `this`, `that`, `these`, `it`, `so` comes next. */
const NEEDS_THIRD = new Set([
  'to fix',
  'to address',
  'to solve',
  'to avoid',
  'to do',
  'because of',
  'due to',
  'instead of',
  'on the',
  'in this',
  'in that',
  'in these',
  'with this',
  'with these',
  'fix the',
  'for this',
  'all of',
  'other than',
  'one of',
  'by doing',
  'only the',
  'not only',
  'to achieve',
  'to make',
  'to support',
  'to prevent',
  'the changes',
  'the first',
  'the second',
  'the third',
  'at this',
  'from this',
  'the same',
]); // prettier-ignore
const THIRD = new Set(
  'this that these those it them such so issue problem above situation case goal case, way end'.split(' '),
);

function pointsBack(words: readonly string[]): Candidate['needs'] {
  const [a = '', b = '', c = ''] = words;
  if (
    (a === 'this' || a === 'these' || a === 'the') &&
    (SERIES_NOUNS.has(b) || (b === 'patch' && c === 'set'))
  )
    return 'nothing';
  if (
    (a === 'with' || a === 'in' || a === 'after' || a === 'by') &&
    (b === 'this' || b === 'these') &&
    SERIES_NOUNS.has(c)
  )
    return 'nothing';
  if (
    (a === 'this' || a === 'it') &&
    (b === 'is' || b === "'s") &&
    (c === 'a' || c === 'an' || c === 'the')
  ) {
    if (SERIES_NOUNS.has(words[3] ?? '') || SERIES_NOUNS.has(words[4] ?? '')) return 'nothing';
  }
  if (a === 'there' && b !== 'are' && b !== 'is') return 'before';
  if (
    a === 'there' ||
    (a === 'it' &&
      /^(?:is|was|has|would|will|can|may)$/.test(b) &&
      /^(?:possible|been|useful|not|hard|also|better|be|turns|easy|common|impossible|more|desirable|necessary|important)$/.test(
        c,
      ) &&
      words.slice(3, 9).some((w) => w === 'to' || w === 'that'))
  )
    return 'nothing';
  if (DANGLING.has(a)) return 'before';
  const pair = `${a} ${b}`;
  if (!DANGLING_PAIRS.has(pair)) return 'nothing';
  if (NEEDS_THIRD.has(pair) && !THIRD.has(c)) return 'nothing';
  return a === 'fix' || a === 'to' || a === 'the' || a === 'address' || a === 'solve' ? 'problem' : 'before';
}

const SAYS = new Set(
  'add adds adding fix fixes introduce introduces implement implements enable enables support supports convert converts remove removes drop drops rework reworks replace replaces refactor refactors clean cleans move moves extend extends improve improves optimize optimizes optimise simplify simplifies provide provides make makes allow allows avoid avoids reduce reduces switch switches restructure unify unifies consolidate consolidates export expose exposes split splits reorganizes reorganize eliminate eliminates change changes handle handles prevent prevents restrict restricts propose proposes resolve resolves solve solves address addresses correct corrects rewrite update updates use uses wire wires teach teaches create creates define aims aim tries try attempts brings bring lets let get gets revert reverts expands allows cleanup cleanups port ports contains consists does do harden permit permits initialize pass passes set sets check checks call calls delete deletes mark marks limit limits tidy convert turn turns keep keeps ensure ensures describe describes document documents'.split(
    ' ',
  ),
);
const FILLERS = new Set(
  'now also only just basically mainly mostly then simply further will can first to therefore thus instead should is are and up here automatically effectively would a an the'.split(
    ' ',
  ),
);

/** Whether the main clause says what the work does: `This series adds`, `Add`, `we introduce`, `is fixed`. */
function saysWhat(words: readonly string[], cues: number): boolean {
  if (SAYS.has(words[0] ?? '')) return true;
  const opening = words.slice(0, 9);
  const subject = opening.findIndex(
    (word, i) => SERIES_NOUNS.has(word) || (word === 'we' && i < 8) || (word === 'i' && i < 6),
  );
  if (subject < 0 || ((cues & CUE.series) === 0 && words[subject] !== 'we' && words[subject] !== 'i'))
    return false;
  for (let i = subject + 1; i < Math.min(words.length, subject + 6); i += 1) {
    const word = words[i] as string;
    if (SAYS.has(word)) return true;
    if (
      !FILLERS.has(word) &&
      !SERIES_NOUNS.has(word) &&
      !/ly$/.test(word) &&
      !/^(?:for|of|that|which|implementing|adding|fixing|in)$/.test(word)
    )
      return false;
  }
  return false;
}

function countWords(text: string): number {
  return text.split(' ').length;
}

function isName(word: string): boolean {
  return (
    word.includes('_') || word.includes('()') || word.includes('->') || word.includes('/') || /\d/.test(word)
  );
}

/** The forms in which a sentence could be shown, longest first; empty where it is about the posting, or nothing is left. */
export function candidatesOf(
  sentence: Sentence,
  index: number,
  place: number,
  letter: LetterWords,
): Candidate[] {
  const clean = cleanSentence(sentence.text);
  if (clean === null) return [];
  const found: Candidate[] = [];
  const all = tokens(clean.text);
  const cues = findPhrases(CUES, all);
  const forms = [clean.text, ...shorten(clean.text)];
  const noisy = (cues & NOISE) !== 0 || /\?/.test(clean.text);
  for (let f = 0; f < forms.length; f += 1) {
    const text = forms[f] as string;
    const words = f === 0 ? all : tokens(text);
    const ownCues = f === 0 ? cues : findPhrases(CUES, words);
    // The clause that was cut off may have been the noise.
    if (f === 0 ? noisy : (ownCues & NOISE) !== 0 || text.includes('?')) continue;
    const candidate = describe(text, words, ownCues, sentence, letter);
    found.push({ ...candidate, index, place, joined: clean.joined, cut: f > 0 });
  }
  return found;
}

function describe(
  text: string,
  words: readonly string[],
  cues: number,
  sentence: Sentence,
  letter: LetterWords,
): Omit<Candidate, 'index' | 'place' | 'joined' | 'cut'> {
  const content = new Set(contentWords(text));
  let title = 0;
  let shortlog = 0;
  let frequency = 0;
  for (const word of content) {
    if (letter.title.has(word)) title += 1;
    else if (letter.shortlog.has(word)) shortlog += 1;
    frequency += Math.min(letter.counts.get(word) ?? 0, 5) - 1;
  }
  let names = 0;
  for (const word of words) if (isName(word)) names += 1;
  return {
    text,
    words: countWords(text),
    block: sentence.block,
    first: sentence.first,
    item: sentence.kind === 'item',
    aside: sentence.aside,
    announces: sentence.text.endsWith(':'),
    cues,
    saysWhat: saysWhat(words, cues),
    needs: pointsBack(words),
    content,
    titleShare: letter.title.size === 0 ? 0 : title / letter.title.size,
    shortlogHits: shortlog,
    centrality: content.size === 0 ? 0 : Math.max(0, frequency) / content.size / 4,
    news: content.size - title,
    names: words.length === 0 ? 0 : names / words.length,
  };
}
