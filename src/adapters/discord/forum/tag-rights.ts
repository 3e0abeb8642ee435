import type { Places } from '../places.js';

/** In which forums we may make tags. */
export interface TagRights {
  /** False if asking would only be refused. */
  mayMake(forumId: string): boolean;
  /** Discord refused to make tags there. */
  refused(forumId: string): void;
}

/** How long a forum that refused is not tried again: otherwise each new post would try. */
const REFUSED_FOR_MS = 3_600_000;
const MAX_REMEMBERED = 5000;

/** `elapsedMs`: a clock that only goes forward. */
export function createTagRights(places: Pick<Places, 'missing'>, elapsedMs: () => number): TagRights {
  const refusals = new Map<string, { readonly atMs: number; readonly isKnown: boolean }>();
  const missing = (forumId: string) => places.missing(forumId, ['ManageChannels']);
  return {
    mayMake(forumId) {
      const lacks = missing(forumId);
      if (lacks !== null && lacks.length > 0) {
        refusals.delete(forumId);
        return false;
      }
      const last = refusals.get(forumId);
      // The gateway reports when the right is granted, so there is no need to wait.
      if (last === undefined || (lacks !== null && !last.isKnown)) return true;
      return elapsedMs() - last.atMs >= REFUSED_FOR_MS;
    },
    refused(forumId) {
      if (refusals.size >= MAX_REMEMBERED) refusals.clear();
      refusals.set(forumId, { atMs: elapsedMs(), isKnown: missing(forumId) !== null });
    },
  };
}
