import type { Clause } from './clauses.js';
import { ADVERBS, LEADS, NEWER } from './vocabulary.js';

const SENT = new Set(
  'sent posted submitted resent re-sent reposted re-posted resubmitted re-submitted'.split(' '),
);
/** Who sent it: the writer, or no one who is named. */
const BY_ME = new Set(
  "i i've ive we we've have had and out up in the meantime meanwhile today yesterday".split(' '),
);
const SENT_AGAIN = new Set(
  'version revision spin respin re-spin reroll re-roll iteration series patchset'.split(' '),
);
const IS = new Set('is was been now already just has'.split(' '));
const BETWEEN = new Set(
  'out up in the a an as my our already now just also new patch patches series set'.split(' '),
);
const NOUNS = new Set('patch patches series patchset set version revision of this the'.split(' '));
/** How far from the verb the version is named. */
const NEAR = 4;

/**
 * Whether a sentence reports that a newer version is out: `Sent out a v2.`, `I've sent v5 here: LINK`, `V2 has been posted`, `I just posted a
 * new version`, `I dropped this in my latest repost`, `It is in the version I posted yesterday`. Not what is still to be sent, nor the version of something else: `I sent v3 of the tests`.
 */
export function reportsSent(clauses: readonly Clause[]): boolean {
  // `If someone sent v2 and then sent v3, …`
  if (clauses.some(({ words, opens }) => opens === 'if' && words.some((word) => SENT.has(word))))
    return false;
  if (clauses.some(isIn) || clauses.some(isNamed)) return true;
  // `I sent v1 too early, v2 will follow`
  if (new Set(clauses.flatMap(({ words }) => words.filter(isNumbered))).size > 1) return false;
  return clauses.some(({ words, opens }) => {
    if (opens !== '' && opens !== 'and' && opens !== 'but' && opens !== 'so') return false;
    const at = words.findIndex((word) => SENT.has(word));
    return at >= 0 ? isSent(words, at) : isHere(words);
  });
}

const DID =
  "(?:^| )(?:i|i've|i'd|we|we've|we'd)(?: have| had)?(?: just| already| also)* (?:fix|dropp|chang|add|remov|mov|rework|correct|updat|address|introduc|split|renam|did|done|made)\\w*";
const LATEST = new RegExp(
  `${DID}(?: \\S+){0,10} in (?:my|our) latest (?:version|revision|repost|re-post|resend|re-send|respin|re-spin|posting|series|patchset)(?!\\S| (?:of|for)\\b)`,
);
const POSTED =
  /(?:^| )in the (?:(?:new|newer|latest) )?(?:version|revision|series|patchset) (?:that |which )?(?:i|i've|we|we've)(?: have)?(?: just| already| recently)? (?:posted|sent|submitted|reposted|resent)(?: |$)/;
