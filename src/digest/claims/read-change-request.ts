import { type Clause, isCondition } from './clauses.js';
import { carriedOver, type Phrase, phraseOf } from './phrase.js';
import { namesNewer } from './read-promised.js';
import {
  ADVERBS,
  APPLY,
  BEING,
  baseOf,
  CHANGE,
  EDITS,
  isTakeOut,
  ONLY_LOOKS,
  PREPOSITIONS,
  VERSION_NOUNS,
} from './vocabulary.js';

const AGAIN = new Set(
  'respin re-spin resend re-send repost re-post resubmit reroll re-roll rework rebase redo split'.split(' '),
);
const SENDS = new Set('send post submit spin cook prepare do'.split(' '));

/** What `please` may request without changing a patch. */
const NO_CHANGE = new Set(
  'let see note review find feel advise tell refer read ignore disregard discard wait hold have look consider help correct share ask be'.split(
    ' ',
  ),
);
const STATES_OF_MIND = new Set(
  'know think disagree see understand believe worry mind get want need have care recall remember bother hesitate like agree know take feel expect really you'.split(
    ' ',
  ),
);
/** What is done both to a posting and within one: `add it to next`, `add a check`. */
const ADDS = new Set('add get put include route carry'.split(' '));
const WHOLE = new Set('it this that these them'.split(' '));
const QUESTION_WORDS = new Set('what why how which whether if where when who'.split(' '));
const NEEDS = new Set('needs need must should has have ought'.split(' '));

/**
 * How sure it is that a sentence asks for a change of the posting or for another one; 0 if it does not: `Please send a v3`,
 * `Can you drop these externs?`, `This needs to be moved`, `Use tabs here`. Not `please see v8`, `no need to resend`.
 */
export function readChangeRequest(
  sentence: string,
  clauses: readonly Clause[],
  all: readonly string[],
  question: boolean,
  refused: boolean,
): number {
  // `Do you want to respin it, or do you want me to change it?` leaves open who does it.
  if (question && /\b(?:do you want|would you like) me to\b/i.test(sentence)) return 0;
  if (isForNextTime(all)) return 0;
  let best = 0;
  let before: Phrase | null = null;
  for (const [at, clause] of clauses.entries()) {
    const phrase: Phrase | null = phraseOf(clause.words, carriedOver(clause.opens, before, true));
    before = phrase;
    // `Please drop this patch` is a withdrawal, not also a request.
    if (refused && isTakeOut(phrase?.verb)) continue;
    if (isCondition(clause) || clause.opens === 'because' || clause.opens === 'since') continue;
    const held = clauses.slice(0, at).some((one) => isOwnChoice(one));
    // `Use a list, if you like`: optional, too: a bare imperative before it, and a request before `if you resend`.
    const next = clauses.slice(at + 1).find(({ opens }) => opens !== 'or');
    const isLeft =
      next?.opens === 'if' && ((phrase?.mood === 'plain' && isOwnChoice(next)) || sendsAgain(next));
    if (!held && !isLeft)
      best = Math.max(best, confidenceIn(sentence, clause, phrase, all, question, clauses, at));
  }
  return Math.max(best, readPraise(all, clauses));
}

/** `Next time, please use "git am" first`: nothing has to be sent again. `Next time you respin` and `in future versions` something has. */
function isForNextTime(all: readonly string[]): boolean {
  const at = all.findIndex((word) => !['for', 'the', 'in', 'and', 'but', 'so', 'also'].includes(word));
  return (
    (all[at] === 'next' && all[at + 1] === 'time' && all[at + 2] !== 'you') ||
    (all[at] === 'future' && at > 0 && !VERSION_NOUNS.has((all[at + 1] ?? '').replace(/s$/, '')))
  );
}

function confidenceIn(
  sentence: string,
  clause: Clause,
  phrase: Phrase | null,
  all: readonly string[],
  question: boolean,
  clauses: readonly Clause[],
  at: number,
): number {
  if (phrase !== null) {
    const confidence = request(phrase, all, question, clauses[at - 1], isListed(sentence));
    if (confidence > 0) return confidence;
  }
  if (question) return 0;
  if (at === 0 && forbids(clause.words)) return 0.6;
  return Math.max(needed(clause.words), broken(clause, at));
}

/** `merge this`, `add it to linux-next`, `get this in`, `move forward`: what happens to a posting, not what should change in it. */
function isTaking(verb: string, rest: readonly string[]): boolean {
  if (verb === 'move') return rest[0] === 'forward' || rest[0] === 'on';
  return APPLY.has(verb) && (!ADDS.has(verb) || WHOLE.has(rest[0] ?? ''));
}

