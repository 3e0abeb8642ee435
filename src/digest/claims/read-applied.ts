import { type Clause, isCondition } from './clauses.js';
import { isNumber, namedIndexes } from './patch-numbers.js';
import { type ParsedClause, type Phrase, phraseOf, postingEnd } from './phrase.js';
import { namesNewer } from './read-promised.js';
import { isTakenIn } from './read-taken.js';
import { isOnOwnMachine, isTesting, tellsOfTrial } from './trial-words.js';
import {
  ADVERBS,
  APPLY,
  CLOSERS,
  DONE,
  DONE_BY_ME,
  NEEDS_OBJECT,
  PREPOSITIONS,
  TAKEN_OUT,
} from './vocabulary.js';

/** A sentence that says that something was applied, or will be. */
export interface AppliedWords {
  readonly says: 'applied' | 'will-apply';
  /** The words are the usual formula (`Applied, thanks`), which is used for nothing else. */
  readonly formula: boolean;
  /** Numbers of patches that the sentence names; empty if it names none. */
  readonly indexes: readonly number[];
  /** It refers to the series, to all, to both. */
  readonly whole: boolean;
  /** The part of the sentence that says so: where tree and branch are looked for. */
  readonly clause: string;
}

/** Nouns that mean a posting of several patches. */
const SERIES = new Set('series serie patches patchset patch-set patchsets set'.split(' '));

/**
 * Reads the clauses of one sentence; null if they prove nothing: questions, conditions (`once applied`, `I'll apply it if …`),
 * wishes, negations, tests (`applied on top of v5.10 it fails`), and the same words about another thing.
 */
export function readApplied(
  parsed: readonly ParsedClause[],
  clauses: readonly Clause[],
  all: readonly string[],
  nextSentence = '',
): AppliedWords | null {
  for (const [at, { clause, phrase }] of parsed.entries()) {
    const held =
      isCondition(clause) || clause.opens === 'after' || clause.opens === 'before' || clause.opens === 'as';
    if (phrase === null || held) continue;
    const plainly = saysOf(phrase, all);
    const says = plainly ?? (isTaken(phrase, clauses.slice(at + 1), nextSentence) ? 'applied' : null);
    if (says !== null && !isHeld(clauses, at, says) && !isTrial(clauses, at, phrase, nextSentence)) {
      const formula = plainly === 'applied' && phrase.subject !== 'me' && !phrase.passive;
      return { says, formula, ...scopeOf(clause.words), clause: clause.text };
    }
  }
  return null;
}

function saysOf(phrase: Phrase, all: readonly string[]): AppliedWords['says'] | null {
  if (phrase.negated || phrase.subject === 'you') return null;
  if (phrase.mood === 'plain' && isHeldByMe(phrase) && !PENDING.test(all.join(' '))) return 'applied';
  if (isElsewhere(phrase)) return null;
  if (phrase.mood === 'plain') return isApplied(phrase) ? 'applied' : null;
  if (phrase.mood !== 'will' || phrase.passive || phrase.subject === 'posting') return null;
  return willApply(phrase, all) ? 'will-apply' : null;
}

function isApplied({ subject, verb, rest, passive, before }: Phrase): boolean {
  const byMe = subject === 'me';
  if (subject === 'posting' && isOther(before, passive)) return false;
  if (!DONE.has(verb) && !(byMe && DONE_BY_ME.has(verb))) return false;
  const object = afterParticles(rest);
  const [first] = object;
  if (verb !== 'pushed' && isOutOf(object)) return false;
  if (verb === 'picked' && rest[0] !== 'up' && postingEnd(object, 0) < 0 && !isPlace(first)) return false;
  // `grabbed for accounting purposes` is a comment that the sentence quotes.
  if (verb === 'grabbed' && passive) return false;
  if (byMe) return namesPosting(verb, object);
  if (verb === 'taken' && first !== undefined && !isPlace(first) && first !== 'thanks')
    return postingEnd(object, 0) >= 0;
  return first === undefined || postingEnd(object, 0) >= 0 || mayFollow(first);
}

/** `that applied to mainline as well`, `that one is merged`, `those two patches applied`: the subject is another thing, or code. */
function isOther(before: readonly string[], passive: boolean): boolean {
  if (before.includes('that') || before.includes('those')) return true;
  return !passive && before.some((word) => word === 'it' || word === 'this' || word === 'they');
}

