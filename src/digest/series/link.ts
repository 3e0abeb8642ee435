import { disjointSet } from '../revision/disjoint-set.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { shorten } from '../text/inert.js';
import { MOST_REVISIONS } from '../text/limits.js';
import { apart, clockSlack, isResend, resemble, sameVersion } from './alike.js';
import { byTime, type Candidate, type FindPosting, indexMembers, say } from './candidate.js';
import { completeRerolls } from './complete-rerolls.js';
import { findByPatches, findReworded, findTitled } from './find-alike.js';
import { findNamed, findSupersedes, findThreaded } from './find-stated.js';
import type { Correction, RevisionLink, SeriesGroup } from './group.js';
import { orderPostings } from './order-revisions.js';
import { findOrigins } from './origins.js';
import { type Posting, toPosting } from './posting.js';

/** The text says that the two are one work: then their dates may disagree with their numbers. */
const WRITTEN = new Set(['change-id', 'supersedes', 'link-in-text']);
/** Postings of one change-id that the next is compared with. */
const MOST_OF_CHANGE_ID = 4;

/**
 * Which revisions are one piece of work, and why: a partition of `revisions`, which must be closed under
 * `linkKeys`. Pure; the order of the arguments changes nothing. Reasons are tried in their order of trust, and a join of what cannot be
 * together (two different v2, a person's `unlink`) is left out: where the text says that the two belong together, the later one names the
 * earlier as its origin. `facts` holds at least the members. Groups are sorted by the id of their first revision.
 */
export function linkRevisions(
  revisions: readonly Revision[],
  facts: ReadonlyMap<string, JoinFacts>,
  corrections: readonly Correction[],
): readonly SeriesGroup[] {
  const postings = revisions.map((revision) => toPosting(revision, facts)).sort(byTime);
  const find = indexMembers(postings);
  const { forced, barred } = heed(corrections, find);
  const candidates = [
    ...byChangeId(postings),
    ...findSupersedes(postings, find),
    ...findThreaded(postings, find),
    ...findNamed(postings, find),
    ...findTitled(postings),
    ...findByPatches(postings),
    ...findReworded(postings),
  ].sort(byTrust);
  const { chosen, refused } = join(postings, candidates, forced, barred);
  return gather(postings, chosen, refused);
}

function gather(
  postings: readonly Posting[],
  chosen: readonly Candidate[],
  refused: readonly Candidate[],
): readonly SeriesGroup[] {
  const sets = disjointSet();
  for (const { older, newer } of chosen) sets.union(older.revision.id, newer.revision.id);
  const rootOf = (posting: Posting): string => sets.find(posting.revision.id);
  const groups = new Map<string, { postings: Posting[]; links: RevisionLink[] }>();
  for (const posting of postings) {
    const root = rootOf(posting);
    const group = groups.get(root) ?? { postings: [], links: [] };
    group.postings.push(posting);
    groups.set(root, group);
  }
  for (const { older, newer, reason, detail } of chosen)
    groups
      .get(rootOf(older))
      ?.links.push({ older: older.revision.id, newer: newer.revision.id, reason, detail });
  const origins = findOrigins(refused, rootOf, (root) => groups.get(root)?.postings ?? []);
  return [...groups]
    .map(([root, group]): SeriesGroup => {
      const from = origins.get(root);
      return {
        revisions: completeRerolls(
          orderPostings(group.postings).map((posting) => posting.revision),
          group.links,
        ),
        links: group.links,
        ...(from === undefined ? {} : { origins: from }),
      };
    })
    .sort((a, b) => ((a.revisions[0]?.id ?? '') < (b.revisions[0]?.id ?? '') ? -1 : 1));
}

/** A pair that a person joined, and its place among all decisions. */
type Forced = Candidate & { readonly order: number };

/** Pairs that a person joined, or separated, in the order of the decisions; the last one about a pair counts. */
function heed(
  corrections: readonly Correction[],
  find: FindPosting,
): { forced: readonly Forced[]; barred: ReadonlyMap<string, number> } {
  const last = new Map<
    string,
    { kind: Correction['kind']; pair: readonly [Posting, Posting]; order: number }
  >();
  for (const [order, { kind, a, b }] of corrections.entries()) {
    const left = find(a);
    const right = find(b);
    if (left === null || right === null || left === right) continue;
    const pair: readonly [Posting, Posting] = byTime(left, right) <= 0 ? [left, right] : [right, left];
    last.set(pairKey(...pair), { kind, pair, order });
  }
  const forced: Forced[] = [];
  const barred = new Map<string, number>();
  for (const [key, { kind, pair, order }] of last) {
    const [older, newer] = pair;
    if (kind === 'unlink') barred.set(key, order);
    else {
      const retitled = older.titleKey !== newer.titleKey;
      const call = (posting: Posting): string => (retitled ? withTitle(posting) : say(posting));
      const detail = `${call(newer)} was linked to ${call(older)} by hand`;
      forced.push({ older, newer, reason: 'correction', detail, rank: -1, order });
    }
  }
  return { forced: forced.sort((a, b) => a.order - b.order), barred };
}

