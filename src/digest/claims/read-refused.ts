import type { Clause } from './clauses.js';
import { endsFrom, isFromTree, namesDropped } from './dropped-posting.js';
import { countOut, isNumber, namedIndexes } from './patch-numbers.js';
import { carriedOver, type ParsedClause, type Phrase, postingEnd } from './phrase.js';
import { type ClosedWords, readClosed } from './read-closed.js';
import { namesNewer } from './read-promised.js';
import { isAtHome, isExperiment, isTakenOut } from './read-taken-out.js';
import { ADVERBS, baseOf, TAKE_OUT, TAKEN_OUT } from './vocabulary.js';

/** A sentence that rejects a posting, withdraws it, or removes it from a tree. */
export interface RefusedWords {
  readonly says: ClosedWords['says'] | 'unapplied';
  readonly confidence: number;
  /** Numbers of patches that it names: `I'll just drop 6-8`; empty if it names none. */
  readonly indexes: readonly number[];
}

const TAKES = new Set(
  'apply take merge pull queue pick applying taking merging pulling queueing queuing picking applied pulled merged accept accepting'.split(
    ' ',
  ),
);
const UNDECIDED = new Set('if unless whether once when until'.split(' '));

/**
 * Reads one sentence; null if it says none of it. What is dropped must be the posting: not a lock, nor the line of code above
 * (`belowCode`) that `this one` refers to.
 */
export function readRefused(
  sentence: string,
  parsed: readonly ParsedClause[],
  all: readonly string[],
  belowCode: boolean,
): RefusedWords | null {
  if (sentence.endsWith('?')) return null;
  const indexes = namedIndexes(all);
  if (isNak(sentence, all, parsed)) return { says: 'rejected', confidence: 0.8, indexes };
  for (const [at, { clause, phrase }] of parsed.entries()) {
    if (UNDECIDED.has(clause.opens)) continue;
    // `the others kept the flag, but dropped it later`: the subject is that of the clause before.
    const isOthers =
      clause.opens === 'but' && carriedOver('and', parsed[at - 1]?.phrase ?? null, at === 0) === 'other';
    if (isOthers && TAKEN_OUT.has(verbOf(clause))) continue;
    const earlier = parsed.slice(0, at).map((one) => one.clause);
    const says = phrase === null ? null : refusalIn(phrase, clause, earlier, all, belowCode);
    // A tester, too, takes a patch out.
    if (says?.says === 'unapplied' && phrase?.verb !== 'dropped' && isExperiment(sentence)) continue;
    if (says !== null)
      return { ...says, indexes: [...new Set([...indexes, ...droppedNumbers(clause.words)])] };
  }
  const closed = readClosed(
    sentence,
    parsed.map(({ clause }) => clause),
    all,
  );
  if (closed !== null) return { ...closed, indexes };
  return superseded(all) ? { says: 'superseded', confidence: 0.5, indexes } : null;
}

