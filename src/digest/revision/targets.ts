import { claimedIds } from './cluster-keys.js';
import type { Part } from './part.js';
import type { JoinFacts } from './revision.js';
import type { Thread } from './thread.js';

/** For each mail that is neither a cover nor a patch: the nearest cover or patch above it; left out if there is none. */
export function findTargets(
  facts: readonly JoinFacts[],
  parts: readonly Part[],
  thread: Thread,
): ReadonlyMap<string, string> {
  const members = new Set(parts.map((part) => part.facts.id));
  const targets = new Map<string, string>();
  const settled = new Map<string, string | null>();
  for (const one of facts) {
    if (members.has(one.id)) continue;
    const target = climb(one, members, thread, settled) ?? claimed(one, members);
    if (target !== null) targets.set(one.id, target);
  }
  return targets;
}

/** Notices of -mm, stable and tip often answer no known mail, but link to the patch that they are about. */
function claimed(notice: JoinFacts, members: ReadonlySet<string>): string | null {
  return claimedIds(notice).find((id) => members.has(id)) ?? null;
}

/** Walks up to the first member; every mail passed on the way has the same target, so that a thread is walked once. */
function climb(
  from: JoinFacts,
  members: ReadonlySet<string>,
  thread: Thread,
  settled: Map<string, string | null>,
): string | null {
  const passed: string[] = [];
  let target: string | null = null;
  for (let at: JoinFacts | null = from; at !== null; at = thread.parentOf(at)) {
    if (members.has(at.id)) {
      target = at.id;
      break;
    }
    const known = settled.get(at.id);
    if (known !== undefined) {
      target = known;
      break;
    }
    // Settled as "none" for now: that is what a loop comes back to.
    settled.set(at.id, null);
    passed.push(at.id);
  }
  for (const id of passed) settled.set(id, target);
  return target;
}
