import type { Clause } from './clauses.js';
import type { Phrase } from './phrase.js';
import { BRANCH_OF_PERSON, NAMED_TREE, OWN_TREE, TREE_NOUN, TRUNK } from './tree-words.js';

/**
 * Rarer words for applying, each of which means something else too: `Took it, thanks`, `Added to my queue`, `Cherry-picked to net-next`, `Checked
 * in, thanks`, `In my tree now`. They count only in these few wordings, with nothing behind them but thanks, and not if the next sentence
 * tells what the writer will do with it.
 */
export function isTakenIn(
  { subject, verb, rest, passive, before }: Phrase,
  later: readonly Clause[],
  nextSentence: string,
): boolean {
  if (!later.every(({ words, opens }) => opens === '' && THANKS.test(words[0] ?? ''))) return false;
  if (/\b(?:will|'ll|v\d{1,3}|next (?:version|week)|once|if|but|review)\b/i.test(nextSentence)) return false;
  const thanked = later.length > 0 || THANKS.test((/^\w+/.exec(nextSentence)?.[0] ?? '').toLowerCase());
  const text = [verb, ...rest].join(' ');
  if (verb === 'in') return isIn(before.join(' '), subject, text, thanked);
  if (passive || subject === 'posting' || subject === 'you') return false;
  // `Accepted, thanks for explaining`
  if (text === 'accepted') return later.length > 0 && later.every(({ words }) => words.every(isThanks));
  if (subject === 'me' ? BY_ME.test(text) : TO_TREE.test(text)) return true;
  return thanked && subject === 'none' && WITH_THANKS.test(text);
}

/** Words of a sentence that may say so without a verb: `this series is now in frob/dev`. */
export function saysWhereItIs(all: readonly string[]): boolean {
  return all.includes('in') && (all.includes('now') || all.includes('already'));
}

const THANKS = /^(?:thanks|thank|thx)$/;

function isThanks(word: string): boolean {
  return /^(?:thanks|thank|you|thx|a|lot|all|everyone|both)$/.test(word);
}

const POSTING =
  '(?:it|this|these|them|(?:this|the|these|your) (?:patch|patches|series|patchset)|patch(?:es)? \\d[\\d,-]*)';
const TREE = `(?:(?:my|our) (?:${TREE_NOUN}|next|${NAMED_TREE})|(?:the )?${NAMED_TREE}(?: ${TREE_NOUN})?)`;

const TO_TREE = new RegExp(
  `^(?:took ${POSTING} (?:to|into)|added (?:${POSTING} )?(?:to|into)|cherry[- ]?picked (?:${POSTING} )?(?:to|into)|accepted (?:${POSTING} )?(?:to|into)) ` +
    `${TREE}(?: for v?\\d[\\w.-]*)?$`,
);
const BY_ME = new RegExp(
  `^(?:cherry[- ]?picked ${POSTING} (?:to|into) ${NAMED_TREE}|checked ${POSTING} in to (?:${TRUNK}|${NAMED_TREE})|accepted ${POSTING} (?:to|into) (?:${TREE}|${BRANCH_OF_PERSON}))$`,
);
const WITH_THANKS = new RegExp(
  `^(?:took ${POSTING}|added to the queue|checked (?:${POSTING} )?in|checked in to ${TRUNK}|installed (?:on|to|into) ${TRUNK}|cherry[- ]?picked (?:to|into) ${TRUNK})$`,
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
