import type { Phrase } from './phrase.js';
import { postingEnd } from './phrase.js';

/**
 * Rarer words for applying, each of which means something else too, so that it counts only with what makes it clear: `Took it, thanks`, `Added
 * to my queue`, `Cherry-picked into kirkstone`, `Checked in`, `Installed on trunk`, `Accepted, thanks`, `In my tree now`.
 */
export function isTakenIn(phrase: Phrase, next: readonly string[]): boolean {
  const { subject, verb, rest, passive } = phrase;
  if (verb === 'in') return isIn(phrase, next);
  if (verb === 'cherry' && rest[0] === 'picked') return isPickedInto(phrase, rest.slice(1));
  if (verb === 'cherry-picked' || verb === 'cherrypicked') return isPickedInto(phrase, rest);
  if (passive || subject === 'posting') return false;
  if (verb === 'took') return subject === 'none' && isTook(rest);
  if (verb === 'added') return subject === 'none' && isAddedTo(rest);
  if (verb === 'installed') return isInstalled(rest);
  if (verb === 'checked') return isCheckedIn(subject, rest);
  return verb === 'accepted' && isAccepted(subject, rest, next);
}

/** Words of a sentence that may say so without a verb: `this series is now in frob/dev`. */
export function saysWhereItIs(all: readonly string[]): boolean {
  return all.includes('in') && (all.includes('now') || all.includes('already'));
}

const OWN = new Set(['my', 'our']);
const INTO = new Set(['to', 'into', 'in']);
const NOUNS = new Set(['tree', 'queue', 'branch']);
const TRUNKS = new Set(['trunk', 'master', 'main', 'mainline']);
const PRIVATE = new Set('local locally test tests testing private vendor downstream own wip'.split(' '));

/** `for-6.9/frob`, `net-next`, `frob.git`. */
function isTreeName(word: string): boolean {
  return /^for-[\w./-]+$|^[\w./]+(?:-[\w./]+)*-next$|^[\w./-]+\.git$/.test(word);
}

/** Nothing more, or what may follow a place: `thanks`, `now`, `for 6.10`, `as 1a2b3c`. */
function isEnd(word: string | undefined): boolean {
  return word === undefined || /^(?:thanks|thank|thx|now|already|too|for|as|with)$/.test(word);
}

/** Where the name of a tree ends: `my queue`, `net-next`, `the frob/for-next branch`; -1 if it is none. */
function treeEnd(words: readonly string[], at: number): number {
  let end = at;
  const own = OWN.has(words[end] ?? '');
  if (own || words[end] === 'the') end++;
  const word = words[end] ?? '';
  if (isTreeName(word) || (own && word === 'next'))
    return NOUNS.has(words[end + 1] ?? '') ? end + 2 : end + 1;
  return own && NOUNS.has(word) ? end + 1 : -1;
}

/** `Took it`, `Took patches 1-3 through the tty tree`; not `took it from the docs`, `took it out`. */
function isTook(rest: readonly string[]): boolean {
  const end = postingEnd(rest, 0);
  if (end <= 0 || rest[0] === 'that' || rest[0] === 'those') return false;
  const behind = rest.slice(end);
  if (isEnd(behind[0]) && behind[0] !== 'as' && behind[0] !== 'with' && behind[0] !== 'for') return true;
  return /^(?:to|into|in|for|via|through)$/.test(behind[0] ?? '') && namesTree(behind.slice(1));
}

function namesTree(words: readonly string[]): boolean {
  const near = words.slice(0, 4);
  return near.some((word) => NOUNS.has(word) || isTreeName(word)) && !near.some((word) => PRIVATE.has(word));
}

/** `Added to my queue`, `Added to the queue`, `Added to net-next`; not `to the send queue`, `to the device tree`, `to my review queue`. */
function isAddedTo(rest: readonly string[]): boolean {
  if (!INTO.has(rest[0] ?? '')) return false;
  if (rest[1] === 'the' && rest[2] === 'queue') return rest[3] === undefined || rest[3].startsWith('thank');
  const end = treeEnd(rest, 1);
  // `to my queue for 6.10`, and not `for review`
  return end > 0 && isEnd(rest[end]) && (rest[end] !== 'for' || /\d/.test(rest[end + 1] ?? ''));
}

