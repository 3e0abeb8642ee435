import type { Clause } from './clauses.js';
import { type ParsedClause, type Phrase, postingEnd } from './phrase.js';
import { namesNewer } from './read-promised.js';

/** What closes a posting in words that are used for other things, too. */
export interface ClosedWords {
  readonly says: 'rejected' | 'withdrawn' | 'superseded' | 'changes-requested';
  readonly confidence: number;
}

/** A sentence that closes a posting without a verb of `read-refused.ts` has one of these. */
const CLOSING = new Set(
  (
    'rejected rejecting reject withdraw withdrew withdrawn withdrawing retract retracting abandon abandoning abandoned scrap never ' +
    'nevermind self-nak self-nack obsoleted replaced marked marking set setting had back ignore disregard discard'
  ).split(' '),
);

/** Whether a word may close a posting. */
export function isClosing(word: string): boolean {
  return CLOSING.has(word);
}

/**
 * `Withdrawn.`, `I withdraw this patch`, `Rejected: it breaks the ABI`, `Ignore this, sent by mistake`, `Obsoleted by v3`, `Marked as superseded in
 * patchwork`. null for a question, a condition, a wish, and for other things that are withdrawn, rejected or replaced: a comment, a write, a lock.
 */
export function readClosed(
  sentence: string,
  parsed: readonly ParsedClause[],
  all: readonly string[],
): ClosedWords | null {
  if (all.some((word) => SUSPENDS.has(word))) return null;
  if (isReplaced(all)) return { says: 'superseded', confidence: 0.5 };
  if (/^(?:never mind|nevermind) (?:this|these) (?:patch|patches|series|patchset|version)$/.test(head(all)))
    return { says: 'withdrawn', confidence: 0.6 };
  for (const { clause, phrase } of parsed) {
    if (clause.opens !== '' && clause.opens !== 'and' && clause.opens !== 'so' && clause.opens !== 'but')
      continue;
    const found = closedAlone(clause) ?? (phrase === null ? null : closedBy(phrase, sentence, all));
    if (found !== null) return found;
  }
  return null;
}

const SUSPENDS = new Set('if unless whether until would should could might may'.split(' '));

/** The first words, without those that lead up to them. */
function head(all: readonly string[]): string {
  const at = all.findIndex((word) => word === 'never' || word === 'nevermind');
  return at < 0 || at > 2 ? '' : all.slice(at, at + (all[at] === 'never' ? 4 : 3)).join(' ');
}

/** `Withdrawn.`, `This series is hereby withdrawn`, `Rejected: …`, `Patch rejected`. */
function closedAlone({ words }: Clause): ClosedWords | null {
  const found =
    /^(?:(?:this|the|my|these|whole) )*(?:(patch|patches|series|patchset|set|submission) )?(?:(?:is|are|has been|now|hereby) )*(withdrawn|rejected)(?: (?:for now|now|then))?$/.exec(
      words.join(' '),
    );
  if (found === null) return null;
  const [, noun, verb] = found;
  if (noun === undefined && words.length > 1) return null;
  return verb === 'withdrawn'
    ? { says: 'withdrawn', confidence: 0.6 }
    : { says: 'rejected', confidence: 0.7 };
}

const WITHDRAWS = new Set(
  'withdraw withdrawing withdrew withdrawn retract retracting retracted abandon abandoning abandoned'.split(
    ' ',
  ),
);
const REJECTS = new Set('reject rejecting rejected'.split(' '));
const BEFORE = new Set('before earlier previously already once last originally'.split(' '));

function closedBy(phrase: Phrase, sentence: string, all: readonly string[]): ClosedWords | null {
  const { subject, mood, negated, passive, verb, rest, before } = phrase;
  if (negated || subject === 'you' || mood === 'open' || mood === 'please') return null;
  const tracked = trackedState(phrase, all);
  if (tracked !== null) return tracked;
  if (
    subject === 'me' &&
    WITHDRAWS.has(verb) &&
    isThis(rest) &&
    !namesNewer(all) &&
    !passiveTense(passive, verb)
  )
    return { says: 'withdrawn', confidence: 0.7 };
  if (subject === 'me' && REJECTS.has(verb) && isThis(rest) && !all.some((word) => BEFORE.has(word)))
    return { says: 'rejected', confidence: 0.7 };
  const orders = subject === 'none' && mood === 'plain' && !passive && before.length <= 1;
  if (orders && IGNORES.has(verb) && isThis(rest) && (isExplicit(rest) || MISTAKE.test(sentence)))
    return { says: 'withdrawn', confidence: 0.6 };
  return orders && (verb === 'ignore' || verb === 'disregard') && rest[0] === 'it' && MISTAKE.test(sentence)
    ? { says: 'withdrawn', confidence: 0.6 }
    : null;
}

