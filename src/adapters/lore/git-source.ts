import { createHash } from 'node:crypto';
import { TransientFailure } from '../../digest/failure/failure.js';
import { messageIdIn } from '../../digest/mail/message-id-in.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { MAX_EPOCH } from '../../digest/text/bounded-number.js';
import { auditGit } from './git-audit.js';
import { readBlobs } from './git-blobs.js';
import { type GitCursor, readGitCursor, writeGitCursor } from './git-cursor.js';
import {
  type Commit,
  commitsBetween,
  hasCommit,
  isAncestor,
  isShallow,
  lastShared,
  mirrorHead,
} from './git-history.js';
import { createGitList, type GitList, type LoreGitOptions } from './git-list.js';
import type { GitMirror } from './git-mirror.js';
import { readCommits } from './git-read.js';
import { fetchHead, newestEpoch } from './git-refs.js';

export type { LoreGitOptions } from './git-list.js';

/** How often covernote checks for the epoch after the newest one: a busy list fills one in half a year. */
const NEXT_EPOCH_MS = 30 * 60 * 1000;

/**
 * A list of a public-inbox server over git, as `lore+git://HOST/LIST`: complete, in the order of the archive, with removals. Each epoch is
 * mirrored into a bare repository below `folder`; a check without news costs one request of about 400 bytes. Throws UserError if the
 * address is wrong, there is no such list or no git; TransientFailure for what a retry fixes.
 */
export function openLoreGit(source: string, options: LoreGitOptions): MailSource {
  const list = createGitList(source, options);
  return {
    name: source,
    async *read(request: ReadRequest = { cursor: null, since: null, signal: new AbortController().signal }) {
      try {
        yield* follow(list, request);
      } catch (error) {
        if (!request.signal.aborted) throw error;
      }
    },
    audit: auditGit(list, firstPosition),
  };
}

async function* follow(list: GitList, request: ReadRequest): AsyncGenerator<SourceEvent> {
  const { cursor, signal } = request;
  const since = cursor === null ? request.since : null;
  let position = cursor === null ? yield* firstPosition(list, request) : readGitCursor(cursor);
  if (cursor !== null) await forgetRead(list, position.epoch);
  while (!signal.aborted) {
    position = yield* readEpoch(list, position, since, signal);
    if (!(await hasNextEpoch(list, position, signal))) break;
    // What was written between our two looks, just before the archive began its next epoch.
    position = yield* readEpoch(list, position, since, signal);
    position = { epoch: position.epoch + 1, commit: null };
  }
  if (!signal.aborted) yield { kind: 'cursor', cursor: writeGitCursor(position) };
}

/** Where a first reading begins: the first epoch, or the one in which `since` falls; all epochs from there are mirrored then. */
async function* firstPosition(
  list: GitList,
  { since, signal }: ReadRequest,
): AsyncGenerator<SourceEvent, GitCursor> {
  const newest = await newestEpoch(list.client, list.address, signal);
  let epoch = since === null ? 0 : (newest ?? 0);
  for (; epoch > 0 && !signal.aborted; epoch--) {
    const head = await fetchHead(list.client, list.address, epoch, signal);
    if (head === 'absent' || head === null) continue;
    yield* list.update(epoch, { head, after: null, since }, signal);
    if (await isShallow(list.mirrorOf(epoch), signal)) break;
  }
  return { epoch, commit: null };
}

/** Epochs that were read to their end: their mirrors are no longer needed. */
async function forgetRead(list: GitList, before: number): Promise<void> {
  for (const epoch of await list.mirrored()) if (epoch < before) await list.forget(epoch);
}

/** Whether there is a next epoch; checked at intervals, and again immediately after one was found. */
async function hasNextEpoch(
  list: GitList,
  { epoch, commit }: GitCursor,
  signal: AbortSignal,
): Promise<boolean> {
  const { client, address, now } = list;
  const isDue = list.nextCheckedAt === null || Math.abs(now() - list.nextCheckedAt) >= NEXT_EPOCH_MS;
  if (!isDue || (commit === null && epoch === 0) || epoch >= MAX_EPOCH) return false;
  const next = await fetchHead(client, address, epoch + 1, signal);
  list.nextCheckedAt = next === 'absent' ? now() : null;
  return next !== 'absent';
}

/** Reads what an epoch has after the position, and gives the position after it. */
async function* readEpoch(
  list: GitList,
  position: GitCursor,
  since: string | null,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent, GitCursor> {
  const { epoch, commit } = position;
  const head = await fetchHead(list.client, list.address, epoch, signal);
  if (head === 'absent') return await stayAt(list, position, signal);
  if (head === null || head === commit) return position;
  const halfDone = yield* list.update(epoch, { head, after: commit, since }, signal);
  const mirror = list.mirrorOf(epoch);
  const where = `${list.source}, epoch ${epoch}`;
  try {
    const upTo = await mirrorHead(mirror, signal);
    if (upTo === null || signal.aborted) return position;
    const kept =
      commit === null ||
      ((await hasCommit(mirror, commit, signal)) && (await isAncestor(mirror, commit, upTo, signal)));
    if (signal.aborted) return position;
    const rewritten = kept ? null : await compareHistories(mirror, commit, upTo, signal);
    // Half a comparison would take what it did not see for gone.
    if (signal.aborted) return position;
    for (const messageId of rewritten?.gone ?? [])
      yield { kind: 'removed', messageId, where: `${where}, whose history was rewritten` };
    const notBefore = since === null ? (rewritten?.notBefore ?? null) : Date.parse(since) / 1000;
    const after = rewritten === null ? commit : rewritten.shared;
    const { address } = await list.about(signal);
    yield* readCommits({ mirror, epoch, after, upTo, notBefore, list: address, where, halfDone }, signal);
    return { epoch, commit: upTo };
  } catch (error) {
    // It is only a copy: what was read is in the database, and the rest is fetched again.
    if (error instanceof TransientFailure && error.code === 'mirror-damaged') await list.forget(epoch);
    throw error;
  }
}

/** There is no such epoch: the list has no mail yet, is not there at all (UserError), or its server has a problem. */
async function stayAt(list: GitList, position: GitCursor, signal: AbortSignal): Promise<GitCursor> {
  await list.about(signal);
  if (position.commit === null) return position;
  const { host } = list.address;
  throw new TransientFailure(
    'not-found',
    `${host} does not show epoch ${position.epoch} of ${list.address.list}.`,
  );
}

/** What happened to a history that no longer has the commit that was read last. */
interface Rewritten {
  /** The last commit that stayed; null if none did. What follows it is to be read again. */
  readonly shared: string | null;
  /** Mails received before it were never read, in seconds since 1970: the mirror has no more of the past; null if it has all. */
  readonly notBefore: number | null;
  /** Message-IDs of mails that are gone, or are there with other content now. */
  readonly gone: readonly string[];
}

/** Received times sometimes go backwards by hours. */
const DAY_SECONDS = 86_400;

/**
 * Compares the history that was read, up to `old`, with the one that the archive has now (`head`): a mail was purged or edited there
 * (public-inbox-purge, public-inbox-edit), or the list was rebuilt. Has the ids of what differs.
 */
async function compareHistories(
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
  for await (const { commit, blob } of readBlobs(mirror, commits, 'm', signal)) {
    const id = blob === null ? null : messageIdIn(blob.raw);
    if (blob === null || id === null) continue;
    hashes.set(id, createHash('sha256').update(blob.raw).digest('base64url').slice(0, 22));
    earliest = Math.min(earliest ?? commit.seconds, commit.seconds);
  }
  return { hashes, earliest };
}
