import { namedIds } from '../revision/cluster-keys.js';
import { writerKeys } from '../revision/person-key.js';
import { tellingPairs, tellingWords, titleSimilarity } from '../revision/title-key.js';
import { apart, DAY_MS, isResend, overlapOf, precedes, resemble, sameHand, WINDOW_MS } from './alike.js';
import type { Posting } from './posting.js';
import type { LinkReason } from './types.js';

/** A reason to hold two postings for one piece of work, not yet weighed against the others. */
export interface Candidate {
  readonly older: Posting;
  readonly newer: Posting;
  readonly reason: LinkReason;
  readonly detail: string;
  /** Order of trust: lower is surer. */
  readonly rank: number;
}

/** Looks a Message-ID up: the posting that it is in. */
export type FindPosting = (id: string) => Posting | null;

/** How many postings under one title or patch title are compared, nearest in time first. */
const MOST_NEIGHBOURS = 12;
const REWORDED_WINDOW_MS = 120 * DAY_MS;
/** Titles with fewer words in common are two patches of one kind (`add the node of board A`, `… of board B`). */
const REWORDED_SIMILARITY = 0.6;

/** Makes the look-up over all members. Replies are not followed: that they are here may not be known to the caller. */
export function indexMembers(postings: readonly Posting[]): FindPosting {
  const byMember = new Map<string, Posting>();
  for (const posting of postings) for (const id of posting.revision.members) byMember.set(id, posting);
  return (id) => byMember.get(id) ?? null;
}

/** `Supersedes:` lines. */
export function findSupersedes(postings: readonly Posting[], find: FindPosting): readonly Candidate[] {
  return postings.flatMap((newer) =>
    newer.supersedes.flatMap((id): Candidate[] => {
      const older = find(id);
      if (older === null || older === newer) return [];
      const detail = `${say(newer)} says that it supersedes ${id}`;
      return [{ older, newer, reason: 'supersedes', detail, rank: 1 }];
    }),
  );
}

/** Earlier versions that the text names; a number or likeness must bear it out, so that a neighbour's link joins nothing. */
export function findNamed(postings: readonly Posting[], find: FindPosting): readonly Candidate[] {
  return postings.flatMap((newer) =>
    newer.earlier.flatMap(({ id, version }): Candidate[] => {
      const older = find(id);
      if (older === null || older === newer) return [];
      if (older.time !== null && newer.time !== null && older.time > newer.time + 14 * DAY_MS) return [];
      // Backports name the original, and so does other people's follow-up work: that is no earlier version.
      if (newer.backport && !older.backport) return [];
      if (!sameHand(older, newer) && !newer.versionSaid && !older.revision.rfc) return [];
      if (contradicts(older, newer)) return [];
      const lower =
        version !== null && (version < newer.version || (older.revision.rfc && !newer.revision.rfc));
      const alike = resemble(older, newer);
      if (!lower && !alike && !(sameHand(older, newer) && older.version < newer.version)) return [];
      const as = version === null ? 'an earlier version' : `v${version}`;
      const detail = `the letter of ${say(newer)} names ${id} as ${as}`;
      return [
        { older, newer, reason: 'link-in-text', detail, rank: sameHand(older, newer) || alike ? 3 : 4 },
      ];
    }),
  );
}

/**
 * The posting behind a link bears a number that is not lower than ours, and is of something else: a v4 that says
 * "v1: <link>" and links the v4 of another series is a slip.
 */
function contradicts(older: Posting, newer: Posting): boolean {
  if (!older.versionSaid || older.version < newer.version || older.revision.rfc !== newer.revision.rfc)
    return false;
  return titleSimilarity(older.titleKey, newer.titleKey) < 0.5 && overlapOf(older, newer).shared === 0;
}

/** Postings sent as an answer into the thread of an older one. */
export function findThreaded(postings: readonly Posting[], find: FindPosting): readonly Candidate[] {
  return postings.flatMap((newer) => {
    if (newer.head === null) return [];
    const seen = new Set<Posting>([newer]);
    const candidates: Candidate[] = [];
    for (const id of namedIds(newer.head).toReversed()) {
      const older = find(id);
      if (older === null || seen.has(older)) continue;
      seen.add(older);
      const rank = threadRank(older, newer);
      if (rank === null) continue;
      const partial = isPartialReroll(older, newer);
      const reason = partial ? 'partial-reroll' : 'thread';
      const detail = partial
        ? `${say(newer)} sends some patches of ${say(older)} again, as answers to them`
        : `${say(newer)} was sent as an answer into the thread of ${say(older)}`;
      candidates.push({ older, newer, reason, detail, rank });
    }
    return candidates;
  });
}

