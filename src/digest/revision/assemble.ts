import { byTime } from './batch.js';
import { buildRevision } from './build-revision.js';
import { joinBrokenOff } from './join-broken-off.js';
import { joinThreaded } from './join-threaded.js';
import { joinUnthreaded } from './join-unthreaded.js';
import { findParts } from './part.js';
import type { Assembly, JoinFacts } from './revision.js';
import { findTargets } from './targets.js';
import { layThreads } from './thread.js';

/**
 * Which mails of a cluster are one posting, and which cover or patch every other mail is about.
 *
 * A pure function of the set of facts: order and repeats change nothing. `facts` must be closed under
 * `clusterKeys`: then the result for a mail does not depend on what is outside its cluster.
 */
export function assembleRevisions(facts: readonly JoinFacts[]): Assembly {
  const once = new Map(facts.map((one) => [one.id, one]));
  const sorted = [...once.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const thread = layThreads(sorted);
  const parts = [...findParts(sorted, thread)].sort(byTime);
  const batches = joinBrokenOff(joinUnthreaded(joinThreaded(parts, thread)));
  const revisions = batches.map(buildRevision).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { revisions, targets: findTargets(sorted, parts, thread) };
}