function withTitle(posting: Posting): string {
  return `${say(posting)} of “${shorten(posting.revision.title, 80)}”`;
}

function pairKey(a: Posting, b: Posting): string {
  const [left, right] = [a.revision.id, b.revision.id].sort();
  return `${left}\n${right}`;
}

function byChangeId(postings: readonly Posting[]): readonly Candidate[] {
  const before = new Map<string, Posting[]>();
  return postings.flatMap((newer): Candidate[] => {
    if (newer.changeId === null) return [];
    const detail = `both have the change-id ${newer.changeId}`;
    const known = before.get(newer.changeId) ?? [];
    before.set(newer.changeId, [...known, newer].slice(-MOST_OF_CHANGE_ID));
    return known.map((older) => ({ older, newer, reason: 'change-id', detail, rank: 0 }));
  });
}

/** Surest first; then the versions next to each other, those with most in common, and the nearest in time. */
function byTrust(a: Candidate, b: Candidate): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  const step = (one: Candidate): number => Math.abs(one.newer.version - one.older.version);
  if (step(a) !== step(b)) return step(a) - step(b);
  // Of a series and one patch split off it, both numbered v4, the one that kept most patches continues.
  if (a.share !== b.share) return (b.share ?? 0) - (a.share ?? 0);
  const gap = apart(a.older, a.newer) - apart(b.older, b.newer);
  if (gap !== 0) return gap;
  const key = (one: Candidate): string => `${pairKey(one.older, one.newer)}\n${one.reason}`;
  return key(a) < key(b) ? -1 : 1;
}

/**
 * Tries the candidates in turn; returns those that joined two groups, and those that could not because of what the two contain. What a
 * person joined comes last, so that it joins two complete works: tried first, the v1 of one would keep out the v1 of the other.
 */
function join(
  postings: readonly Posting[],
  candidates: readonly Candidate[],
  forced: readonly Forced[],
  barred: ReadonlyMap<string, number>,
): { chosen: readonly Candidate[]; refused: readonly Candidate[] } {
  const groups = new Map<Posting, Posting[]>(postings.map((posting) => [posting, [posting]]));
  const chosen: Candidate[] = [];
  const refused: Candidate[] = [];
  const groupOf = (posting: Posting): Posting[] => groups.get(posting) ?? [];
  const take = (candidate: Candidate): void => {
    const left = groupOf(candidate.older);
    const right = groupOf(candidate.newer);
    left.push(...right);
    for (const posting of right) groups.set(posting, left);
    chosen.push(candidate);
  };
  for (const candidate of candidates) {
    const [left, right] = [groupOf(candidate.older), groupOf(candidate.newer)];
    if (left === right || isBarred(left, right, barred, -1)) continue;
    if (left.length + right.length <= MOST_REVISIONS && agree(left, right, candidate)) take(candidate);
    else refused.push(candidate);
  }
  for (const link of forced) {
    const [left, right] = [groupOf(link.older), groupOf(link.newer)];
    if (left !== right && !isBarred(left, right, barred, link.order)) take(link);
  }
  return { chosen, refused };
}

/** Whether a person separated two that would be joined, and decided that after `order`. */
function isBarred(
  left: readonly Posting[],
  right: readonly Posting[],
  barred: ReadonlyMap<string, number>,
  order: number,
): boolean {
  if (barred.size === 0) return false;
  return left.some((a) => right.some((b) => (barred.get(pairKey(a, b)) ?? -1) > order));
}

function agree(left: readonly Posting[], right: readonly Posting[], candidate: Candidate): boolean {
  return left.every((a) =>
    right.every((b) =>
      sameVersion(a, b) ? mayShareNumber(a, b, candidate) : WRITTEN.has(candidate.reason) || inOrder(a, b),
    ),
  );
}

/** Two postings of one number are one version sent twice, or one of the two says that it replaces the other. */
function mayShareNumber(a: Posting, b: Posting, { reason, older, newer }: Candidate): boolean {
  if (a.changeId !== null && b.changeId !== null && a.changeId !== b.changeId) return false;
  if (isResend(a, b)) return true;
  const named = (a === older && b === newer) || (a === newer && b === older);
  if (reason === 'supersedes') return named;
  return a.changeId !== null && a.changeId === b.changeId && resemble(a, b);
}

/** Not a v1 long after the v3 of the same stage: that is a new piece of work under an old title. */
function inOrder(a: Posting, b: Posting): boolean {
  if (a.revision.rfc !== b.revision.rfc || a.time === null || b.time === null) return true;
  const [older, newer] = a.version < b.version ? [a, b] : [b, a];
  return (older.time ?? 0) - (newer.time ?? 0) <= clockSlack(a, b);
}
