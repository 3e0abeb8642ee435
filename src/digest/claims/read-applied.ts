import { appliedBy } from './applied-phrase.js';
import { type Clause, isCondition } from './clauses.js';
import { isNumber, namedIndexes } from './patch-numbers.js';
import { type ParsedClause, type Phrase, phraseOf } from './phrase.js';
import { type Around, isTakenIn } from './read-taken.js';
import { isElsewhere, isTrial } from './trial.js';
import { TAKEN_OUT } from './vocabulary.js';

/** A sentence that says that something was applied, or will be. */
export interface AppliedWords {
  readonly says: 'applied' | 'will-apply';
  /** The words are the usual formula (`Applied, thanks`), which is used for nothing else. */
  readonly formula: boolean;
  /** Numbers of patches that the sentence names; empty if it names none. */
  readonly indexes: readonly number[];
  /** It refers to the series, to all, to both. */
  readonly whole: boolean;
  /** The part of the sentence that says so: where tree and branch are looked for. */
  readonly clause: string;
}

const ALONE: Around = { previous: '', next: '', ofBackport: false };

/**
 * Reads the clauses of one sentence; null if they prove nothing: questions, conditions (`once applied`, `I'll apply it if …`),
 * wishes, negations, tests (`applied on top of v5.10 it fails`), and the same words about another thing.
 */
export function readApplied(
  parsed: readonly ParsedClause[],
  clauses: readonly Clause[],
  all: readonly string[],
  around: Around = ALONE,
): AppliedWords | null {
  for (const [at, { clause, phrase }] of parsed.entries()) {
    const held =
      isCondition(clause) || clause.opens === 'after' || clause.opens === 'before' || clause.opens === 'as';
    if (phrase === null || held) continue;
    const plainly = appliedBy(phrase, all);
    const says = plainly ?? (isTaken(phrase, clauses.slice(at + 1), around) ? 'applied' : null);
    if (says !== null && !isHeld(clauses, at, says) && !isTrial(clauses, at, phrase, around.next)) {
      const formula = plainly === 'applied' && phrase.subject !== 'me' && !phrase.passive;
      return { says, formula, ...scopeOf(clause.words), clause: clause.text };
    }
  }
  return null;
}

/** A condition directly after the words suspends them: `Applied once you resend`; `to see if we missed anything` does not. */
function isHeld(clauses: readonly Clause[], at: number, says: AppliedWords['says']): boolean {
  const next = clauses[at + 1];
  // `If it breaks I can drop it, but for now: applied`: the condition applies to what is before `but`.
  const main = clauses.slice(0, at + 1).findLastIndex((clause) => clause.opens === 'but');
  if (clauses.slice(Math.max(0, main), at).some((clause) => isCondition(clause))) return true;
  if (next === undefined) return false;
  if (says === 'will-apply') return isCondition(next);
  if (next.opens === 'after') return next.words[0] === 'you' || next.words[0] === 'someone';
  return (
    isCondition(next) &&
    !next.apart &&
    !clauses[at]?.words.includes('to') &&
    !clauses[at]?.words.includes('in')
  );
}

/** In rarer words: `Took it, thanks`. */
function isTaken(phrase: Phrase, later: readonly Clause[], around: Around): boolean {
  if (phrase.negated || phrase.mood !== 'plain' || phrase.subject === 'you' || isElsewhere(phrase))
    return false;
  return isTakenIn(phrase, later, around);
}

/** Whether a later clause takes it back: `Applied, but then dropped again`. */
export function isTakenBack(clauses: readonly Clause[]): boolean {
  return clauses.some((clause) => {
    const phrase = phraseOf(clause.words);
    return phrase !== null && TAKEN_OUT.has(phrase.verb) && !phrase.negated && phrase.mood === 'plain';
  });
}

/** `patches 1-3`, `patch 2`, `1 and 2`, `the first three`, `10,14,16,37`. */
function scopeOf(words: readonly string[]): { indexes: readonly number[]; whole: boolean } {
  const named = namedIndexes(words);
  // `patch 99999999`: it names one, and no posting has it. No patch has the number 0.
  const isLost = words.some((word, at) => /^patch(?:es)?$/.test(word) && isNumber(words[at + 1] ?? ''));
  const indexes = named.length === 0 && isLost ? [0] : named;
  const whole = words.some((word) =>
    ['series', 'all', 'both', 'patchset', 'set', 'everything', 'patches'].includes(word),
  );
  return { indexes, whole: indexes.length === 0 && whole };
}
