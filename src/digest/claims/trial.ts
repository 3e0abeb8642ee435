import type { Clause } from './clauses.js';
import { isNumber } from './patch-numbers.js';
import type { Phrase } from './phrase.js';
import { namesNewer } from './read-promised.js';
import { isNamedTree, isSubsystemNext, leadsToTree, namesOwnTree, TREE_NOUN } from './tree-words.js';

/** What a tester does or sees next: `I applied the patch and tested it`. */
const TESTING = new Set(
  (
    'tested ran run running built build boot booted boots tried verified confirmed works worked fails failed breaks broke compiles ' +
    'compiled issue crashes crashed hangs panics rebooted rebuilt recompiled reproduced helps helped'
  ).split(' '),
);

const FAULT =
  '(?:bugs?|issues?|problems?|crash(?:es)?|hangs?|oops(?:es)?|panics?|errors?|warnings?|failures?|regressions?|splats?|leaks?|stalls?|deadlocks?)';

/** What someone sees who tried it out, and not what a maintainer has to say about the text. */
const SEEN = [
  // `I applied it. It works.`
  '(?:^|(?:and|but) )(?:it|this) (?:works|worked|boots|booted|helps|helped)',
  // `I see a crash`, `and now get the same error`
  `(?:see|saw|seeing|get|got|getting|hit|hitting|observe|observed|notice|noticed) (?:(?:a|an|the|this|these|that|same|new|no|some|another|more|following|kernel|build|boot|still) ){0,4}${FAULT}`,
  // `the bug is still there`, `the warning went away`
  `${FAULT} (?:(?:is|was|has|have|are|does|did|still|now|it|that) ){0,3}(?:still|gone|persists?|remains?|went away|disappeared|no longer|not (?:fixed|gone|go away)|reappeared|came back)`,
  '(?:still|again) (?:there|happen(?:s|ing)|occurs?|crash(?:es|ing|ed)|hang(?:s|ing)|fail(?:s|ing|ed)|reproduc\\w+|broken|oops(?:es)|panics?)',
  '(?:did|does|do)(?:n.t| not) (?:help|work|fix (?:it|my|the)|solve|make a|boot|build|compile)',
  'no (?:difference|luck|improvement|effect)',
  'same (?:result|crash|hang|panic|oops|symptoms?)',
];
const TROUBLE = new RegExp(`\\b(?:${SEEN.join('|')})\\b`, 'i');

/** Whether someone who applied a patch says in the following words what they saw when they tried it. */
export function tellsOfTrial(text: string): boolean {
  return TROUBLE.test(text);
}

/** Whether a clause behind `I applied it` is about a test. */
function isTesting(words: readonly string[]): boolean {
  return words.slice(0, 6).some((word) => TESTING.has(word));
}

const TREES = new RegExp(`^(?:${TREE_NOUN}(?:e?s)?|next)$`);

/**
 * It was applied where only the writer has it: `on 6.9-rc3`, `on my laptop`, `to my kernel`, `to test it`. Not `to 6.9`, nor `to my
 * tree`; and `Applied on 6.9-rc3, thanks` (not `byMe`) says which release it will be in.
 */
function isOnOwnMachine(rest: readonly string[], byMe: boolean): boolean {
  const at = rest.findIndex(leadsToTree);
  if (!['on', 'onto', 'to'].includes(rest[at] ?? '')) return false;
  const next = rest[at + 1] ?? '';
  const near = rest.slice(at + 1, at + 6);
  if (near.some((word) => isNamedTree(word) || TREES.test(word))) return false;
  if (rest[at] === 'to' && TRYING.has(next)) return true;
  if (near.some((word) => MACHINE.has(word))) return true;
  return rest[at] !== 'to' && ((byMe && isRelease(next)) || next === 'my' || next === 'our');
}

const TRYING = new Set('test try see check verify reproduce debug'.split(' '));
const MACHINE = new Set(
  'kernel kernels machine machines laptop box board pc server vm setup system distro desktop'.split(' '),
);

/** `6.9-rc3`, `v6.8.2`; not `6.1.y`, nor the number of a patch. */
function isRelease(word: string): boolean {
  return !isNumber(word) && /^v?\d{1,2}\.\d{1,3}(?:\.\d{1,3})?(?:-rc\d{1,2})?$/.test(word);
}

/** `on top of v5.10`, `here: <link>`, `to v10` (its next version), `locally`, `cleanly`, `for testing` with no tree named. */
export function isElsewhere({ rest, subject }: Phrase): boolean {
  if (
    isOnOwnMachine(rest, subject === 'me') ||
    rest.some((word) => ['here', 'locally', 'cleanly'].includes(word)) ||
    /^(?:fine|ok|okay|well)$/.test(rest[0] ?? '')
  )
    return true;
  const at = rest.indexOf('top');
  if (at >= 0 && rest[at + 1] === 'of') return true;
  const test = rest.findIndex((word) => word === 'testing' || word === 'test' || word === 'tests');
  if (
    test > 0 &&
    rest[test - 1] === 'for' &&
    !rest.slice(0, test).some((word) => leadsToTree(word) && word !== 'for')
  )
    return true;
  const to = rest.findIndex((word) => leadsToTree(word));
  return (
    to >= 0 &&
    (/^v\d{1,3}$/.test(rest[to + 1] ?? '') || rest[to + 1] === 'your' || namesNewer(rest.slice(to)))
  );
}

/** Someone applied it to try it out: they say so next, or what they saw. A tree of their own speaks against it. */
export function isTrial(
  clauses: readonly Clause[],
  at: number,
  { subject, mood, verb, rest }: Phrase,
  nextSentence: string,
): boolean {
  if (mood !== 'plain') return false;
  // What was pushed is there for all; a tester applies it to what everyone has.
  if (/^(?:pushed|committ?ed|merged)$/.test(verb) || (subject === 'none' && namesOneTree(rest))) return false;
  const later = clauses.slice(at + 1);
  if (subject === 'me' && later.some(({ words }) => isTesting(words))) return true;
  if (namesOwnTree(rest) || rest.some((word) => word.startsWith('for-'))) return false;
  if (tellsOfTrial(later.map(({ text }) => text).join(' '))) return true;
  // Who thanks has taken it; what comes next is about other things.
  const thanks = clauses.some(({ words }) => words.some((word) => /^(?:thanks|thank|thx)$/.test(word)));
  // A maintainer says next what they saw in the text, and what to do about it.
  const asks = /\b(?:please|patch(?:es)? #?\d)/i.test(nextSentence);
  return subject === 'me' && !thanks && !asks && tellsOfTrial(nextSentence);
}

/** `to net-next`, `to drm-misc-next`. */
function namesOneTree(rest: readonly string[]): boolean {
  const at = rest.findIndex((word) => word === 'to' || word === 'into');
  return at >= 0 && rest.slice(at + 1, at + 4).some(isSubsystemNext);
}
