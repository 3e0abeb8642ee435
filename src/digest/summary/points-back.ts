import { phraseTable } from './phrases.js';
import { SERIES_NOUNS } from './word-lists.js';
import { MARK, openingPhrases, type Word } from './words.js';

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
/** Words of the kind of `he`: of whom was said before. */
const OF_WHOM: ReadonlySet<string> = new Set(['him', 'her', 'his', 'he', 'she']);
/** After `the issue` these tell which one. */
const TELLS_WHICH: ReadonlySet<string> = new Set(['of', 'that', 'where', 'with', 'when', 'in', 'is']);
/** Later in a sentence they speak of what it has named itself. */
const MAX_BACK_AT = 14;

/** Whether the word at `at`, one of the kind of `it`, speaks of what the sentence before named. */
function speaksBack(words: readonly Word[], at: number): boolean {
  const word = words[at]?.text ?? '';
  const next = words[at + 1]?.text ?? '';
  const before = words[at - 1]?.text ?? '';
  switch (word) {
    case 'this':
    case 'these':
      return next === 'change' || (!SERIES_NOUNS.has(next) && next !== 'way' && next !== 'is');
    case 'such':
      // `such as` points nowhere.
      return at <= 6 && next !== 'as' && next !== 'that';
    case 'that':
    case 'those':
      return at <= 8 && TAKES_OBJECT.has(before) && !CLAUSE_WORDS.has(next);
    case 'it':
    case 'them':
      // `Introduce the feature and expose it`: named in the sentence.
      if (at > 6 || words.slice(1, at).some(({ text }) => text === 'and')) return false;
      if (TAKES_OBJECT.has(before)) return true;
      // `Guest may scan it by …`, but not `so that it can …`, `makes it possible`.
      return at <= 5 && word === 'it' && !BEFORE_CLAUSE.has(before) && !AFTER_EMPTY_IT.has(next);
    default:
      if (OF_WHOM.has(word)) return true;
      // `the issue`, `the latter`
      return before === 'the' && at > 1 && !TELLS_WHICH.has(next);
  }
}

/** `This series aims to make both work.` Of two things: those that the sentence itself joins by `and` or `or`, else others. */
function endsWithBoth(words: readonly Word[]): boolean {
  const [before, last] = [words[words.length - 2]?.text, words[words.length - 1]?.text];
  if (last !== 'both' && !(before === 'both' && last === 'work')) return false;
  return !words.some(({ text }) => text === 'and' || text === 'or');
}

/** Whether an early `this problem`, `these`, `them` speaks of what the sentence before named. */
function mentionsBack(words: readonly Word[]): boolean {
  // `There is code for supporting that.`
  if (ENDS_BACK.has(words[words.length - 1]?.text ?? '')) return true;
  const end = Math.min(words.length, MAX_BACK_AT + 1);
  for (let at = 1; at < end; at += 1) {
    if (((words[at] as Word).marks & MARK.back) === 0) continue;
    if (at === MAX_BACK_AT && words[at - 1]?.text !== 'the') break;
    if (speaksBack(words, at)) return true;
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
function isSeriesOrTitle(words: readonly Word[]): boolean {
  const second = words[1]?.text ?? '';
  return doesNext(words) || second.endsWith('ly') || TITLE_NOUNS.has(second) || namesSeries(words, 6);
}

/** `This adds …` */
function doesNext(words: readonly Word[]): boolean {
  return ((words[1]?.marks ?? 0) & MARK.doing) !== 0;
}

/** Whether one of the words from the second on, before the `end`-th, is what a posting is called. */
function namesSeries(words: readonly Word[], end: number): boolean {
  for (let at = 1; at < end && at < words.length; at += 1)
    if (((words[at] as Word).marks & MARK.series) !== 0) return true;
  return false;
}

/** `This series fixes that.`, `This patchset resolves the issues.`: what the series is about was said before. */
function solvesWhatIsSaid(words: readonly Word[]): boolean {
  let verb = 1;
  while (verb < 9 && verb < words.length && !SOLVES.has((words[verb] as Word).text)) verb += 1;
  // Nothing but `that`, `the issues` stands behind the verb.
  const object = words[verb + 1]?.text ?? '';
  const last = words[verb + 2]?.text;
  if (verb === 9 || words.length > verb + 3 || !namesSeries(words, verb)) return false;
  return last === undefined ? IS_SAID.has(object) : PROBLEM_NOUNS.has(last) && OF_PROBLEM.has(object);
}
const IS_SAID: ReadonlySet<string> = new Set(['this', 'that', 'it', 'these', 'them', 'those']);
const OF_PROBLEM: ReadonlySet<string> = new Set(['the', 'these', 'this', 'that', 'those']);
const PROBLEM_NOUNS: ReadonlySet<string> = new Set(
  'issue issues problem problems bug bugs race races'.split(' '),
);

/** `If anything, it also helps …` */
const BACK_BEHIND_COMMA =
  /^\S+(?: \S+){0,2}, (?:it|this|these|they|that) (?!series|patch|can be (?:hard|difficult|easy|useful)|is (?:hard|difficult|easy|possible|impossible|necessary|useful|important) )/;

/**
 * What a sentence needs before it.
 *
 * `text`: as it would be shown; `opensBlock`: first of its paragraph; `opensLetter`: first of the letter, where `this`
 * is the series, whose title stands beside the summary; `afterSeries`: the sentence before names the series, which is
 * what `it adds` speaks of.
 */
export function needsOf(
  text: string,
  words: readonly Word[],
  opensBlock: boolean,
  opensLetter: boolean,
  afterSeries: boolean,
): Needs {
  const first = words[0]?.text ?? '';
  const second = words[1]?.text ?? '';
  if ((first === 'this' || first === 'these' || first === 'the') && solvesWhatIsSaid(words)) return 'problem';
  if (endsWithBoth(words)) return 'before';
  // `This QEMU series …`, `These two patches …`
  if (
    first === 'this' &&
    words.slice(1, 4).some((word) => word.text === 'series' || word.text === 'patchset')
  )
    return 'nothing';
  if (first === 'these' && namesSeries(words, 6)) return 'nothing';
  if (first === 'this' || first === 'it') {
    // `This adds …`, `This is enough to …` at the start of a paragraph is the series too.
    if (opensLetter && (first === 'it' || isSeriesOrTitle(words))) return 'nothing';
    if (afterSeries && doesNext(words)) return 'nothing';
    const isWhat = second === 'is' && !/^(?:not|\w{2,16}ly)$/.test(words[2]?.text ?? '');
    if (opensBlock && first === 'this' && (doesNext(words) || isWhat)) return 'nothing';
  }
  if (text.includes(', ') && BACK_BEHIND_COMMA.test(text)) return 'before';
  const opening = openingPhrases(OPENINGS, words);
  if ((opening & STANDS) === 0) {
    if ((opening & PROBLEM) !== 0) return 'problem';
    if ((opening & BEFORE) !== 0) return 'before';
  }
  return mentionsBack(words) ? 'before' : 'nothing';
}
