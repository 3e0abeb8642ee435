import { namedIds } from './cluster-keys.js';
import type { JoinFacts } from './revision.js';

/** The messages of a cluster by id, with the way up from each. */
export interface Thread {
  readonly byId: ReadonlyMap<string, JoinFacts>;
  /** The nearest message here that this one answers to; null at a root. */
  parentOf(facts: JoinFacts): JoinFacts | null;
  /** All messages above, nearest first; ends at a root, or where a loop closes. */
  ancestorsOf(facts: JoinFacts): readonly JoinFacts[];
  /** The id that the whole thread hangs from as far as is known; it need not be here. */
  rootIdOf(facts: JoinFacts): string;
}

/** Chains deeper than this are not a conversation; what is above is ignored. */
const DEEPEST = 500;

/** Lays out the threads of a cluster: In-Reply-To first, else References from the newest to the oldest. */
export function layThreads(facts: readonly JoinFacts[]): Thread {
  const byId = new Map(facts.map((one) => [one.id, one]));
  const parents = new Map<string, JoinFacts | null>();
  const parentOf = (one: JoinFacts): JoinFacts | null => {
    const known = parents.get(one.id);
    if (known !== undefined) return known;
    const parent = findParent(one, byId);
    parents.set(one.id, parent);
    return parent;
  };
  const ancestorsOf = (one: JoinFacts): readonly JoinFacts[] => {
    const above: JoinFacts[] = [];
    const seen = new Set([one.id]);
    let next = parentOf(one);
    while (next !== null && !seen.has(next.id) && above.length < DEEPEST) {
      above.push(next);
      seen.add(next.id);
      next = parentOf(next);
    }
    return above;
  };
  const rootIdOf = (one: JoinFacts): string => {
    const top = ancestorsOf(one).at(-1) ?? one;
    return top.references[0] ?? top.inReplyTo ?? top.id;
  };
  return { byId, parentOf, ancestorsOf, rootIdOf };
}

function findParent(one: JoinFacts, byId: ReadonlyMap<string, JoinFacts>): JoinFacts | null {
  if (one.inReplyTo !== null && one.inReplyTo !== one.id) {
    const parent = byId.get(one.inReplyTo);
    if (parent !== undefined) return parent;
  }
  const named = namedIds(one);
  let parent: JoinFacts | null = null;
  for (let i = named.length - 1; i >= 0; i -= 1) {
    const known = named[i] === one.id ? undefined : byId.get(named[i] ?? '');
    // Some programs write the newest first: a mail that answers to the one found is nearer.
    if (known !== undefined && (parent === null || known.inReplyTo === parent.id)) parent = known;
  }
  return parent;
}
