import type { Clause } from './clauses.js';
import { namesDropped } from './dropped-posting.js';
import { type Phrase, postingEnd } from './phrase.js';
import { OWN_TREE, TREE_NOUN, TRUNK } from './tree-words.js';
import { DONE, TAKEN_OUT } from './vocabulary.js';

/**
 * That a posting was removed from a tree again, with a verb in two parts or of necessity: `Applied, then backed out`, `I've taken this out of my
 * tree`, `had to revert it`, `This has been reverted in master`. The same words say what code does and what a tester tried, so nothing
 * may follow them.
 */
export function isTakenOut(phrase: Phrase, earlier: readonly Clause[], belowCode: boolean): boolean {
  const { subject, verb, rest, passive, before, mood } = phrase;
  if (phrase.negated || mood !== 'plain' || subject === 'you') return false;
  if (subject === 'posting') return passive && isUndone(verb, before, rest);
  const applied = earlier.some(({ words }) => words.some((word) => DONE.has(word)));
  // `Applied, then backed out`
  if (applied && CLEAR.has(verb) && isOut(rest)) return true;
  if (hadTo(before))
    return (
      namesDropped(rest, belowCode) &&
      // `Applied, but I had to drop patch 3`: the others stay.
      !(applied && namesOne(rest)) &&
      rest[1] !== 'request' &&
      !before.some((word) => /\d|^(?:once|already)$/.test(word)) &&
      isForced(verb, rest.slice(postingEnd(rest, 0)))
    );
  return (
    subject === 'me' &&
    PARTS.has(verb) &&
    namesDropped(rest, belowCode) &&
    OUT_OF_OWN.test(rest.slice(postingEnd(rest, 0)).join(' '))
  );
}

/** `patch 3`, `the last patch`, and not `it`, `this series`. */
function namesOne(rest: readonly string[]): boolean {
  return /\bpatch\b|^\d/.test(rest.slice(0, postingEnd(rest, 0)).join(' '));
}

/** What a tester finds: `I reverted it and the crash is gone`; not why a maintainer did: `… because it still has problems`. */
const TRIED =
  /\b(?:and|but) .{0,40}\b(?:gone|went away|disappear\w*|boots|booted|works|worked|helps|helped)\b/i;

/** Whether a sentence tells what someone tried out, and not what happened to a tree. */
export function isExperiment(sentence: string): boolean {
  return TRIED.test(sentence);
}

/** `I backed this out on my machine`, `It is removed from the queue here`: not from a tree that others see. */
export function isAtHome({ subject, verb, rest }: Phrase): boolean {
  if (subject === 'me') return HOME.test(rest.join(' ')) || (/^un-/.test(verb) && rest.includes('to'));
  return subject === 'posting' && rest[0] === 'from' && rest.includes('here');
}

const HOME = /\b(?:on (?:my|our)|local|locally|vendor|product|to (?:bisect|compare|test|see|check|try))\b/;

/** `had to drop it`, `we had to back this out`. */
function hadTo(before: readonly string[]): boolean {
  const at = before.indexOf('had');
  return at >= 0 && before.indexOf('to', at) > at;
}

const FORCED = new Set('drop revert unapply unqueue un-apply unstage'.split(' '));
const FORCED_OUT = new Set('back kick take pull throw yank'.split(' '));
const PARTS = new Set('backed kicked taken took pulled thrown threw yanked tossed'.split(' '));
/** They remove something even if no place is named. */
const CLEAR = new Set('backed kicked thrown tossed yanked'.split(' '));
const OUT_OF_OWN = new RegExp(`^(?:back )?out (?:again )?of ${OWN_TREE}(?: again)?$`);
const FROM_OWN = new RegExp(`^(?:again )?(?:from ${OWN_TREE})?(?: again)?$`);

/** `had to drop it`, `had to back this out of my tree`; not `had to revert it to get the machine to boot`. */
function isForced(verb: string, behind: readonly string[]): boolean {
  const text = behind.join(' ');
  if (FORCED_OUT.has(verb)) return /^out(?: again)?$/.test(text) ? verb === 'back' : OUT_OF_OWN.test(text);
  return FORCED.has(verb) && FROM_OWN.test(text);
}

const OUT = new RegExp(
  `^(?:(?:it|this|them) )?out(?: again)?(?: of (?:the|my|our) ${TREE_NOUN})?(?: again)?$`,
);

/** `out`, `out again`, `out of the queue`, and nothing more. */
function isOut(rest: readonly string[]): boolean {
  return OUT.test(rest.join(' '));
}

const UNDONE_IN = new RegExp(`^(?:in|from) (?:${TRUNK}|for-next|[\\w-]+-next|my (?:tree|queue))$`);

/** `This has been reverted in master`: not in a release, and not of an older version or of another patch. */
function isUndone(verb: string, before: readonly string[], rest: readonly string[]): boolean {
  return (
    TAKEN_OUT.has(verb) &&
    /^this (?:patch |series )?has been$/.test(before.join(' ')) &&
    UNDONE_IN.test(rest.join(' '))
  );
}
