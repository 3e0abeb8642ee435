import { nameKey } from '../mail/person-key.js';
import { titleKey } from '../revision/title-key.js';
import { apart, WINDOW_MS } from './alike.js';
import type { SentOn } from './group.js';
import type { Posting } from './posting.js';

/**
 * What of each work someone asks to pull in a posting of its own, by `rootOf`: netfilter, CAN and others send their pull requests with the
 * patches below them. Each patch is the last one of its title and author that was posted before, elsewhere.
 */
export function findSentOn(
  postings: readonly Posting[],
  rootOf: (posting: Posting) => string,
): ReadonlyMap<string, readonly SentOn[]> {
  const pulls = postings.filter((posting) => posting.pulls);
  if (pulls.length === 0) return new Map();
  const byPatch = indexPatches(postings);
  const found = new Map<string, SentOn[]>();
  for (const pull of pulls)
    for (const [posting, slots] of carriedBy(pull, byPatch, rootOf)) {
      const { head } = pull;
      if (head === null) continue;
      const letter = {
        ...head,
        shortlog: [],
        trailers: [],
        claims: [],
        previousVersions: [],
        references: [],
      };
      const root = rootOf(posting);
      const own = found.get(root) ?? [];
      own.push({ revision: posting.revision.id, slots: slots.sort((a, b) => a - b), letter });
      found.set(root, own);
    }
  return found;
}

interface Place {
  readonly posting: Posting;
  readonly slot: number;
}

/** By title and author; pull requests are left out, and copies of work that is elsewhere. */
function indexPatches(postings: readonly Posting[]): ReadonlyMap<string, readonly Place[]> {
  const found = new Map<string, Place[]>();
  for (const posting of postings) {
    if (posting.pulls || posting.kind === 'pull' || posting.backport) continue;
    for (const [slot, { title, author }] of posting.revision.slots.entries()) {
      const key = patchKey(title, author);
      const own = found.get(key);
      if (own === undefined) found.set(key, [{ posting, slot }]);
      else own.push({ posting, slot });
    }
  }
  return found;
}

function carriedBy(
  pull: Posting,
  byPatch: ReadonlyMap<string, readonly Place[]>,
  rootOf: (posting: Posting) => string,
): ReadonlyMap<Posting, number[]> {
  const found = new Map<Posting, number[]>();
  const root = rootOf(pull);
  for (const { title, author } of pull.revision.slots) {
    const places = byPatch.get(patchKey(title, author)) ?? [];
    const last = places.findLast(({ posting }) => isBefore(posting, pull) && rootOf(posting) !== root);
    if (last === undefined) continue;
    const own = found.get(last.posting);
    if (own === undefined) found.set(last.posting, [last.slot]);
    else if (!own.includes(last.slot)) own.push(last.slot);
  }
  return found;
}

function isBefore(older: Posting, pull: Posting): boolean {
  return (
    older.time !== null && pull.time !== null && older.time <= pull.time && apart(older, pull) <= WINDOW_MS
  );
}

function patchKey(title: string, author: string): string {
  return `${titleKey(title)}|${nameKey(author) || author.toLowerCase()}`;
}