function request(
  phrase: Phrase,
  all: readonly string[],
  question: boolean,
  before: Clause | undefined,
  listed: boolean,
): number {
  const { subject, mood, negated, verb, rest } = phrase;
  if (verb === 'changes' && rest[0] === 'requested') return 0.8;
  const newer = namesNewer(all);
  const base = verb;
  // `Could we please join the string?` asks the author; `Can we please merge this?` and `we please ourselves` do not.
  const asksUs = question && mood === 'please' && all.includes('we') && !isTaking(verb, rest);
  const isOurs = subject === 'me' && !asksUs;
  if (!CHANGE.has(base) || NO_CHANGE.has(base) || isOurs || subject === 'posting') return 0;
  if (rest[0] === 'me' || rest[0] === 'us') return 0;
  // `Could you clarify what you mean?` asks for an answer; `Fix for this has been folded in` names a fix.
  if (question && QUESTION_WORDS.has(rest[0] ?? '')) return 0;
  if (rest[0] === 'for' && rest.some((word) => BEING.has(word))) return 0;
  if (SENDS.has(base) && !newer && isPatchOnTop(rest)) return 0;
  const sends = AGAIN.has(base) || (SENDS.has(base) && newer);
  if (SENDS.has(base) && !sends && mood !== 'please') return 0;
  if (mood === 'please') {
    // `please do not resend` requests none; `please don't use …` does.
    if (negated) return AGAIN.has(base) || SENDS.has(base) ? 0 : 0.6;
    return sends ? 0.8 : ONLY_LOOKS.has(base) ? 0 : 0.75;
  }
  // `Can you please move it?`, `you would need to rebase`.
  if (subject === 'you') {
    const asks = mood === 'open' && !negated && (question ? phrase.before[0] !== 'you' : true);
    if (!asks) return 0;
    if (
      phrase.before.some(
        (word) => word === 'could' || word === 'can' || word === 'might' || word === 'may',
      ) &&
      !question
    )
      return 0;
    return sends ? 0.8 : ONLY_LOOKS.has(base) ? 0 : 0.65;
  }
  if (phrase.before.some((word) => word === 'to' || word === 'trying')) return 0;
  // A bare imperative at the start: `Just drop it`, `Use tabs above`.
  if (
    subject === 'none' &&
    mood === 'plain' &&
    !negated &&
    !question &&
    rest.length > 0 &&
    isFirst(phrase, before) &&
    !listed
  )
    return ONLY_LOOKS.has(base) || SENDS.has(base) ? 0 : 0.6;
  return 0;
}

const ON_TOP = new Set(
  'incremental incrementals fixup fixups fix-up fix-ups followup followups follow-up follow-ups'.split(' '),
);

/** `send a follow-up patch`, `send that as an incremental patch`, `send a fix on top`: this posting stays as it is. */
function isPatchOnTop(rest: readonly string[]): boolean {
  return rest.some(
    (word, at) =>
      ON_TOP.has(word) || (word === 'top' && rest[at - 1] === 'on' && (rest[at + 1] ?? '') !== 'of'),
  );
}

function isFirst(phrase: Phrase, before: Clause | undefined): boolean {
  return before === undefined || phrase.before.length > 0 || before.words.length <= 3;
}

/** `Do not advertise it`, `Don't use bool here`; not `don't worry`. */
function forbids(words: readonly string[]): boolean {
  const at = words[0] === 'do' && words[1] === 'not' ? 2 : words[0] === "don't" ? 1 : 0;
  const verb = words[at] ?? '';
  return (
    at > 0 && words.length > at + 1 && words.length < 20 && !STATES_OF_MIND.has(verb) && !AGAIN.has(verb)
  );
}

const SENT_AGAIN = new Set('resend respin repost v2 version worry'.split(' '));
const NO_NEED_TO = new Set('work bother rush hurry'.split(' '));

