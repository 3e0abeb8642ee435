import type { Condition, Where } from './follow.js';

/** Every condition of a follow, in its order, also those that are denied. */
export function conditionsOf(where: Where): readonly Condition[] {
  switch (where.kind) {
    case 'and':
    case 'or':
      return where.terms.flatMap(conditionsOf);
    case 'not':
      return conditionsOf(where.term);
    default:
      return [where];
  }
}

/** The same follow with one of its terms replaced. */
export function withTerm(where: Where, from: Where, to: Where): Where {
  if (where === from) return to;
  switch (where.kind) {
    case 'and':
    case 'or':
      return { kind: where.kind, terms: where.terms.map((term) => withTerm(term, from, to)) };
    case 'not':
      return { kind: 'not', term: withTerm(where.term, from, to) };
    default:
      return where;
  }
}
