import type { Phrase } from './phrase.js';
import { postingEnd } from './phrase.js';

/**
 * That a posting was removed from a tree again, with a verb in two parts or of necessity: `backed out`, `kicked out of the queue`, `I've taken this
 * out of my tree`, `had to revert it`, `This has been reverted in master`. `named` tells whether words begin with the posting.
 */
export function isTakenOut(phrase: Phrase, named: (words: readonly string[]) => boolean): boolean {
  const { subject, verb, rest, passive, before } = phrase;
  if (phrase.negated || phrase.mood !== 'plain' || subject === 'you') return false;
  if (rest.some((word) => word === 'locally' || word === 'here' || /^v\d{1,3}$/.test(word))) return false;
  const isOther = before.includes('that') || before.includes('those');
  if (subject !== 'posting' && hadTo(before)) return isForced(verb, rest, named);
  if (subject === 'posting' && (!passive || isOther)) return false;
  if (PARTS.has(verb)) return isOut(verb, rest, subject !== 'me', named);
  return subject === 'posting' && UNDONE.has(verb) && isInTree(rest);
}

/** `had to drop it`, `we had to back this out`. */
function hadTo(before: readonly string[]): boolean {
  const at = before.indexOf('had');
  return at >= 0 && before.indexOf('to', at) > at;
}

const FORCED = new Set('drop revert unapply unqueue un-apply unstage'.split(' '));
const FORCED_OUT = new Set('back kick take pull throw yank'.split(' '));
/** The participles of those. */
const PARTS = new Set('backed kicked taken took pulled thrown threw yanked tossed'.split(' '));
const UNDONE = new Set('reverted dropped removed'.split(' '));
/** They remove something even if no place is named. */
const CLEAR = new Set('backed back kicked kick thrown throw threw tossed'.split(' '));
const TREES = new Set(['tree', 'trees', 'queue', 'queues', 'branch', 'for-next', 'next']);

/** A tester reverts it, too: `I had to revert it to get the machine to boot`. */
function isForced(
  verb: string,
  rest: readonly string[],
  named: (words: readonly string[]) => boolean,
): boolean {
  if (!named(rest)) return false;
  if (FORCED_OUT.has(verb)) return isOut(verb, rest, false, named);
  return FORCED.has(verb) && (isOfTree(rest, 'from') || !rest.includes('to'));
}

/** `out again`, `out of the queue`, `it out`; not `out of the loop`. */
function isOut(
  verb: string,
  rest: readonly string[],
  mayOmit: boolean,
  named: (words: readonly string[]) => boolean,
): boolean {
  const at = rest.indexOf('out');
  if (at < 0 || at > 4 || (at === 0 ? !mayOmit : postingEnd(rest, 0) !== at || !named(rest))) return false;
  const next = rest[at + 1] ?? '';
  if (next === 'of') return isOfTree(rest, 'of');
  if (next === 'again') return true;
  return CLEAR.has(verb) && (next === '' || BEHIND.has(next));
}

const BEHIND = new Set('for now because as since today yesterday immediately right'.split(' '));

/** `of my tree`, `from the queue`. */
function isOfTree(rest: readonly string[], word: 'of' | 'from'): boolean {
  const at = rest.indexOf(word);
  return at >= 0 && rest.slice(at + 1, at + 5).some((one) => TREES.has(one) || /-next$|^for-/.test(one));
}

/** `in master`, `from for-next`, `in my tree`: not in a release, nor upstream, which is about the commit. */
function isInTree(rest: readonly string[]): boolean {
  if (rest[0] !== 'in' && rest[0] !== 'from') return false;
  const near = rest.slice(1, 4);
  return near.some((word) => TREES.has(word) || /^(?:master|main|trunk)$|-next$|^for-/.test(word));
}
