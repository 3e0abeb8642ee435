import type { LinkReason } from './group.js';
import type { Posting } from './posting.js';

/** A reason to consider two postings one piece of work, not yet weighed against the others. */
export interface Candidate {
  readonly older: Posting;
  readonly newer: Posting;
  readonly reason: LinkReason;
  readonly detail: string;
  /** Order of trust: lower is surer. */
  readonly rank: number;
  /** Within one rank and step of version: how much the two have in common, 0 to 1; 0 if that is not compared. */
  readonly share?: number;
}

/** Looks a Message-ID up: the posting that it is in. */
export type FindPosting = (id: string) => Posting | null;

/** How many postings under one title or patch title are compared, nearest in time first. */
const MOST_NEIGHBOURS = 12;

/** Makes the look-up over all members. Replies are not followed: that they are here may not be known to the caller. */
export function indexMembers(postings: readonly Posting[]): FindPosting {
  const byMember = new Map<string, Posting>();
  for (const posting of postings) for (const id of posting.revision.members) byMember.set(id, posting);
  return (id) => byMember.get(id) ?? null;
}

/** Puts a posting into the group of a key, once. */
export function enter(rooms: Map<string, Posting[]>, key: string, posting: Posting): void {
  const room = rooms.get(key);
  if (room === undefined) rooms.set(key, [posting]);
  else if (room.at(-1) !== posting) room.push(posting);
}

/** Pairs of a group that are close in time; undated ones are close to the first and the last. */
export function neighbours(room: readonly Posting[]): readonly (readonly [Posting, Posting])[] {
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