/** `I'm withdrawing` is written with a form of `be`; `I was withdrawn` is nothing that is done. */
function passiveTense(passive: boolean, verb: string): boolean {
  return passive && !verb.endsWith('ing');
}

const IGNORES = new Set('ignore disregard discard scrap'.split(' '));
const MISTAKE =
  /\b(?:by mistake|by accident|accidentally|mistakenly|wrong (?:version|branch|patch|patches|files?|series|list|tree)|sent (?:twice|too (?:early|soon)))\b/i;
const NOUNS = /^(?:patch|patches|series|patchset|set|version|submission|rfc|v\d{1,3})$/;

/** The posting itself: `this`, `this patch`, `my series`; not `it`, `this comment`, `patch 3`, `this set of warnings`. */
function isThis(rest: readonly string[]): boolean {
  if (!/^(?:this|these|the|my|our|both|all)$/.test(rest[0] ?? '')) return false;
  const end = postingEnd(rest, 0);
  if (
    end <= 0 ||
    rest[end] === 'of' ||
    rest.slice(0, end).some((word) => /\d/.test(word) && !NOUNS.test(word))
  )
    return false;
  return end === 1 ? rest[0] === 'this' || rest[0] === 'these' : isExplicit(rest);
}

function isExplicit(rest: readonly string[]): boolean {
  return (
    rest.slice(0, Math.max(0, postingEnd(rest, 0))).some((word) => NOUNS.test(word)) &&
    !/^(?:first|last|second|third|other)$/.test(rest[1] ?? '')
  );
}

/** Before `replaced by v3`: the posting, or nothing. */
const LEADS_TO =
  /^(?:(?:this|these|the|my|it|its|patch|patches|series|patchset|version|v\d{1,3}|is|are|was|were|has|have|been|now|already|fyi|note|sorry|ok) )*$/;

/** `Obsoleted by v3`, `This is replaced by the new series`, `Replaced by v3: LINK`; not `replaced by a helper`. */
function isReplaced(all: readonly string[]): boolean {
  const at = all.findIndex((word) => word === 'obsoleted' || word === 'replaced');
  if (
    at < 0 ||
    (all[at + 1] !== 'by' && all[at + 1] !== 'with') ||
    !LEADS_TO.test(`${all.slice(0, at).join(' ')} `.trimStart())
  )
    return false;
  const what = all.slice(at + 2, at + 6);
  // Not `by v3 of the specification`
  if (what.includes('of') && !what.includes('this')) return false;
  return /^v\d{1,3}$/.test(what[0] ?? '') || namesNewer(what.slice(0, 3));
}

const MARKS = new Set(
  'marked marking set setting moved moving changed changing updated flagged put'.split(' '),
);
const TRACKERS = new Set(['patchwork', 'pw', 'commitfest']);
const STATES: readonly (readonly [RegExp, ClosedWords])[] = [
  [/\b(?:as|to) rejected\b/, { says: 'rejected', confidence: 0.8 }],
  [/\b(?:as|to) (?:superseded|obsolete)\b/, { says: 'superseded', confidence: 0.8 }],
  [/\b(?:as|to) withdrawn\b/, { says: 'withdrawn', confidence: 0.7 }],
  [
    /\b(?:as|to) (?:changes?[ -]requested|returned with feedback|waiting on author)\b/,
    { says: 'changes-requested', confidence: 0.8 },
  ],
];

/** `I've set this to changes requested in patchwork`, by who did it; not `it is marked as rejected`, nor `please mark it`. */
function trackedState({ subject, verb, rest, passive }: Phrase, all: readonly string[]): ClosedWords | null {
  const own = subject === 'me' || subject === 'none';
  if (
    !own ||
    (passive && !verb.endsWith('ing')) ||
    !(MARKS.has(verb) || (verb === 'mark' && subject === 'me'))
  )
    return null;
  if (!all.some((word) => TRACKERS.has(word)) || all.some((word) => /^v\d/.test(word))) return null;
  const text = rest.join(' ').replace(/["']/g, '');
  return STATES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
