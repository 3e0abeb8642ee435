import { openingPhrases, phraseTable } from './phrases.js';
import { isDoing, SERIES_NOUNS } from './says-what.js';

/**
 * What must be shown before a sentence, for its words point back: nothing, the very sentence before it, or any that
 * tells of a problem.
 */
export type Needs = 'nothing' | 'before' | 'problem';

const BEFORE = 1;
const PROBLEM = 2;
const STANDS = 4;

/** Openings, tried at the first word only. */
const OPENINGS = phraseTable([
  [
    BEFORE,
    `these, those, that, it's, that's, they're, they, their, its, he, his, she, such, both, neither, either, here, there, same, another, or, which, one of, not only
    this, it, the latter|former|above|same|other, doing so, if so, do so|this|that|it, other than that|this
    after|with|in|for|at|from|by|as|while|when|if|since|because|on|due|without|within|under|during this|that|these|those|it|such, to do|achieve|make|support this|that|so|it
    part|some|most|many|each|none|both|all|one|several of these|this|them|it|those|that|which, all these|this|that, only the, because|instead|due of|to this|that|these|it
    the first|second|third|last|1st|2nd|3rd|4th|next one|part|patch|issue|problem, the last|first|next|other two|three,  the result|root|change|changes is|was|are|cause, by doing|using this|that|so, so it|this, while doing|at it|this|that, without the fix|patch|patches|change|series|this
    use|add|drop|remove|make|implement|change|handle|split|move it|them|this|that|these, last time, at the same, in such, in both|either, another|second|third _ is, the second|third, this way, the answer, sometimes, then we|i|the|it|add|use|this, the design|approach|idea should|was|is|has, included is`,
  ],
  [
    PROBLEM,
    `fix|fixes|solve|resolve|address|avoid|correct|prevent|mitigate this|that|these|it|them, fix|solve|resolve|address the issue|issues|problem|problems|bug|race
    to fix|address|solve|avoid|prevent|mitigate|resolve this|that|these|it|them|such, the problem|issue|fix|solution|reason|bug|cause, fix by|the`,
  ],
  [
    STANDS,
    `this|these|the|both|all series|patchset|patches|patch|changeset|rfc|commit|work|driver|change|pull, this patch set|series, with|in|after|by this|these series|patchset|patches|patch|changeset|changes|change, with this|these patch|_ series|set|patches
    there is|are, this|it is a|an|the series|patchset|rfc|patch, this|it is a|an|the _ series|patchset|patch|patches|set, it is|was|would|will|can|may|has possible|impossible|useful|hard|easy|better|common|desirable|necessary|important|been|be|not`,
  ],
]);

/** Verbs and prepositions whose object, when it is `it` or `them` early on, was named before. */
const TAKES_OBJECT: ReadonlySet<string> = new Set(
  'fix fixes fixing solve solves address addresses resolve resolves avoid avoids for of do does by with from eliminate eliminates remove removes optimises optimizes support supports use uses using make makes let lets handle handles improve improves prevent prevents extend extends convert converts move moves implement implements adds add about'.split(
    ' ',
  ),
);
/** `that` before one of these begins a clause. */
const CLAUSE_WORDS: ReadonlySet<string> = new Set(
  'is are was were will can may could would should does do has have had means allows makes the a an it we i there in on at by for to of and or with when where all they you if some not no each any one'.split(
    ' ',
  ),
);

/** After these `it` is the subject of a clause of its own, which mostly speaks of what this sentence has named. */
const BEFORE_CLAUSE: ReadonlySet<string> = new Set(
  'that and so but because when if since as while before after where unless until although though than whether or then case'.split(
    ' ',
  ),
);
/** `makes it possible to …`, `it is easy to …`: `it` stands for what follows. */
const AFTER_EMPTY_IT: ReadonlySet<string> = new Set(
  'possible impossible easy easier hard harder difficult clear clearer more less safe safer simple simpler useful convenient necessary straightforward is was would will can cannot should has'.split(
    ' ',
  ),
);

const ENDS_BACK: ReadonlySet<string> = new Set(['that', 'this', 'those', 'these', 'so']);

