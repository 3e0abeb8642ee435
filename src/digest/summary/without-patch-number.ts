import { isDoing } from './says-what.js';

/** `Patch 2`, `Patches 4-5`, `Patch #1, #2 and #3`, `The first patch`, `The 2nd patch`. */
const DOER =
  /^(?:patch(?:es)? ?#?\d{1,2}(?:(?:-|~|\/|,|&|\.\.| to | and |, | & )#?\d{1,2}){0,5}|(?:the )?(?:first|second|third|fourth|fifth|last|final|next|\d{1,2}(?:st|nd|rd|th)) patch),? (?:(?:then|also|just|only|simply|finally|further|now|basically|mainly) )?/i;
const OTHER_PATCH = /\bpatch(?:es)? ?#?\d/i;

/** `Contain changes to the documentation` names nobody who does. */
const TELLS_NOTHING: ReadonlySet<string> = new Set([
  'do',
  'does',
  'contain',
  'contains',
  'consist',
  'consists',
]);

/**
 * `Patch 2 gets rid of the lock` told as `gets rid of the lock`: nobody who reads a digest knows the patch by its number. Null where
 * the sentence does not start so, or goes on about other patches by theirs.
 */
export function withoutPatchNumber(sentence: string): string | null {
  if (!/^(?:patch|the|first|second|third|fourth|fifth|last|final|next|\d)/i.test(sentence)) return null;
  const doer = DOER.exec(sentence)?.[0];
  if (doer === undefined) return null;
  const rest = sentence.slice(doer.length);
  const [verb = ''] = rest.split(' ', 1);
  return isDoing(verb) && !TELLS_NOTHING.has(verb) && !OTHER_PATCH.test(rest) ? rest : null;
}

/**
 * `Patch 1 I ran into while …`, `Patch #1 "Makefile: x" is …`, `Patch 2 is cleanup that is made possible by patch 1`: talk about the
 * patch, not about what it does.
 */
export function talksOfPatch(sentence: string): boolean {
  return TALK_OF_PATCH.test(sentence.slice(0, 60).toLowerCase());
}
const TALK_OF_PATCH =
  /^(?:patch(?:es)? ?#?\d[\d-]{0,4}|(?:the )?(?:first|second|third|fourth|fifth|sixth|last) (?:\w{2,9} )?patch(?:es)?) (?:i |we |["“]|should |could |would |may |might |(?:is|are|was|were) (?:an? |just |only |simply |mostly |purely? |necessary|straight|clean|prep|need|required|minor|small|trivial|obvious|optional|new|not |from |in |based|independent|for |also ))/;
