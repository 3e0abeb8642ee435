import { byTime } from './candidate.js';
import type { Posting } from './posting.js';

/**
 * Oldest first: by version within one stage, RFC or not, then by date; the two stages are merged by date, since
 * counting starts again when work leaves RFC.
 */
export function orderPostings(postings: readonly Posting[]): readonly Posting[] {
  const stage = (rfc: boolean): Posting[] =>
    postings
      .filter(({ revision }) => revision.rfc === rfc)
      .sort((a, b) => a.version - b.version || byTime(a, b));
  const requests = stage(true);
  const patches = stage(false);
  const ordered: Posting[] = [];
  for (;;) {
    const [request] = requests;
    const [patch] = patches;
    if (request === undefined || patch === undefined) return [...ordered, ...requests, ...patches];
    const first = comesFirst(request, patch) ? requests.shift() : patches.shift();
    if (first !== undefined) ordered.push(first);
  }
}

function comesFirst(request: Posting, patch: Posting): boolean {
  if (request.time === null || patch.time === null) return request.version <= patch.version;
  return request.time <= patch.time;
}