/** Whether an early `this problem`, `these`, `them` speaks of what the sentence before named. */
function mentionsBack(words: readonly string[]): boolean {
  // `There is code for supporting that.`
  if (ENDS_BACK.has(words[words.length - 1] ?? '')) return true;
  for (let at = 1; at < Math.min(words.length, 14); at += 1) {
    const word = words[at] as string;
    const next = words[at + 1] ?? '';
    const before = words[at - 1] as string;
    if (word === 'this' && words[at + 1] === 'by') return true;
    if (word === 'this' || word === 'these') {
      if (next === 'change' || (!SERIES_NOUNS.has(next) && next !== 'way' && next !== 'is')) return true;
    } else if (word === 'such') {
      // `such as` points nowhere.
      if (at <= 6 && !['as', 'that'].includes(next)) return true;
    } else if (word === 'that' || word === 'those') {
      if (at <= 8 && TAKES_OBJECT.has(before) && !CLAUSE_WORDS.has(next)) return true;
    } else if (word === 'him' || word === 'her' || word === 'his' || word === 'he' || word === 'she') {
      return true;
    } else if (word === 'it' || word === 'them') {
      // `Introduce the feature and expose it`: named in the sentence.
      if (words.slice(1, at).includes('and')) continue;
      if (at <= 6 && TAKES_OBJECT.has(before)) return true;
      // `Guest may scan it by …`, but not `so that it can …`, `makes it possible`.
      if (at <= 5 && word === 'it' && !BEFORE_CLAUSE.has(before) && !AFTER_EMPTY_IT.has(next)) return true;
    } else if (word === 'the' && /^(?:issues?|problems?|above|latter|former)$/.test(next)) {
      if (!/^(?:of|that|where|with|when|in|is)$/.test(words[at + 2] ?? '')) return true;
    }
  }
  return false;
}

const SOLVES: ReadonlySet<string> = new Set(
  'fix fixes solve solves address addresses resolve resolves avoid avoids correct corrects remedy remedies'.split(
    ' ',
  ),
);

/** What `this` may stand before when it speaks of what the title names. */
const TITLE_NOUNS: ReadonlySet<string> = new Set(
  'basic idea feature functionality support rework tool helper api interface option is was will can may has could would should also now allows means'.split(
    ' ',
  ),
);

/** `This patch series …`, `This is …`, `This feature …`; `This instruction call …` speaks of something that is lost. */
function isSeriesOrTitle(words: readonly string[]): boolean {
  const second = words[1] ?? '';
  if (isDoing(second) || second.endsWith('ly') || TITLE_NOUNS.has(second)) return true;
  return words.slice(1, 6).some((word) => SERIES_NOUNS.has(word));
}

/** `This series fixes that.`, `This patchset resolves the issues.`: what the series is about was said before. */
function solvesWhatIsSaid(words: readonly string[]): boolean {
  if (words[0] !== 'this' && words[0] !== 'these' && words[0] !== 'the') return false;
  const verb = words.slice(0, 9).findIndex((word) => SOLVES.has(word));
  if (verb < 1 || !words.slice(1, verb).some((word) => SERIES_NOUNS.has(word))) return false;
  const rest = words.slice(verb + 1).join(' ');
  return /^(?:this|that|it|these|them|those|(?:the|these|this|that|those) (?:issues?|problems?|bugs?|races?))$/.test(
    rest,
  );
}

/**
 * What a sentence needs before it.
 *
 * `text`: as it would be shown; `words`: its words in lower case; `opensBlock`: first of its paragraph; `opensLetter`:
 * first of the letter, where `this` is the series, whose title stands beside the summary; `afterSeries`: the sentence
 * before names the series, which is what `it adds` speaks of.
 */
export function needsOf(
  text: string,
  words: readonly string[],
  opensBlock: boolean,
  opensLetter: boolean,
  afterSeries: boolean,
): Needs {
  const [first = '', second = ''] = words;
  if (solvesWhatIsSaid(words)) return 'problem';
  // `This QEMU series …`, `These two patches …`
  if (first === 'this' && words.slice(1, 4).some((word) => word === 'series' || word === 'patchset'))
    return 'nothing';
  if (first === 'these' && words.slice(1, 6).some((word) => SERIES_NOUNS.has(word))) return 'nothing';
  if (first === 'this' || first === 'it') {
    // `This adds …`, `This is enough to …` at the start of a paragraph is the series too.
    if (opensLetter && (first === 'it' || isSeriesOrTitle(words))) return 'nothing';
    if (afterSeries && isDoing(second)) return 'nothing';
    const isWhat = second === 'is' && !/^(?:not|\w{2,16}ly)$/.test(words[2] ?? '');
    if (opensBlock && first === 'this' && (isDoing(second) || isWhat)) return 'nothing';
  }
  // `If anything, it also helps …`
  if (
    /^\S+(?: \S+){0,2}, (?:it|this|these|they|that) (?!series|patch|can be (?:hard|difficult|easy|useful)|is (?:hard|difficult|easy|possible|impossible|necessary|useful|important) )/.test(
      text,
    )
  )
    return 'before';
  const opening = openingPhrases(OPENINGS, words);
  if ((opening & STANDS) === 0) {
    if ((opening & PROBLEM) !== 0) return 'problem';
    if ((opening & BEFORE) !== 0) return 'before';
  }
  return mentionsBack(words) ? 'before' : 'nothing';
}
