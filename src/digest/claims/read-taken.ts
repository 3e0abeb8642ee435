import type { Clause } from './clauses.js';
import type { Phrase } from './phrase.js';
import {
  BRANCH_OF_PERSON,
  LINUS_TREE,
  NAMED_TREE,
  OWN_TREE,
  PICKED_INTO,
  TREE_NOUN,
  TRUNK,
} from './tree-words.js';
import { tellsOfTrial } from './trial.js';

/** What is around a sentence: those before and after it ('' where there is none), and below what. */
export interface Around {
  readonly previous: string;
  readonly next: string;
  /** Below a backport, of which everyone knows that it is in mainline. */
  readonly ofBackport: boolean;
}

/**
 * Rarer words for applying, each of which means something else too: `Took it, thanks`, `Added to my queue`, `Cherry-picked to net-next`, `Checked
 * in, thanks`, `In my tree now`. They count only in these few wordings, with nothing behind them but thanks, and not if the next sentence
 * tells what the writer will do with it.
 */
export function isTakenIn(
  { subject, verb, rest, passive, before }: Phrase,
  later: readonly Clause[],
  { previous, next, ofBackport }: Around,
): boolean {
  const commit = later.findIndex(isCommit);
  const behind = later.filter((_, at) => at !== commit);
  if (!behind.every(({ words, opens }) => opens === '' && THANKS.test(words[0] ?? ''))) return false;
  if (/\b(?:will|'ll|v\d{1,3}|next (?:version|week)|once|if|but|review)\b/i.test(next)) return false;
  if (tellsOfTrial(next)) return false;
  const text = [verb, ...rest].join(' ');
  if (STANDS.test(before.join(' ')) && PLACE.test(text)) return !ofBackport && !NAMES_ANOTHER.test(previous);
  if (commit >= 0) return false;
  const thanked = later.length > 0 || THANKS.test((/^\w+/.exec(next)?.[0] ?? '').toLowerCase());
  if (verb === 'in') return isIn(before.join(' '), subject, text, thanked);
  if (passive || subject === 'posting' || subject === 'you') return false;
  // `Accepted, thanks for explaining`
  if (text === 'accepted') return later.length > 0 && later.every(({ words }) => words.every(isThanks));
  if (subject === 'me' ? BY_ME.test(text) : TO_TREE.test(text)) return true;
  return thanked && subject === 'none' && WITH_THANKS.test(text);
}

/** Words of a sentence that may say so without a verb: `this series is now in frob/dev`. */
export function saysWhereItIs(all: readonly string[]): boolean {
  return (all.includes('in') || all.includes('upstream')) && (all.includes('now') || all.includes('already'));
}

const THANKS = /^(?:thanks|thank|thx)$/;

function isThanks(word: string): boolean {
  return /^(?:thanks|thank|you|thx|a|lot|all|everyone|both)$/.test(word);
}

const POSTING =
  '(?:it|this|these|them|(?:this|the|these|your) (?:patch|patches|series|patchset)|patch(?:es)? \\d[\\d,-]*)';
const TREE = `(?:(?:my|our) (?:${TREE_NOUN}|next|${NAMED_TREE})|(?:the )?${NAMED_TREE}(?: ${TREE_NOUN})?)`;

const PICKED = `cherry[- ]?picked (?:${POSTING} )?(?:to|into)`;
const TO_TREE = new RegExp(
  `^(?:took ${POSTING} (?:to|into)|added (?:${POSTING} )?(?:to|into)|cherry[- ]?picked (?:${POSTING} )?(?:to|into)|accepted (?:${POSTING} )?(?:to|into)) ` +
    `${TREE}(?: for v?\\d[\\w.-]*)?$|^${PICKED} (?:the )?${PICKED_INTO}(?: branch)?$`,
);
const BY_ME = new RegExp(
  `^(?:cherry[- ]?picked ${POSTING} (?:to|into) (?:${NAMED_TREE}|(?:the )?${PICKED_INTO}(?: branch)?)|checked ${POSTING} in to (?:${TRUNK}|${NAMED_TREE})|accepted ${POSTING} (?:to|into) (?:${TREE}|${BRANCH_OF_PERSON}))$`,
);
const WITH_THANKS = new RegExp(
  `^(?:took ${POSTING}|added to the queue|checked (?:${POSTING} )?in|checked in to ${TRUNK}|installed (?:on|to|into) ${TRUNK})$`,
);

/** Directories of source trees, which look like `frob/dev`. */
const FOLDERS =
  /^in (?:arch|block|crypto|documentation|docs?|drivers|fs|include|init|io_uring|ipc|kernel|lib|mm|net|rust|samples|scripts|security|sound|tools|usr|virt|tests?|testcases|src|hw|target|gcc|package|board|boot|configs?|common|libav\w+)\//;
const IN_OWN = new RegExp(`^in ${OWN_TREE}(?: now| already)?$`);
const IN_BRANCH = new RegExp(`^in (?:${NAMED_TREE}|${BRANCH_OF_PERSON})$`);

/** `In my tree now`, `Now in my tree`, `This patchset is now in frob/dev, thanks everyone`; not `This is already in net-next`. */
function isIn(before: string, subject: Phrase['subject'], text: string, thanked: boolean): boolean {
  if (subject === 'none')
    return IN_OWN.test(text) && (/ (?:now|already)$/.test(text) || /^(?:now|already)$/.test(before));
  return (
    thanked &&
    /^(?:this|the) (?:patch|series|patchset) is now$/.test(before) &&
    IN_BRANCH.test(text) &&
    !FOLDERS.test(text)
  );
}

/** `This series is now …`, `The rest of the series is already …`; not `this`, `the fix`, `that patch`, `most of this series`. */
const STANDS =
  /^(?:(?:fyi|fwiw|ok|okay|thanks|so|and|note|just) (?:that )?)*(?:(?:this|your) (?:patch|series|patchset) is|(?:these|your) patches are|the rest of (?:the|this) (?:series|patchset) is|patches \d[\d,-]* are) (?:now|already)$/;
const COMMIT = '(?:(?:as |at |with |in )?(?:commit )?[0-9a-f]{7,40})';
/** `in Linus' tree`, `upstream`, `in net-next as commit 1a2b3c4d5e6f`; everyone has their own stable trees and their own next. */
const PLACE = new RegExp(
  `^(?:upstream|in ${LINUS_TREE}|in (?:the )?(?!\\d)${NAMED_TREE}(?: ${TREE_NOUN})?)(?: ${COMMIT})?$`,
);
const IS_COMMIT = new RegExp(`^${COMMIT}$`);
/** A commit, a title or a link: `this patch` behind it may be that one. */
const NAMES_ANOTHER = /\b[0-9a-f]{8,40}\b|["“][^"”]{5,}["”]|https?:/;

/** `(as commit 1a2b3c4d5e6f)`, `as 1a2b3c4d5e6f`. */
function isCommit({ words, opens }: Clause): boolean {
  const text = (opens === 'as' ? ['as', ...words] : words).join(' ');
  return (opens === '' || opens === 'as') && IS_COMMIT.test(text);
}
