import type { Condition, Follow, Where } from './types.js';

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

/** The subsystems that a follow asks for, once each: under these a digest groups what it found. */
export function followedSlugs(follow: Follow): string[] {
  const slugs = wished(follow.where, true).flatMap((wish) =>
    wish.kind === 'subsystem' || wish.kind === 'touches' ? [wish.slug] : [],
  );
  return [...new Set(slugs)];
}

/** True where the follow says `kind:single`: then single patches stand one by one instead of in one line. */
export function wantsSingles(follow: Follow): boolean {
  return wished(follow.where, true).some((wish) => wish.kind === 'kind' && wish.is === 'single');
}

/** True where the follow would take everything, which is refused with the count of what it would send. */
export function wantsEverything(follow: Follow): boolean {
  const takesAll = (where: Where): boolean => {
    if (where.kind === 'all') return true;
    if (where.kind === 'or') return where.terms.some(takesAll);
    return where.kind === 'and' && where.terms.every((term) => takesAll(term) || term.kind === 'not');
  };
  // What only leaves something out (`-kind:rfc`) takes all the rest.
  const onlyLeavesOut = (where: Where): boolean =>
    where.kind === 'not' ||
    ((where.kind === 'and' || where.kind === 'or') && where.terms.every(onlyLeavesOut));
  return takesAll(follow.where) || onlyLeavesOut(follow.where);
}
