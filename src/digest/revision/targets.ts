import type { Part } from './part.js';
import type { Thread } from './thread.js';
import type { JoinFacts } from './types.js';

/** For each mail that is no cover and no patch: the nearest cover or patch above it; left out where there is none. */
export function findTargets(
  facts: readonly JoinFacts[],
  parts: readonly Part[],
  thread: Thread,
): ReadonlyMap<string, string> {
  const members = new Set(parts.map((part) => part.facts.id));
  const targets = new Map<string, string>();
  for (const one of facts) {
    if (members.has(one.id)) continue;
    const target = thread.ancestorsOf(one).find((above) => members.has(above.id));
    if (target !== undefined) targets.set(one.id, target.id);
  }
  return targets;
}