/** What is in a queue may wait there: `This is in my queue, I'll get to it`; not `… for further review`. */
const PENDING = /(?:\bwill|'ll|\bto|\bcan) (?:get|look|review)\b/;

/** `it is part of my next tree`, `this is already in my queue`, `I have these queued in the dev branch`. */
function isHeldByMe({ subject, verb, rest, passive, before }: Phrase): boolean {
  if (subject === 'posting')
    return (
      passive &&
      !before.includes('that') &&
      !before.includes('was') &&
      before[0] !== 'is' &&
      ['in', 'part', 'on'].includes(verb) &&
      isMine(rest)
    );
  if (subject !== 'me' || !before.some((word) => word === 'have' || word === "i've" || word === 'got'))
    return false;
  const words = [verb, ...rest];
  const end = postingEnd(words, 0);
  const state = words.slice(end).find((word) => !ADVERBS.has(word)) ?? '';
  return (
    end > 0 && (DONE.has(state) || (/^(?:placed|sitting|in)$/.test(state) && namesTree(words.slice(end))))
  );
}

function isMine(rest: readonly string[]): boolean {
  const at = rest.findIndex((word) => word === 'my' || word === 'our');
  return (
    at >= 0 &&
    at < 4 &&
    rest.slice(at, at + 5).some((word) => /^(?:tree|queue|branch|for-next)$/.test(word)) &&
    !rest.includes('review')
  );
}

/** The object of `I applied …` is the posting: `it`, `the first two`; or it only names the place. */
function namesPosting(verb: string, object: readonly string[]): boolean {
  if (object.length === 0) return !NEEDS_OBJECT.has(verb);
  const end = postingEnd(object, 0);
  // `I took it to mean`, `I have taken it for granted`, `I took it for a ride`
  if (
    /^t(?:ook|aken)$/.test(verb) &&
    /^(?:to mean|for granted|for a (?:ride|spin|walk|test)|as an?(?! (?:\w+ )?(?:bug)?fix)|that)\b/.test(
      object.slice(end, end + 4).join(' '),
    )
  )
    return false;
  if (end < 0) return isPlace(object[0]) && !NEEDS_OBJECT.has(verb);
  return !['added', 'put', 'included'].includes(verb) || namesTree(object.slice(end));
}

function willApply({ verb, rest }: Phrase, all: readonly string[]): boolean {
  if (namesNewer(all)) return false;
  // `I'm going to move this over into my for-next branch`.
  if (verb === 'move') return isMine(rest);
  if (!APPLY.has(verb)) return false;
  const object = afterParticles(rest);
  const end = postingEnd(object, 0);
  if (end < 0) {
    const alone = object.length === 0 || (object.length <= 3 && WHEN.has(object[0] ?? ''));
    // `I'll fix it and push out again`, `I'll rebase and push` are the author's.
    if (verb === 'push' && (all.includes('and') || rest.includes('out'))) return false;
    if (verb === 'push') return alone && (object.length > 0 || all.length <= 4);
    return ['apply', 'queue'].includes(verb) && (alone || isPlace(object[0]));
  }
  const behind = object.slice(end);
  if (behind[0] === 'from' || isOutOf(object)) return false;
  // `I'll merge this into patch 2` is the author's work; `I'd like to merge this series with "[PATCH] x"` is not.
  const together = behind[0] === 'with' && object.slice(0, end).some((word) => SERIES.has(word));
  if (!together && ['into', 'with', 'to', 'in'].includes(behind[0] ?? '') && postingEnd(behind, 1) >= 0)
    return false;
  if (verb === 'push' && !behind.some((word) => OUTSIDE.has(word)) && !isPlace(behind[0])) return true;
  return !['add', 'get', 'put', 'push', 'include', 'carry'].includes(verb) || namesTree(behind);
}

/** `Will push tomorrow`. */
const WHEN = new Set('today tonight tomorrow soon shortly later thanks'.split(' '));
/** Where authors push their next version, or what else they push. */
const OUTSIDE = new Set('list review github gitlab fork repo version back further forward down'.split(' '));

/** `I've taken it out of my tree`, `I'll pull this out again`. */
function isOutOf(object: readonly string[]): boolean {
  const at = object.indexOf('out');
  return at >= 0 && at <= 4 && (object[at + 1] === 'of' || object[at + 1] === 'again');
}

/** `to the slab pull`, `in the next push`, `via my tree`, `for 6.13`. */
function namesTree(words: readonly string[]): boolean {
  return words.some(
    (word, at) =>
      /^(?:tree|branch|queue|pull|push|for-next|next|mainline|upstream|release|\d\.\d{1,2}(?:-rc\d)?|v\d\.\d{1,2})$|\.git$|-next$|^for-/.test(
        word,
      ) && at < 12,
  );
}

function afterParticles(rest: readonly string[]): readonly string[] {
  let at = 0;
  while (
    at < rest.length &&
    (['up', 'out', 'off'].includes(rest[at] ?? '') ||
      (ADVERBS.has(rest[at] ?? '') && rest[at] !== 'both' && rest[at] !== 'all'))
  )
    at++;
  return rest.slice(at);
}

function isPlace(word: string | undefined): boolean {
  return ['to', 'into', 'onto', 'in', 'on', 'for', 'via', 'through'].includes(word ?? '');
}

function mayFollow(word: string): boolean {
  return (
    (PREPOSITIONS.has(word) && !['from', 'of', 'at', 'per', 'by'].includes(word)) ||
    CLOSERS.has(word) ||
    ADVERBS.has(word)
  );
}

/** `on top of v5.10`, `here: <link>`, `to v10` (its next version), `locally`, `cleanly`, `for testing` with no tree named. */
function isElsewhere({ rest, subject }: Phrase): boolean {
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
    !rest.slice(0, test).some((word) => isPlace(word) && word !== 'for')
  )
    return true;
  const to = rest.findIndex((word) => isPlace(word));
  return (
    to >= 0 &&
    (/^v\d{1,3}$/.test(rest[to + 1] ?? '') || rest[to + 1] === 'your' || namesNewer(rest.slice(to)))
  );
}

