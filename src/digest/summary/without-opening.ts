import { seriesTo, versionChatter } from './version-chatter.js';

/** Openings of sentences in lower case. */
const GREETING = /^(?:hi|hello|hey|dear|greetings|good (?:morning|day|evening))\b[^,.!:]{0,40}[,.!:]+ */;

/** `While looking at X, I found that Y`: Y is the point. */
const FOUND_THAT =
  /^(?:(?:while|during|when|after|recently|today)\b[^,]{0,120},? )?(?:i|we)(?:'ve| have| had)? (?:also |recently |just )?(?:found|noticed|realized|realised|discovered|observed|spotted)(?: out)? (?:that )?(?=\w)/;

/** `I found zone_free() is called twice` tells it; `I found dead code which gets removed` stays whole. */
const HAS_VERB =
  /^(?:\S{1,40} ){1,6}(?:is|are|was|were|does|do|did|can|cannot|could|has|have|had|will|would|may|might|doesn't|don't|didn't|isn't|aren't|can't)\b/;

/** `Christoffer recently pointed out that X`, `It is reported that X`: X is the point. */
const SAID_THAT =
  /^(?:(?:as )?[a-z]{2,21}(?: [a-z]{2,21}){0,2}|it's|it is|it was|it has been) (?:has |have |had )?(?:also |recently |just )?(?:pointed out|reported|noticed|found|observed|noted|mentioned|spotted|discovered)(?: to me)? that (?=\w)/;

/** `As discussed recently with Linus, X`, `As the name suggests, X`: X is the point. */
const AS_SAID =
  /^as (?:far as i (?:can tell|know|see)(?!, not )|(?:was |already |we |i |i've |previously |recently ){0,2}(?:discussed|mentioned|noted|promised|requested|suggested|reported|explained|described|pointed out|said|stated|per)\b|(?:the|its) (?:name|title|subject) \w{3,10}|you (?:may|might|probably|all) )[^,]{0,60}, /;

/** Labels in front of a sentence: `Problem: …`, `Background: …`, `NOTE: …`. */
const LABEL =
  /^(?:problem(?: statement)?|background|motivation|summary|overview|solution|description|goals?|introduction|intro|abstract|tl;?dr|note|fix|rationale|purpose|cause|root cause|issue|context|proposal|why|what|upfront|status|details|idea|basic idea|in short|however|but|background info)\s?: +/;

/** `Patch# 3: Adds …`, `Patch 2/: …`: what stands behind says it. */
const PATCH_LABEL =
  /^(?:\[?patch(?:es)?\]? ?#? ?)?\d{1,2}(?:[-/,&]{1,2}\d{0,2})?[:)\]](?:[ -]{1,3})(?=[a-z])|^\[?patch(?:es)?\]? ?#? ?\d{1,2}(?:[-/,&]\d{0,2})? - (?=[a-z])/;

/** `here are some refactorings to …` */
const HERE_ARE = /^(?:so )?here(?: is| are|'s) (?=(?:a|an|some|the|my|two|three|four|few) )/;

/** First words of the openings above; those that stand before a colon or a verb of saying are found by these. */
const OPENERS: ReadonlySet<string> = new Set(
  "hi hello hey dear greetings good so this here here's below following it it's now just hopefully a an the my yet another new next update updated latest final rfc resend version revision iteration respin spin repost posting round take attempt pass while during when after recently today i we i've we've as".split(
    ' ',
  ),
);

/** Whether `withoutOpening` may find something: cheap. `first`: the first word, lower case, marks at its ends off. */
export function mayOpen(first: string, text: string): boolean {
  if (OPENERS.has(first) || /^(?:patch|v?\d|\w{1,10}(?:th|rd|nd|st)$)/.test(first)) return true;
  const colon = text.indexOf(':');
  if (colon > 0 && colon < 22) return true;
  const that = text.indexOf(' that ');
  return that > 0 && that < 120;
}

/** `v2 of this RFC, now a bit more polished`: what is left is no sentence either. */
const NAMES_POSTING = /^(?:this|the|my|these) (?:rfc|series|patch ?set|patches),/;

function without(opening: RegExp, lower: string): string {
  const found = opening.exec(lower);
  return found === null ? lower : lower.slice(found[0].length);
}

/** `I found that X` is X; `I found dead code` stays whole. */
function withoutFinding(lower: string): string {
  const found = FOUND_THAT.exec(lower)?.[0];
  if (found === undefined) return lower;
  const rest = lower.slice(found.length);
  return found.endsWith(' that ') || HAS_VERB.test(rest.slice(0, 80)) ? rest : lower;
}

/** A sentence without the chatter before its point; null where that leaves no sentence. */
export function withoutOpening(sentence: string): string | null {
  let lower = sentence.toLowerCase();
  if (lower.length !== sentence.length) return sentence;
  lower = without(LABEL, without(GREETING, without(PATCH_LABEL, lower)));
  lower = withoutFinding(lower);
  if (lower.includes(' that ')) lower = without(SAID_THAT, lower);
  lower = without(AS_SAID, lower);
  const announced = without(HERE_ARE, lower);
  if (announced !== lower) lower = announced.slice(seriesTo(announced));
  const chatter = versionChatter(lower);
  if (chatter > 0) {
    lower = lower.slice(chatter);
    lower = without(/^(?:which|that) /, lower.slice(seriesTo(lower)));
    // `this is v3 of the ring resizing support`: a name, no sentence.
    if (lower.split(' ', 6).length < 6 || NAMES_POSTING.test(lower)) return null;
  }
  return sentence.slice(sentence.length - lower.length);
}