/** `Cherry-picked this to the release branch`, `into kirkstone`; not `from 1a2b3c`, `on top of v6.9`, `to 6.9.3`. */
function isPickedInto({ subject, passive, before }: Phrase, rest: readonly string[]): boolean {
  if (passive && (subject !== 'posting' || before.includes('that') || before.includes('those'))) return false;
  const at = Math.max(0, postingEnd(rest, 0));
  if (!INTO.has(rest[at] ?? '') || rest.some((word) => PRIVATE.has(word))) return false;
  const own = OWN.has(rest[at + 1] ?? '');
  if (own && (subject === 'me' || !NOUNS.has(rest[at + 2] ?? ''))) return false;
  const name = own || rest[at + 1] === 'the' ? at + 2 : at + 1;
  const word = rest[name] ?? '';
  if (!/^[a-z0-9][\w./-]*$/.test(word) || /^v\d|^\d+(?:\.\d+)*(?:-rc\d+)?$|^(?:a|an|your|this)$/.test(word))
    return false;
  const end = NOUNS.has(rest[name + 1] ?? '') ? name + 2 : name + 1;
  return (rest[at + 1] !== 'the' || end === name + 2) && isEnd(rest[end]);
}

/** `Installed on trunk`; not `on the main server`. */
function isInstalled(rest: readonly string[]): boolean {
  const at = Math.max(0, postingEnd(rest, 0));
  if (!/^(?:on|to|into|in)$/.test(rest[at] ?? '')) return false;
  const name = rest[at + 1] === 'the' ? at + 2 : at + 1;
  const known = TRUNKS.has(rest[name] ?? '') || isTreeName(rest[name] ?? '');
  return known && isEnd(rest[name + 1] === 'branch' ? rest[name + 2] : rest[name + 1]);
}

/** `Checked in, thanks`, `I've checked this in to trunk`; not `checked in the debugger`, `I checked it in QEMU`. */
function isCheckedIn(subject: Phrase['subject'], rest: readonly string[]): boolean {
  const at = Math.max(0, postingEnd(rest, 0));
  if (subject === 'me' && at === 0) return false;
  if (rest[at] !== 'in') return false;
  const next = rest[at + 1];
  if (next === 'to' || next === 'on') return TRUNKS.has(rest[at + 2] ?? '') || isTreeName(rest[at + 2] ?? '');
  return next === undefined || next.startsWith('thank') || next === 'as' || next === 'now';
}

const THANKS = new Set('thanks thank you thx a lot all everyone both'.split(' '));

/** `Accepted, thanks`, `Accepted to net-next`, `I accepted the patch into my tree`; not `Accepted` alone, which agrees with an argument. */
function isAccepted(subject: Phrase['subject'], rest: readonly string[], next: readonly string[]): boolean {
  // Not `Accepted, thanks for explaining`.
  if (subject === 'none' && rest.length === 0)
    return next.length > 0 && next.every((word) => THANKS.has(word));
  const at = Math.max(0, postingEnd(rest, 0));
  if (!/^(?:to|into|in|for)$/.test(rest[at] ?? '')) return false;
  if (subject === 'me' && at === 0) return false;
  const end = treeEnd(rest, at + 1);
  return (end > 0 && isEnd(rest[end])) || (at > 0 && rest[at] === 'into' && rest[at + 2] === undefined);
}

/** Directories of source trees, which look like `frob/dev`. */
const FOLDERS =
  /^(?:arch|block|crypto|documentation|docs?|drivers|fs|include|init|io_uring|ipc|kernel|lib|mm|net|rust|samples|scripts|security|sound|tools|usr|virt|tests?|testcases|src|hw|target|gcc|package|board|boot|configs?|common|libav\w+)\//;

/**
 * `In my tree now`, `This patchset is now in frob/dev`, `This is in Linus' tree now`. Not `In my tree it fails`, `this is in my way`, nor
 * `it is in drivers/frob now`.
 */
function isIn({ subject, rest, passive, before }: Phrase, next: readonly string[]): boolean {
  const now = [...before, ...rest].some((word) => word === 'now' || word === 'already');
  if (!now || subject === 'me') return false;
  const end = treeEnd(rest, 0);
  if (subject === 'none')
    return (
      end > 0 &&
      rest.slice(end).every(isEnd) &&
      (next.length === 0 || /^(?:thanks|thank|thx)$/.test(next[0] ?? ''))
    );
  // `The rest of the series is now in frob/dev`, in answer to the patch that is not.
  if (!passive || before.some((word) => word === 'that' || word === 'those' || word === 'rest')) return false;
  if (end > 0) return isEnd(rest[end]);
  if (/^linus'?s?$/.test(rest[0] ?? '') && rest[1] === 'tree') return isEnd(rest[2]);
  const isNamed = before.some((word) => /^(?:patch|patches|series|patchset|set)$/.test(word));
  const word = rest[0] ?? '';
  const isBranch = /^[a-z][\w.-]*\/[\w.-]+$/.test(word) && !FOLDERS.test(word) && !/\.\w$/.test(word);
  return isNamed && before.includes('now') && (isBranch || TRUNKS.has(word)) && isEnd(rest[1]);
}