/** A condition directly after the words suspends them: `Applied once you resend`; `to see if we missed anything` does not. */
function isHeld(clauses: readonly Clause[], at: number, says: AppliedWords['says']): boolean {
  const next = clauses[at + 1];
  // `If it breaks I can drop it, but for now: applied`: the condition applies to what is before `but`.
  const main = clauses.slice(0, at + 1).findLastIndex((clause) => clause.opens === 'but');
  if (clauses.slice(Math.max(0, main), at).some((clause) => isCondition(clause))) return true;
  if (next === undefined) return false;
  if (says === 'will-apply') return isCondition(next);
  if (next.opens === 'after') return next.words[0] === 'you' || next.words[0] === 'someone';
  return (
    isCondition(next) &&
    !next.apart &&
    !clauses[at]?.words.includes('to') &&
    !clauses[at]?.words.includes('in')
  );
}

/** In rarer words: `Took it, thanks`. */
function isTaken(phrase: Phrase, later: readonly Clause[], nextSentence: string): boolean {
  if (phrase.negated || phrase.mood !== 'plain' || phrase.subject === 'you' || isElsewhere(phrase))
    return false;
  return isTakenIn(phrase, later, nextSentence);
}

/** Someone applied it to try it out: they say so next, or what they saw. A tree of their own speaks against it. */
function isTrial(
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
  if (isMine(rest) || rest.some((word) => word.startsWith('for-'))) return false;
  if (tellsOfTrial(later.map(({ text }) => text).join(' '))) return true;
  // Who thanks has taken it; what comes next is about other things.
  const thanks = clauses.some(({ words }) => words.some((word) => /^(?:thanks|thank|thx)$/.test(word)));
  // A maintainer says next what they saw in the text, and what to do about it.
  const asks = /\b(?:please|patch(?:es)? #?\d)/i.test(nextSentence);
  return subject === 'me' && !thanks && !asks && tellsOfTrial(nextSentence);
}

/** `to net-next`, `to drm-misc-next`; linux-next is what testers use. */
function namesOneTree(rest: readonly string[]): boolean {
  const at = rest.findIndex((word) => word === 'to' || word === 'into');
  return at >= 0 && rest.slice(at + 1, at + 4).some((word) => /-next$/.test(word) && word !== 'linux-next');
}

/** Whether a later clause takes it back: `Applied, but then dropped again`. */
export function isTakenBack(clauses: readonly Clause[]): boolean {
  return clauses.some((clause) => {
    const phrase = phraseOf(clause.words);
    return phrase !== null && TAKEN_OUT.has(phrase.verb) && !phrase.negated && phrase.mood === 'plain';
  });
}

/** `patches 1-3`, `patch 2`, `1 and 2`, `the first three`, `10,14,16,37`. */
function scopeOf(words: readonly string[]): { indexes: readonly number[]; whole: boolean } {
  const named = namedIndexes(words);
  // `patch 99999999`: it names one, and no posting has it. No patch has the number 0.
  const isLost = words.some((word, at) => /^patch(?:es)?$/.test(word) && isNumber(words[at + 1] ?? ''));
  const indexes = named.length === 0 && isLost ? [0] : named;
  const whole = words.some((word) =>
    ['series', 'all', 'both', 'patchset', 'set', 'everything', 'patches'].includes(word),
  );
  return { indexes, whole: indexes.length === 0 && whole };
}
