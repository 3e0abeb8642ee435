import type { Catalog } from '../subsystem/catalog.js';
import { type FollowHint, type FollowProblem, MAX_TERMS, type Where } from './follow.js';
import type { Token } from './tokenize.js';

export const TOO_LONG_ADVICE = 'Split it into two follows.';

/** Leaves the descent; it never gets out of `parseFollow`. */
export class Stop extends Error {
  readonly problem: FollowProblem;
  constructor(message: string, position: number, suggestions: readonly string[], advice?: string) {
    super(message);
    this.problem = { message, position, suggestions, ...(advice === undefined ? {} : { advice }) };
  }
}

/** The words of a follow, and how far they have been read. */
export interface Reader {
  readonly tokens: readonly Token[];
  readonly catalog: Catalog;
  readonly length: number;
  at: number;
  depth: number;
  terms: number;
  /** null until the text says. */
  bots: boolean | null;
  /** The same: null until the text says. */
  when: 'now' | 'digest' | null;
  readonly hints: FollowHint[];
}

/** Joins terms of one kind, so that nothing is nested in its own kind; a single term is returned unchanged. */
export function join(kind: 'and' | 'or', terms: readonly Where[]): Where {
  const flat = terms.flatMap((term) => (term.kind === kind ? term.terms : [term]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind, terms: flat };
}

/** Counts one more condition; stops where there are too many. */
export function count(reader: Reader, position: number): void {
  reader.terms += 1;
  if (reader.terms > MAX_TERMS)
    throw new Stop(`That is more than ${MAX_TERMS} conditions.`, position, [], TOO_LONG_ADVICE);
}