/** 2 for a likely new version, 9 for one that only its number speaks for, null for other work (G13). */
function threadRank(older: Posting, newer: Posting): number | null {
  if (older.kind === 'pull' || newer.kind === 'pull') return null;
  const alike = titleSimilarity(older.titleKey, newer.titleKey);
  const { shared, ofSmaller } = overlapOf(older, newer);
  const same = sameHand(older, newer);
  const later = precedes(older, newer);
  if (!later) return isResend(older, newer) ? 2 : null;
  if (!same)
    return ofSmaller >= 0.5 && (newer.versionSaid || shared > 1) && newer.version > older.version ? 2 : null;
  if (isPartialReroll(older, newer) || alike >= 0.4 || ofSmaller >= 0.3) return 2;
  return newer.versionSaid && newer.version > older.version && newer.version - older.version <= 1 ? 9 : null;
}

/** Some patches of an older version sent again on their own under the same counters (G10, v5.1). */
export function isPartialReroll(older: Posting, newer: Posting): boolean {
  const { revision } = newer;
  if (revision.coverId !== null || revision.total < 2 || revision.total !== older.revision.total)
    return false;
  const here = revision.slots.filter((slot) => slot.id !== null).length;
  return here < revision.total && newer.version > older.version && sameHand(older, newer);
}

/** The same title by the same hand, or `(was: …)`. */
export function findTitled(postings: readonly Posting[]): readonly Candidate[] {
  const rooms = new Map<string, Posting[]>();
  for (const posting of postings) {
    if (posting.titleKey === '') continue;
    for (const who of writerKeys(posting.writer)) {
      enter(rooms, `${posting.titleKey}|${who}`, posting);
      if (posting.wasKey !== null) enter(rooms, `${posting.wasKey}|${who}`, posting);
    }
    if (tellingWords(posting.titleKey) >= 5) enter(rooms, posting.titleKey, posting);
  }
  return [...rooms.values()].flatMap((room) =>
    neighbours(room).flatMap(([a, b]): Candidate[] => {
      const [older, newer] = precedes(b, a) ? [b, a] : [a, b];
      const rank = titleRank(older, newer);
      if (rank === null) return [];
      const was = newer.titleKey !== older.titleKey;
      const detail = was
        ? `${say(newer)} says that its title was that of ${say(older)}`
        : `${say(newer)} has the title of ${say(older)}${sameHand(older, newer) ? ' and its author' : ''}`;
      return [{ older, newer, reason: was ? 'was-title' : 'title', detail, rank }];
    }),
  );
}

function titleRank(older: Posting, newer: Posting): number | null {
  if (apart(older, newer) > WINDOW_MS || older.backport !== newer.backport) return null;
  const resent = newer.revision.resend || older.revision.resend;
  if (newer.backport && newer.version === older.version && !resent) return null;
  const pulls = (older.kind === 'pull' ? 1 : 0) + (newer.kind === 'pull' ? 1 : 0);
  if (pulls === 1) return null;
  if (pulls === 2 && (!precedes(older, newer) || apart(older, newer) > 30 * DAY_MS)) return null;
  if (sameHand(older, newer)) return precedes(older, newer) ? 5 : isResend(older, newer) ? 6 : null;
  const { ofSmaller, shared } = overlapOf(older, newer);
  const borneOut = ofSmaller >= 0.5 && (shared > 1 || tellingWords(newer.titleKey) >= 5);
  return borneOut && newer.versionSaid && newer.version > older.version && precedes(older, newer) ? 7 : null;
}

