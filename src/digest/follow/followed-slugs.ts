import type { Condition, Follow, Where } from './follow.js';

/** Conditions that ask for something, in the order of the text; those under NOT only leave out. */
function wished(where: Where, wants: boolean): Condition[] {
  switch (where.kind) {
    case 'and':
    case 'or':
      return where.terms.flatMap((term) => wished(term, wants));
    case 'not':
      return wished(where.term, !wants);
    default:
      return wants ? [where] : [];
  }
}

/** The subsystems that a follow names, once each: a digest groups its items under these. */
export function followedSlugs(follow: Follow): string[] {
  const slugs = wished(follow.where, true).flatMap((wish) =>
    wish.kind === 'subsystem' || wish.kind === 'touches' ? [wish.slug] : [],
  );
  return [...new Set(slugs)];
}

/**
 * True if the follow says `kind:single`, or names one piece of work, which may be a single patch: then single patches are listed one by one
 * instead of in one line.
 */
export function wantsSingles(follow: Follow): boolean {
  return wished(follow.where, true).some(
    (wish) => wish.kind === 'series' || (wish.kind === 'kind' && wish.is === 'single'),
  );
}

/** True if the follow says `state:stale`. */
export function wantsStale(follow: Follow): boolean {
  return wished(follow.where, true).some((wish) => wish.kind === 'state' && wish.state === 'stale');
}

/** True if a condition selects something; those that only filter (`v>=2`, `state:new`, `path:**`) match most of everything. */
function picks(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
    case 'version':
    case 'state':
      return false;
    case 'kind':
      return condition.is === 'rfc' || condition.is === 'pull';
    case 'path':
      return condition.glob.replaceAll('*', '').replaceAll('/', '') !== '';
    default:
      return true;
  }
}

function isBounded(where: Where, denied: boolean): boolean {
  switch (where.kind) {
    case 'and':
    case 'or': {
      // Under NOT, AND and OR are swapped.
      const everyTerm = (where.kind === 'or') !== denied;
      return everyTerm
        ? where.terms.every((term) => isBounded(term, denied))
        : where.terms.some((term) => isBounded(term, denied));
    }
    case 'not':
      return isBounded(where.term, !denied);
    default:
      return !denied && picks(where);
  }
}

/** True if the follow would match nearly everything (`all`, `-kind:rfc`, `v>=2`), which is rejected with the count of what it would post. */
export function wantsEverything(follow: Follow): boolean {
  return !isBounded(follow.where, false);
}