const TO_COME =
  /(?:^| )(?:(?:i|we|it|that|this|they|which|also|should|would) (?:will|be)|(?:i|we|it|that|they)'ll|going to|not|isn't|wasn't) /;

/** `I dropped these in my latest repost`: said below another version, so a newer one is out. */
function isIn({ words, opens }: Clause): boolean {
  if (opens === 'if' || opens === 'when') return false;
  const text = words.join(' ');
  return (LATEST.test(text) || POSTED.test(text)) && !TO_COME.test(text);
}

const DONE =
  '(?:fixed|addressed|updated|implemented|corrected|resolved|dropped|removed|reworked|handled|added|done|changed|included)';
const AT_END = '(?=$| https?:| (?:of|in) (?:my|this) (?:patch|patches|series|patchset)(?: |$))';
const NEWER_VERSIONS: readonly RegExp[] = [
  // `This is already fixed in v8 of my patches`, `That was implemented in v6`, `I already dropped it in v3: LINK`; not `That ioctl was added in v2`
  new RegExp(
    `^(?:(?:and|but|yes|yep|ok|okay|fyi|well|also) )*(?:(?:this|that|it|these|those|they|all|both)(?: patch| patches)? (?:(?:is|are|was|were|has|have) already(?: been)?|was|were|(?:has|have)(?: all| both| also)? been)|(?:i|i've|we|we've)(?: have)? already)(?: also| all)? ${DONE}(?: (?:this|it|these|them|that))?(?: (?:patch|patches))? (?:in|on) (?:my |the |our )?v\\d{1,3}(?: (?:patch|patches|series|patchset))?${AT_END}`,
  ),
  /^(?:i|i've|we|we've)(?: have)?(?: just| already)? (?:started|opened|begun|created) a (?:new|separate) thread (?:.{0,200} )?(?:for|with) (?:my |the |our |this )?v\d{1,3}(?: (?:patch|patches|series|patchset|version))?$/,
  /^(?:(?:fyi|note) (?:there is|there's)(?: already| now)?|(?:there is|there's) (?:already|now)) (?:an? )?(?:newer |new )?v\d{1,3}(?: (?:here|now|available|posted|sent)| https?:.{0,300})?$/,
];

const NONE = /(?:^| )(?:none|nothing|neither|hardly|barely|partly|partially) /;

/** It says that something is in a version with a number, or where that version is; not in `my v10 branch`, nor `there will be a v6`. */
function isNamed({ words, opens }: Clause): boolean {
  if (opens === 'if' || opens === 'when' || opens === 'once') return false;
  const text = words.join(' ');
  return NEWER_VERSIONS.some((pattern) => pattern.test(text)) && !TO_COME.test(text) && !NONE.test(text);
}

function isSent(words: readonly string[], at: number): boolean {
  const before = words.slice(0, at);
  const isMine = before.every((word) => BY_ME.has(word) || ADVERBS.has(word) || LEADS.has(word));
  if (isMine) {
    const named = words.findIndex((_, i) => i > at && i <= at + NEAR && isVersion(words, i));
    const between = words.slice(at + 1, named);
    return (
      named > 0 && between.every((word) => BETWEEN.has(word) || NEWER.has(word)) && isOfThis(words, named)
    );
  }
  // `Patch V3 re-submitted`, `v5 is sent now`
  const named = before.findIndex((_, i) => isVersion(words, i));
  return (
    named >= 0 &&
    named <= 1 &&
    before.every(
      (word, i) => i === named || NOUNS.has(word) || IS.has(word) || NEWER.has(word) || ADVERBS.has(word),
    )
  );
}

/** `The new version is here`, `v2 is out`. */
function isHere(words: readonly string[]): boolean {
  const at = words.findIndex(
    (word, i) =>
      i > 0 && (word === 'here' || word === 'out') && words[i - 1] === 'is' && endsHere(words[i + 1] ?? ''),
  );
  return (
    at > 0 &&
    at <= 5 &&
    words.slice(0, at).some((_, i) => isVersion(words, i)) &&
    words
      .slice(0, at - 1)
      .every((word, i) => isVersion(words, i) || NOUNS.has(word) || NEWER.has(word) || LEADS.has(word))
  );
}

/** Not `out of date`, `out tomorrow`. */
function endsHere(next: string): boolean {
  return next === '' || next === 'now' || next.startsWith('http');
}

/** `v2`, `-v7`; `a new version`, but not `a new patch`, which may be one on top. */
function isVersion(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  return isNumbered(word) || (SENT_AGAIN.has(word) && NEWER.has(words[at - 1] ?? ''));
}

function isNumbered(word: string): boolean {
  return /^-?v\d{1,3}$/.test(word);
}

/** Not `v3 of the tests`, `v2 for liburing`; `v3 of this series`, `v2 for review`. */
function isOfThis(words: readonly string[], named: number): boolean {
  let at = named + 1;
  while (NOUNS.has(words[at] ?? '') && words[at] !== 'of') at++;
  if (words[at] !== 'of' && words[at] !== 'for') return true;
  const next = words[at + 1] ?? '';
  return (
    ['this', 'it', 'these', 'review'].includes(next) || (next === 'the' && NOUNS.has(words[at + 2] ?? ''))
  );
}