/** The next number within weeks, by the same hand under a title that changed a word or two. */
export function findReworded(postings: readonly Posting[]): readonly Candidate[] {
  const rooms = new Map<string, Posting[]>();
  for (const posting of postings) {
    if (posting.backport || posting.kind === 'pull') continue;
    for (const pair of tellingPairs(posting.revision.title)) enter(rooms, pair, posting);
  }
  return [...rooms.values()].flatMap((room) =>
    neighbours(room).flatMap(([a, b]): Candidate[] => {
      const [older, newer] = precedes(b, a) ? [b, a] : [a, b];
      const next = newer.versionSaid && newer.version - older.version === 1 && precedes(older, newer);
      if (!next || apart(older, newer) > REWORDED_WINDOW_MS || !sameHand(older, newer)) return [];
      const alike = titleSimilarity(older.titleKey, newer.titleKey);
      if (alike < REWORDED_SIMILARITY || alike === 1) return [];
      const detail = `${say(newer)} has nearly the title of ${say(older)} and its author`;
      return [{ older, newer, reason: 'title', detail, rank: 8 }];
    }),
  );
}

/** Most of the patches are the same, by title or patch-id, though the title is not. */
export function findByPatches(postings: readonly Posting[]): readonly Candidate[] {
  const rooms = new Map<string, Posting[]>();
  for (const posting of postings) {
    if (posting.backport || posting.kind === 'pull') continue;
    for (const key of posting.patchTitles) if (tellingWords(key) >= 2) enter(rooms, `p ${key}`, posting);
    for (const id of posting.patchIds) enter(rooms, `d ${id}`, posting);
  }
  const pairs = new Map<Posting, Set<Posting>>();
  const candidates: Candidate[] = [];
  for (const room of rooms.values())
    for (const [a, b] of neighbours(room)) {
      const met = pairs.get(a) ?? new Set();
      if (met.has(b)) continue;
      pairs.set(a, met.add(b));
      const [older, newer] = precedes(b, a) ? [b, a] : [a, b];
      const candidate = patchCandidate(older, newer);
      if (candidate !== null) candidates.push(candidate);
    }
  return candidates;
}

function patchCandidate(older: Posting, newer: Posting): Candidate | null {
  if (apart(older, newer) > WINDOW_MS) return null;
  const { shared, ofSmaller, ofLarger } = overlapOf(older, newer);
  const later = precedes(older, newer);
  if (!later && !isResend(older, newer)) return null;
  const raised = newer.versionSaid && newer.version > older.version;
  const enough = sameHand(older, newer)
    ? (shared >= 2 && ofSmaller >= 0.5 && (raised || ofLarger >= 0.4)) ||
      (raised && shared >= 1 && (ofLarger >= 0.3 || ofSmaller >= 0.5))
    : raised && shared >= 2 && ofLarger >= 0.5;
  if (!enough) return null;
  const byId = [...newer.patchIds].filter((id) => older.patchIds.has(id)).length >= shared;
  const what = byId ? 'patches unchanged' : 'patches by title';
  const detail = `${say(newer)} shares ${shared} ${what} with ${say(older)}`;
  return { older, newer, reason: byId ? 'patch-ids' : 'patches', detail, rank: ofLarger >= 0.6 ? 7 : 8 };
}

function enter(rooms: Map<string, Posting[]>, key: string, posting: Posting): void {
  const room = rooms.get(key);
  if (room === undefined) rooms.set(key, [posting]);
  else if (room.at(-1) !== posting) room.push(posting);
}

/** Pairs of a room that lie near each other in time; undated ones are near to the first and the last. */
function neighbours(room: readonly Posting[]): readonly (readonly [Posting, Posting])[] {
  if (room.length < 2) return [];
  const sorted = [...room].sort(byTime);
  return sorted.flatMap((a, at) =>
    sorted.slice(at + 1, at + 1 + MOST_NEIGHBOURS).map((b): readonly [Posting, Posting] => [a, b]),
  );
}

/** By date, undated last, then by version and id. */
export function byTime(a: Posting, b: Posting): number {
  const left = a.time ?? Number.POSITIVE_INFINITY;
  const right = b.time ?? Number.POSITIVE_INFINITY;
  if (left !== right) return left < right ? -1 : 1;
  if (a.version !== b.version) return a.version - b.version;
  return a.revision.id < b.revision.id ? -1 : 1;
}

/** A posting in words: `RFC v3`, `v1 resent`. */
export function say({ revision, version }: Posting): string {
  return `${revision.rfc ? 'RFC ' : ''}v${version}${revision.resend ? ' (resent)' : ''}`;
}
