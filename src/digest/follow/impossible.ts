import { conditionsOf, withTerm } from './conditions.js';
import type { FollowProblem, Where } from './follow.js';
import { formatFollow } from './format-follow.js';
import { impossibleTogether } from './impossible-together.js';
import { type ImpossibleValue, impossibleValue } from './impossible-value.js';

/**
 * Conditions of a follow that no mail can ever match: `author:jane@`, `path:mm\gup.c`, `v:5..2`. The grammar reads them, so that what
 * was stored stays readable; people who type one get an error with the whole follow as they may have meant it. null if everything can match.
 */
export function impossibleFollow(where: Where): Omit<FollowProblem, 'position'> | null {
  const found = firstImpossible(where) ?? firstTogether(where);
  if (found === null) return null;
  const { term, fault } = found;
  const suggestions = fault.instead.map((one) =>
    formatFollow({ version: 1, where: withTerm(where, term, one), bots: false }),
  );
  const { message, advice } = fault;
  return { message, suggestions, ...(advice === undefined ? {} : { advice }) };
}

interface Found {
  readonly term: Where;
  readonly fault: ImpossibleValue;
}

function firstImpossible(where: Where): Found | null {
  for (const term of conditionsOf(where)) {
    const fault = impossibleValue(term);
    if (fault !== null) return { term, fault };
  }
  return null;
}

/** Conditions that can be true separately but never together. */
function firstTogether(where: Where): Found | null {
  const terms =
    where.kind === 'and' || where.kind === 'or' ? where.terms : where.kind === 'not' ? [where.term] : [];
  const fault = where.kind === 'and' ? impossibleTogether(terms) : null;
  if (fault !== null) return { term: where, fault };
  for (const term of terms) {
    const found = firstTogether(term);
    if (found !== null) return found;
  }
  return null;
}
