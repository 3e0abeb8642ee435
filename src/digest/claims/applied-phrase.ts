import type { Phrase } from './phrase.js';
import { postingEnd } from './phrase.js';
import { namesNewer } from './read-promised.js';
import { isNamedTree, isPrivate, isTreeNoun, leadsToTree, namesOwnTree } from './tree-words.js';
import { isElsewhere } from './trial.js';
import { ADVERBS, APPLY, CLOSERS, DONE, DONE_BY_ME, NEEDS_OBJECT, PREPOSITIONS } from './vocabulary.js';

/** Nouns that mean a posting of several patches. */
const SERIES = new Set('series serie patches patchset patch-set patchsets set'.split(' '));

/** What a phrase says of the posting: that it was applied, that it will be, or null. */
export function appliedBy(phrase: Phrase, all: readonly string[]): 'applied' | 'will-apply' | null {
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
  if (verb === 'picked' && rest[0] !== 'up' && postingEnd(object, 0) < 0 && !leadsToTree(first)) return false;
  // `grabbed for accounting purposes` is a comment that the sentence quotes.
  if (verb === 'grabbed' && passive) return false;
  if (byMe) return namesPosting(verb, object);
  if (verb === 'taken' && first !== undefined && !leadsToTree(first) && first !== 'thanks')
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

/** To see what it does: `I have it in my tree to try`; not `queued to test it`, which says what was done, nor `in for-next for testing`, which others see. */
const TO_TRY = /\b(?:to (?:try|test|see|check|play|experiment)|for (?:a (?:try|test)|testing))\b/;
const SEEN_BY_OTHERS = /(?:^| )(?:\S{1,40}-next|next|pull request|merge window)(?: |$)/;

function isToTry(words: readonly string[]): boolean {
  const text = words.join(' ');
  return TO_TRY.test(text) && !SEEN_BY_OTHERS.test(text);
}

/** `it is part of my next tree`, `this is already in my queue`, `I have these queued in the dev branch`. */
function isHeldByMe({ subject, verb, rest, passive, before }: Phrase): boolean {
  if (subject === 'posting')
    return (
      passive &&
      !before.includes('that') &&
      !before.includes('was') &&
      before[0] !== 'is' &&
      ['in', 'part', 'on'].includes(verb) &&
      namesOwnTree(rest) &&
      !isToTry(rest)
    );
  if (subject !== 'me' || !before.some((word) => word === 'have' || word === "i've" || word === 'got'))
    return false;
  const words = [verb, ...rest];
  const end = postingEnd(words, 0);
  const state = words.slice(end).find((word) => !ADVERBS.has(word)) ?? '';
  return end > 0 && (DONE.has(state) || isInTree(state, words.slice(end)));
}

/** `in my tree`, `sitting in for-next`; not `in our internal tree`, `in my tree to try`. What was placed there was put there on purpose. */
function isInTree(state: string, words: readonly string[]): boolean {
  if (state === 'placed') return namesTree(words);
  return /^(?:sitting|in)$/.test(state) && namesTree(words) && !isPrivate(words) && !isToTry(words);
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
  if (end < 0) return leadsToTree(object[0]) && !NEEDS_OBJECT.has(verb);
  return !['added', 'put', 'included'].includes(verb) || namesTree(object.slice(end));
}

function willApply({ verb, rest }: Phrase, all: readonly string[]): boolean {
  if (namesNewer(all)) return false;
  // `I'm going to move this over into my for-next branch`.
  if (verb === 'move') return namesOwnTree(rest);
  if (!APPLY.has(verb)) return false;
  const object = afterParticles(rest);
  const end = postingEnd(object, 0);
  if (end < 0) {
    const alone = object.length === 0 || (object.length <= 3 && WHEN.has(object[0] ?? ''));
    // `I'll fix it and push out again`, `I'll rebase and push` are the author's.
    if (verb === 'push' && (all.includes('and') || rest.includes('out'))) return false;
    if (verb === 'push') return alone && (object.length > 0 || all.length <= 4);
    return ['apply', 'queue'].includes(verb) && (alone || leadsToTree(object[0]));
  }
  const behind = object.slice(end);
  if (behind[0] === 'from' || isOutOf(object)) return false;
  // `I'll merge this into patch 2` is the author's work; `I'd like to merge this series with "[PATCH] x"` is not.
  const together = behind[0] === 'with' && object.slice(0, end).some((word) => SERIES.has(word));
  if (!together && ['into', 'with', 'to', 'in'].includes(behind[0] ?? '') && postingEnd(behind, 1) >= 0)
    return false;
  if (verb === 'push' && !behind.some((word) => OUTSIDE.has(word)) && !leadsToTree(behind[0])) return true;
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

/** Where a posting goes on its way to a release: `to the slab pull`, `in the next push`, `for 6.13`. */
const RELEASE = /^(?:pull|push|next|release|\d\.\d{1,2}(?:-rc\d)?|v\d\.\d{1,2})$/;
const HORIZON = 12;

/** `to the slab pull`, `via my tree`, `for 6.13`, `upstream`. */
function namesTree(words: readonly string[]): boolean {
  return words
    .slice(0, HORIZON)
    .some(
      (word) =>
        isTreeNoun(word) ||
        isNamedTree(word) ||
        RELEASE.test(word) ||
        word === 'mainline' ||
        word === 'upstream',
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

function mayFollow(word: string): boolean {
  return (
    (PREPOSITIONS.has(word) && !['from', 'of', 'at', 'per', 'by'].includes(word)) ||
    CLOSERS.has(word) ||
    ADVERBS.has(word)
  );
}
