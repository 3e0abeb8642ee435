import { versionNumber } from '../text/bounded-number.js';

/** `v3`, `a new version`, `new patches`. */
const NEWER = String.raw`(?:v(\d{1,3})|(?:new|updated|revised|next) (?:version|patch|patches|series|patchset|revision))`;
const SENT = '(?:re-?)?(?:sent|posted|submitted)';
/** `Patch v3 re-submitted`, `New patches sent with these things fixed`. */
const NEWER_SENT = new RegExp(String.raw`\b${NEWER}(?: \w+){0,3} ${SENT}\b`, 'i');
/** `I've sent a v3`, `Just posted the new version`. */
const SENT_NEWER = new RegExp(
  String.raw`^(?:\w+[,:] )?(?:(?:i|i've|we|we've|i have|we have) )?(?:just |already |now ){0,2}${SENT}(?: out)? (?:the |a |an )?(?:patch )?${NEWER}\b`,
  'i',
);
/** It is not so yet, or someone else did it. */
const OPEN =
  /\b(?:will|would|should|could|can|may|might|must|if|once|when|until|till|unless|before|after|since|not|you|your|he|she|they|to be|being|be)\b|'ll\b|n't\b|\?/i;
const MOST_WORDS = 24;

/**
 * Whether a sentence says that a newer version than the one that is answered was sent. Only its author's word counts for that (`weighClaim`).
 */
export function isSentAgain(sentence: string, all: readonly string[], version: number): boolean {
  if (all.length > MOST_WORDS || !/(?:sent|posted|submitted)\b/i.test(sentence) || OPEN.test(sentence))
    return false;
  const found = NEWER_SENT.exec(sentence) ?? SENT_NEWER.exec(sentence);
  if (found === null) return false;
  return found[1] === undefined || (versionNumber(found[1]) ?? 0) > version;
}