function refusalIn(
  phrase: Phrase,
  clause: Clause,
  earlier: readonly Clause[],
  all: readonly string[],
  belowCode: boolean,
) {
  const { subject, mood, negated, verb, rest } = phrase;
  if (subject === 'you') return null;
  if (
    !['after', 'before', 'since'].includes(clause.opens) &&
    isTakenOut(phrase, earlier, belowCode) &&
    (!belowCode || namesDropped(rest, true))
  )
    return { says: 'unapplied', confidence: 0.7 } as const;
  // `Please disregard this` refers to a mail, whatever is above it.
  const named = namesDropped(rest, belowCode && !/^(?:ignore|disregard|discard)$/.test(verb));
  if (negated) {
    if (!TAKES.has(verb)) return null;
    if (mood === 'please') return named ? ({ says: 'withdrawn', confidence: 0.7 } as const) : null;
    // `I'm not taking this`, `I won't apply it`; `it was not applied` is a report.
    const refuses =
      subject === 'me' &&
      (verb.endsWith('ing') || mood === 'will' || /^(?:haven't|have)$/.test(clause.words.at(-2) ?? ''));
    if (subject === 'none' && verb.endsWith('ing') && named)
      return { says: 'rejected', confidence: 0.7 } as const;
    if (subject === 'me' && ['pulled', 'applied', 'merged'].includes(verb) && named)
      return { says: 'rejected', confidence: 0.6 } as const;
    return refuses && (named || rest.length === 0) ? ({ says: 'rejected', confidence: 0.7 } as const) : null;
  }
  if (TAKEN_OUT.has(verb)) {
    if (mood !== 'plain' || isAtHome(phrase)) return null;
    const alone = subject !== 'me' && isAlone(rest);
    if (verb === 'removed' && !rest.includes('tree') && !rest.includes('queue')) return null;
    if (subject === 'posting' && !phrase.passive) return null;
    return (alone && (!belowCode || rest[0] === 'again')) ||
      named ||
      (subject === 'me' && verb === 'unpulled')
      ? ({ says: 'unapplied', confidence: 0.7 } as const)
      : null;
  }
  return withdrawal(phrase, clause, all, named);
}

/** The verb of a clause without a subject: `but then dropped again`. */
function verbOf({ words }: Clause): string {
  return words.find((word) => !ADVERBS.has(word)) ?? '';
}

/** `please ignore this patch`, `I'll drop it`, `I'm dropping this series`, `consider this withdrawn`. */
function withdrawal(
  { subject, mood, verb, rest }: Phrase,
  clause: Clause,
  all: readonly string[],
  named: boolean,
) {
  if (/^(?:nack|nak)$/.test(verb) && subject === 'me') return { says: 'rejected', confidence: 0.7 } as const;
  if (/^mark(?:ed|ing)?$/.test(verb) && subject === 'me' && named && rest.includes('rejected'))
    return { says: 'rejected', confidence: 0.7 } as const;
  // `I'll drop it from my tree`, `Dropping it from the queue`: it was in there.
  if (
    verb === 'dropping' &&
    subject === 'none' &&
    mood === 'plain' &&
    named &&
    isFromTree(rest.slice(-4)) &&
    endsFrom(rest.at(-1) ?? '')
  )
    return { says: 'unapplied', confidence: 0.7 } as const;
  if (
    subject === 'me' &&
    mood !== 'open' &&
    TAKE_OUT.has(verb) &&
    verb !== 'withdraw' &&
    named &&
    isFromTree(rest)
  )
    return { says: 'unapplied', confidence: 0.7 } as const;
  // `Resent by mistake, please ignore`
  if (mood === 'please' && /^(?:ignore|disregard|discard)$/.test(verb) && rest.length === 0)
    return { says: 'withdrawn', confidence: 0.6 } as const;
  if (verb === 'consider' && clause.words.includes('withdrawn'))
    return { says: 'withdrawn', confidence: 0.7 } as const;
  const base = verb === 'dropping' || verb === 'withdrawing' ? baseOf(verb) : verb;
  if (!TAKE_OUT.has(base) && verb !== 'withdrawing') return null;
  if (verb === 'dropping' && subject === 'me' && named)
    return { says: 'unapplied', confidence: 0.7 } as const;
  if (mood !== 'please' && mood !== 'will') return null;
  if (verb === 'remove' || verb === 'skip') return null;
  // `I'll drop this for v2`: the author changes it.
  if (
    !named ||
    (mood === 'will' && (namesNewer(all) || all.includes('if') || clause.words.includes('altogether')))
  )
    return null;
  return { says: 'withdrawn', confidence: mood === 'please' ? 0.6 : 0.65 } as const;
}

/** What may follow `dropped`, about the posting. */
const ALONE_BEFORE = new Set(
  'again for from now because as since it this both all immediately today yesterday'.split(' '),
);

function isAlone(rest: readonly string[]): boolean {
  return rest.length === 0 || ALONE_BEFORE.has(rest[0] ?? '') || (rest[0] === 'right' && rest[1] === 'away');
}

/**
 * `NAK`, `So hard NAK.`, `Sorry, Nack on this`, `I NAK this`: near the start, and not `not a NAK`; `this is a NACK from my side` and
 * `the code gets a NACK` anywhere. A device's NAK is written otherwise.
 */
function isNak(sentence: string, list: readonly string[], parsed: readonly ParsedClause[]): boolean {
  const at = list.findIndex(isNakWord);
  if (at < 0 || !/\b(?:NAC?K|Nac?k|[Ss]elf-[Nn]ac?k)\b/.test(sentence)) return false;
  // `NAK withdrawn`, `I take my NACK back`
  if (TAKES_BACK.test(list.join(' '))) return false;
  // `Sorry for the self-nak on v1`; `Self-NAK, v2 coming` promises a version.
  if (list[at]?.startsWith('self-') === true)
    return /^self-nac?k(?:[:,.!]|$)/i.test(sentence) && !namesNewer(list);
  if (parsed.some(({ clause }, place) => givesNak(clause, parsed[place - 1]?.clause))) return true;
  if (at > 3) return false;
  return !list.some(
    (word) =>
      UNDECIDED.has(word) ||
      ['not', 'no', 'would', 'why', 'should', 'could'].includes(word) ||
      word.endsWith("n't"),
  );
}

const TAKES_BACK =
  /\bnac?k (?:is |was )?(?:now )?(?:withdrawn|retracted|lifted|back)\b|\b(?:withdraw|withdrawing|withdrawn|retract|retracting|retracted|lift|lifting|lifted|take|taking|took)\b(?: back)? (?:my |the |that )?nac?k\b/;

function isNakWord(word: string): boolean {
  return /^(?:self-)?nac?k$/.test(word);
}

/** `this is a NACK to your patch`, `it gets a NAK from me`, `for the series: NAK`. */
function givesNak({ words, opens }: Clause, before: Clause | undefined): boolean {
  const at = words.findIndex(isNakWord);
  if (at < 0 || UNDECIDED.has(opens) || words.some((word) => word === 'not' || word.endsWith("n't")))
    return false;
  if (words.length === 1) return before?.words[0] === 'for' && postingEnd(before.words, 1) > 0;
  const [who, is, article] = words.slice(Math.max(0, at - 3), at);
  if (article !== 'a' && article !== 'my') return false;
  const given = is === 'gets' || is === 'get' || (is === 'is' && /^(?:this|it|that)$/.test(who ?? ''));
  const [next = '', owner = ''] = words.slice(at + 1);
  return (
    given && (['', 'to', 'on', 'for'].includes(next) || (next === 'from' && ['me', 'my'].includes(owner)))
  );
}

/** `I'll drop 6-8`: the numbers directly after the verb. */
function droppedNumbers(words: readonly string[]): number[] {
  const at = words.findIndex((word) => word.startsWith('drop'));
  const next = words[at + 1] ?? '';
  return at >= 0 && isNumber(next) ? countOut(next) : [];
}

/** `superseded by v3`, `please see v8: <link>`. */
function superseded(all: readonly string[]): boolean {
  const at = all.indexOf('superseded');
  if (at >= 0 && ['by', 'with'].includes(all[at + 1] ?? '')) return !all.includes('not');
  return (
    all[0] === 'please' &&
    ['see', 'use', 'review', 'check'].includes(all[1] ?? '') &&
    /^v\d{1,3}$/.test(all[2] ?? '')
  );
}
