import { ownLines, sentences } from './own-text.js';
import { words } from './patch-numbers.js';

/** Longer mails say more than that. */
const MOST_TEXT = 400;
const MOST_SENTENCES = 6;
const MOST_WORDS = 14;

const THANKS = /\b(?:thanks?|thx|tnx|cheers|appreciated?)\b/i;
/** `Great, many thanks for …`: the sentence begins with it. */
const GIVES_THANKS =
  /^(?:\w{2,9}[,!.] ?){0,2}(?:many |much |big )?(?:thanks?|thx|tnx|cheers|appreciated?)\b/i;
const PING =
  /^ping\b|\b(?:gentle|friendly|polite|kind|another) ping\b|\bany (?:updates?|comments?|news|feedback|thoughts|progress)\b/i;
/** `Hi Ada,`, `Regards, Ada`, `Great!`. */
const COURTESY =
  /^(?:hi|hello|hey|dear|best|kind|warm|regards|sincerely|br|great|perfect|cool|nice|good|excellent|ok|okay|yes|sure)\b/i;
/** A word that makes more of it: a promise, a request, an objection, a question, another version. */
const MORE =
  /\b(?:will|shall|would|should|could|can|must|need|needs|please|but|however|instead|though|not|sent|send|posted|resent|resend|fix|fixed|change|changed|updated?|v\d{1,2})\b|'ll\b|n't\b/i;

/** Whether a reply says no more than `Thanks!`, or `Gentle ping`: it answers nothing and asks for no change. */
export function isOnlyThanks(text: string): boolean {
  if (!THANKS.test(text) && !PING.test(text)) return false;
  const own = ownLines(text);
  const length = own.reduce((sum, line) => sum + line.text.trim().length, 0);
  if (length === 0 || length > MOST_TEXT || own.some(({ code, text: line }) => code && line.trim() !== ''))
    return false;
  const said = sentences(own).map((sentence) => sentence.text);
  if (said.length > MOST_SENTENCES || !said.every(isCourteous)) return false;
  return said.some((sentence) => GIVES_THANKS.test(sentence) || PING.test(sentence));
}

function isCourteous(sentence: string): boolean {
  const count = words(sentence).length;
  if (PING.test(sentence) && count <= MOST_WORDS)
    return !/\b(?:v\d{1,2}|sent|send|resen[dt])\b/i.test(sentence);
  if (sentence.endsWith('?') || MORE.test(sentence)) return false;
  if (GIVES_THANKS.test(sentence)) return count <= MOST_WORDS;
  // A name below it, `Jane Doe`.
  return COURTESY.test(sentence) ? count <= 4 : /^\p{Lu}[\p{L}-]*\.?(?: \p{Lu}[\p{L}-]*)?$/u.test(sentence);
}
