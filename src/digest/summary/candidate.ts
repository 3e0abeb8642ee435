import { cleanSentence } from './clean-sentence.js';
import { contentWords } from './content-words.js';
import { CUE, CUES, NOISE } from './cue-phrases.js';
import { findPhrases, tokens } from './phrases.js';
import { isHalf, shorten } from './shorten.js';
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
  /** A clause that waits for its main clause, as far as its first word and its commas tell. */
  readonly half: boolean;
  /** Share of its content words that the title has too. */
  readonly echo: number;
  /** Share of names of code (`foo_bar`, `baz()`, `CONFIG_X`), 0 to 1. */
  readonly names: number;
}

function needsOf(words: readonly string[], sentence: Sentence, index: number): Candidate['needs'] {
  const [a = '', b = ''] = words;
  // `This adds …` at the start of a paragraph is the series; at the start of the letter any `this` is.
  if ((a === 'this' || a === 'it') && sentence.first && (index === 0 || SAYS.has(b))) return 'nothing';
  const opening = pointsBack(words);
  return opening === 'nothing' && mentionsBack(words) ? 'before' : opening;
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
  'part of',
  'some of',
  'most of',
  'many of',
  'each of',
  'none of',
  'both of',
  'without the',
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
/** At the start of a sentence these are as likely a step of an account, or a noun. */
const NOT_FIRST = new Set(
  'use uses set sets check checks let lets call calls do does keep keeps get gets mark marks turn turns pass passes try tries change changes support supports cleanup cleanups adding fixing limit limits document documents port ports delete bring export'.split(
    ' ',
  ),
);
const FILLERS = new Set(
  'now also only just basically mainly mostly then simply further will can first to therefore thus instead should is are and up here automatically effectively would a an the'.split(
    ' ',
  ),
);

const NOT_NOUN = new Set(
  'is are was were will can may could would should does do has have had means allows makes the a an it we i there in on at by for to of and or with when where all they you if some not no each any one'.split(
    ' ',
  ),
);

/** Whether an early `this problem`, `these`, `them` speaks of a thing that the sentence before named. */
function mentionsBack(words: readonly string[]): boolean {
  const end = Math.min(words.length, 14);
  for (let i = 1; i < end; i += 1) {
    const word = words[i] as string;
    const next = words[i + 1] ?? '';
    if (
      (word === 'this' || word === 'these' || word === 'such') &&
      !SERIES_NOUNS.has(next) &&
      !(next === 'way' || next === 'is')
    ) {
      // `a file such as this` speaks of itself.
      if (word === 'such' && (next === 'as' || next === 'that' || next === 'a' || next === 'an')) continue;
      return true;
    }
    if (
      (word === 'that' || word === 'those') &&
      i <= 8 &&
      BACK_OBJECT.has(words[i - 1] as string) &&
      !NOT_NOUN.has(next)
    )
      return true;
    if ((word === 'them' || word === 'it') && i <= 6 && BACK_OBJECT.has(words[i - 1] as string)) return true;
    if (
      word === 'the' &&
      (next === 'issue' ||
        next === 'issues' ||
        next === 'problem' ||
        next === 'problems' ||
        next === 'above' ||
        next === 'latter' ||
        next === 'former') &&
      !/^(?:of|that|where|with|when|in|is)$/.test(words[i + 2] ?? '')
    )
      return true;
  }
  return false;
}
const BACK_OBJECT = new Set(
  'fix fixes fixing solve solves address addresses resolve resolves avoid avoids for of do does by with from eliminate remove removes optimises optimizes support supports use uses using make makes let lets handle handles improve improves prevent prevents have has extend extends convert converts move moves implement implements adds add about'.split(
    ' ',
  ),
);

/** Whether the main clause says what the work does: `This series adds`, `Add`, `we introduce`, `is fixed`. */
function saysWhat(words: readonly string[], cues: number): boolean {
  if (SAYS.has(words[0] ?? '') && !NOT_FIRST.has(words[0] ?? '')) return true;
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

const FUNCTION_WORDS = new Set(
  "the a an of to in for and is are with on that this it by be as we not or from can when which has have will if so all at into no but than was were do does these them it's there only also its our".split(
    ' ',
  ),
);

/**
 * Whether a text is told in English: its function words are many. `func 0 idx 0 rax d rbx 68747541` is a log, and
 * `foo/bar: add x foo/baz: fix y` a list whose line breaks were lost.
 */
function isProse(text: string, words: readonly string[]): boolean {
  if (
    text.includes(' == ') ||
    text.includes(' != ') ||
    text.includes(' += ') ||
    text.includes('; }') ||
    text.includes('}}')
  )
    return false;
  if (words.length <= 8) return true;
  let found = 0;
  for (const word of words) if (FUNCTION_WORDS.has(word)) found += 1;
  return found / words.length >= 0.14;
}

/** Fewer words are no sentence worth the reader's time: `So this patchset comes.` */
const MIN_WORDS = 5;

/** `I'm quite pleased with …`: the author, not the work; `I add …` is the work. */
function speaksOfSelf(words: readonly string[]): boolean {
  const first = words[0] ?? '';
  if (first !== 'i' && first !== "i'm" && first !== "i've" && first !== "i'd" && first !== "i'll")
    return false;
  return !words.slice(1, 5).some((word) => SAYS.has(word));
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
  if (all.length < MIN_WORDS || !isProse(clean.text, all) || speaksOfSelf(all)) return [];
  // An item says something by itself where it is a sentence of its own: `Add x`, not `AVIC implementation to avic.c`.
  if (sentence.kind === 'item' && !SAYS.has(all[0] ?? '')) return [];
  const cues = findPhrases(CUES, all);
  const forms = [clean.text, ...shorten(clean.text)];
  const noisy = (cues & NOISE) !== 0 || /\?/.test(clean.text);
  for (let f = 0; f < forms.length; f += 1) {
    const text = forms[f] as string;
    const words = f === 0 ? all : tokens(text);
    const ownCues = f === 0 ? cues : findPhrases(CUES, words);
    // The clause that was cut off may have been the noise.
    if (f === 0 ? noisy : (ownCues & NOISE) !== 0 || text.includes('?')) continue;
    const candidate = describe(text, words, ownCues, sentence, index, letter);
    found.push({ ...candidate, index, place, joined: clean.joined, cut: f > 0 });
  }
  return found;
}

function describe(
  text: string,
  words: readonly string[],
  cues: number,
  sentence: Sentence,
  index: number,
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
    needs: needsOf(words, sentence, index),
    content,
    titleShare: letter.title.size === 0 ? 0 : title / letter.title.size,
    shortlogHits: shortlog,
    centrality: content.size === 0 ? 0 : Math.max(0, frequency) / content.size / 4,
    news: content.size - title,
    half: isHalf(text),
    echo: content.size === 0 ? 1 : title / content.size,
    names: words.length === 0 ? 0 : names / words.length,
  };
}