/** `This needs an extra tab`, `the comment should be moved`, `you need to`, `no need for the ifdef here`. */
function needed(words: readonly string[]): number {
  if (words[0] === 'no' && words[1] === 'need' && (words[2] === 'for' || words[2] === 'to')) {
    const isLess = NO_NEED_TO.has(words[3] ?? '') || words.slice(3, 12).some((word) => SENT_AGAIN.has(word));
    return isLess ? 0 : 0.6;
  }
  const at = words.findIndex((word) => NEEDS.has(word));
  if (at === 0 && words.length <= 4 && /^(?:v\d{1,3}|rebasing|a)$/.test(words[1] ?? '')) return 0.6;
  if (at < 1 || at > 10) return 0;
  const verb = words[at] ?? '';
  const rest = words.slice(at + 1);
  if ((verb === 'has' || verb === 'have') && rest[0] !== 'to') return 0;
  if (
    rest[0] === 'not' ||
    rest[0] === 'have' ||
    words
      .slice(0, at)
      .some((word) => ['i', 'we', 'who', 'which', 'why', 'not', 'there', 'any'].includes(word))
  )
    return 0;
  const to = rest[0] === 'to' ? rest.slice(1) : rest;
  if (to[0] === 'be') {
    if (isRename(to.slice(1))) return 0.6;
    const base = baseOf(
      to.slice(1).find((word) => !word.endsWith('ly') && word !== 'also' && word !== 'probably') ?? '',
    );
    return EDITS.has(base) && base !== (to[1] ?? '') ? 0.6 : 0;
  }
  // `needs an extra tab`, `needs a comment`, `needs v2`.
  if (
    verb.startsWith('need') &&
    /^(?:a|an|some|more|v\d{1,3}|fixing|rebasing|updating|splitting)$/.test(rest[0] ?? '')
  )
    return /^(?:this|it|patch|series|changelog|commit|subject|description|title)$/.test(words[at - 1] ?? '')
      ? 0.6
      : 0;
  return 0;
}

/** `should be called frob_init instead`; not `should be called with the lock held`. */
function isRename(words: readonly string[]): boolean {
  const [verb = '', name = ''] = words;
  return (
    /^(?:called|named|titled)$/.test(verb) && name !== '' && !PREPOSITIONS.has(name) && !ADVERBS.has(name)
  );
}

const BREAKS =
  / (?:doesn't|does not|don't|do not|didn't|did not|no longer|won't|fails to|failed to|failing to|fail to) (?:even |currently |cleanly )?(?:apply|applies|build|builds|compile|compiles) /;
const OF_POSTING =
  /^ (?:unfortunately |sorry |also |now )*(?:it|this|they|they're|these|the patch|the series|patch|series|patches|your) /;

/** `it doesn't apply`, `they're failing to build for me`, `Doesn't apply`: about the posting. */
function broken({ words, opens }: Clause, at: number): number {
  if (words.length > 24 || !['', 'but', 'because', 'since', 'as', 'so'].includes(opens)) return 0;
  const text = ` ${words.join(' ')} `;
  const bare = at === 0 && /^ (?:doesn't|does not|fails|won't) /.test(text);
  return BREAKS.test(text) && (bare || OF_POSTING.test(text)) ? 0.6 : 0;
}

/** `Otherwise looks good`, `With that fixed`, `modulo the nit above`: praise that leaves something to do. */
function readPraise(all: readonly string[], clauses: readonly Clause[]): number {
  if (all.length > 24) return 0;
  const first = all[0] === 'but' || all[0] === 'and' ? 1 : 0;
  const good = all.some((word) =>
    ['good', 'fine', 'nice', 'ok', 'okay', 'lgtm', 'great', 'happy'].includes(word),
  );
  const text = all.slice(first).join(' ');
  if (
    good &&
    /^(?:otherwise|other than|apart from|aside from|besides|except|modulo|rest looks|the rest|with (?:that|this|those|these))/.test(
      text,
    )
  )
    return 0.6;
  const [clause] = clauses;
  if (clause === undefined || all[0] !== 'with') return 0;
  const fixed = clause.words.slice(1, 8).some((word) => word.endsWith('ed') && CHANGE.has(baseOf(word)));
  return fixed && !clause.words.includes('applied') ? 0.6 : 0;
}

/** `If you respin`, `if you want`: what follows is left to the author. */
function isOwnChoice(clause: Clause): boolean {
  if (clause.opens !== 'if' && clause.opens !== 'when' && clause.opens !== 'once') return false;
  const [who, what] = clause.words;
  return (
    who === 'you' ||
    who?.startsWith("you'") === true ||
    who === 'there' ||
    clause.words.includes('respin') ||
    what === 'find'
  );
}

/** `if you'll be resubmitting`. */
function sendsAgain({ words }: Clause): boolean {
  return words.some((word) => AGAIN.has(baseOf(word)) || /^re-?(?:send|submitt|post|spin)/.test(word));
}

/** An entry of a list: `- use one disk` lists steps, and requests nothing. */
function isListed(sentence: string): boolean {
  return /^(?:[-*•] |\d{1,2}[.)])/.test(sentence);
}
