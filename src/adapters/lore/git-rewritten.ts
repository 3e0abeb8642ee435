import { createHash } from 'node:crypto';
import { messageIdIn } from '../../digest/mail/message-id-in.js';
import { readBlobs } from './git-blobs.js';
import { type Commit, commitsBetween, hasCommit, isShallow, lastShared } from './git-history.js';
import type { GitMirror } from './git-mirror.js';

/** What became of a history of which the commit that was read last is no part any more. */
export interface Rewritten {
  /** The last commit that stayed; null where none did. What follows it is to be read again. */
  readonly shared: string | null;
  /** Mails received before it were never read, in seconds since 1970: the mirror has no more of the past; null where it has all. */
  readonly notBefore: number | null;
  /** Message-IDs of mails that are gone, or stand there with other content now. */
  readonly gone: readonly string[];
}

/** Received times go backwards by hours at times. */
const DAY_SECONDS = 86_400;

/**
 * Compares the history that was read, up to `old`, with the one that the archive has now (`head`): a mail was purged or edited there
 * (public-inbox-purge, public-inbox-edit), or the list was made anew. Holds the ids of what differs.
 */
export async function compareHistories(
  mirror: GitMirror,
  old: string,
  head: string,
  signal: AbortSignal,
): Promise<Rewritten> {
  if (!(await hasCommit(mirror, old, signal))) return { shared: null, notBefore: null, gone: [] };
  const shared = await lastShared(mirror, old, head, signal);
  const before = await contents(mirror, commitsBetween(mirror, shared, old, signal), signal);
  const after = await contents(mirror, commitsBetween(mirror, shared, head, signal), signal);
  const gone = [...before.hashes].filter(([id, hash]) => after.hashes.get(id) !== hash).map(([id]) => id);
  const cut = shared === null && before.earliest !== null && (await isShallow(mirror, signal));
  return { shared, notBefore: cut ? (before.earliest ?? 0) - DAY_SECONDS : null, gone };
}

/** A hash of each mail by its Message-ID, and when the earliest of them was received. */
async function contents(
  mirror: GitMirror,
  commits: AsyncIterable<Commit>,
  signal: AbortSignal,
): Promise<{ readonly hashes: ReadonlyMap<string, string>; readonly earliest: number | null }> {
  const hashes = new Map<string, string>();
  let earliest: number | null = null;
  for await (const { asked, blob } of readBlobs(mirror, commits, 'm', signal)) {
    const id = blob === null ? null : messageIdIn(blob.raw);
    if (blob === null || id === null) continue;
    hashes.set(id, createHash('sha256').update(blob.raw).digest('base64url').slice(0, 22));
    earliest = Math.min(earliest ?? asked.seconds, asked.seconds);
  }
  return { hashes, earliest };
}
