import { type Candidate, say } from './candidate.js';
import type { LinkReason, SeriesOrigin } from './group.js';
import type { Posting } from './posting.js';

/** A shared title alone says nothing of where work comes from. */
const TELLING: ReadonlySet<LinkReason> = new Set([
  'change-id',
  'supersedes',
  'thread',
  'link-in-text',
  'was-title',
  'patches',
  'patch-ids',
]);
const MOST_ORIGINS = 3;

/**
 * The origins of each work whose link to an earlier posting was rejected because another work continues that posting: by
 * `rootOf`, the surest first. A work that has versions as early as that posting only shares a link with it.
 */
export function findOrigins(
  refused: readonly Candidate[],
  rootOf: (posting: Posting) => string,
  postingsOf: (root: string) => readonly Posting[],
): ReadonlyMap<string, readonly SeriesOrigin[]> {
  const origins = new Map<string, Map<string, SeriesOrigin>>();
  for (const { older, newer, reason, detail } of refused) {
    const [from, root] = [rootOf(older), rootOf(newer)];
    if (from === root || !TELLING.has(reason)) continue;
    const known = origins.get(root) ?? new Map<string, SeriesOrigin>();
    if (known.has(from) || known.size >= MOST_ORIGINS || hasAsEarly(postingsOf(root), older)) continue;
    origins.set(
      root,
      known.set(from, {
        older: older.revision.id,
        newer: newer.revision.id,
        reason,
        detail,
        title: older.revision.title,
        name: say(older),
      }),
    );
  }
  return new Map([...origins].map(([root, found]) => [root, [...found.values()]]));
}

function hasAsEarly(postings: readonly Posting[], older: Posting): boolean {
  return postings.some((one) => {
    if (one.time !== null && older.time !== null && one.time <= older.time) return true;
    return one.revision.rfc === older.revision.rfc && one.version <= older.version;
  });
}
