import { postingEnd } from './phrase.js';
import { isTreeNoun } from './tree-words.js';

/** `tree`, `for-next`, `next`: what something was dropped from. */
export function endsFrom(word: string): boolean {
  return isTreeNoun(word) || word === 'for-next' || word === 'next';
}

/** `from my tree`, `from for-next`. */
export function isFromTree(rest: readonly string[]): boolean {
  const from = rest.indexOf('from');
  return from >= 0 && rest.slice(from + 1, from + 5).some(endsFrom);
}

/** What is dropped is the posting: `this patch`, `it`, `6-8`; a pronoun below code may mean that code. */
export function namesDropped(rest: readonly string[], belowCode: boolean): boolean {
  let at = 0;
  if (rest[at] === 'that' || rest[at] === 'those') return false;
  while (['just', 'out', 'now', 'both', 'also'].includes(rest[at] ?? '') && postingEnd(rest, at) < 0) at++;
  const end = postingEnd(rest, at);
  if (end < 0) return false;
  const words = rest.slice(at, end);
  const explicit = words.some((word) =>
    /^(?:patch|patches|series|patchset|set|rfc|pull|\d[\d,-]*|v\d{1,3}|submission|commit|version)$/.test(
      word,
    ),
  );
  const fromTree = rest
    .slice(end)
    .some((word) => isTreeNoun(word) || word === 'for-next' || word === 'series');
  // `drop the patch that …`, `drop this in favour of`: still the posting.
  return explicit || fromTree || !belowCode;
}
