import { UserError } from '../../digest/failure/failure.js';
import { messageIdIn } from '../../digest/mail/message-id-in.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { readBlobs } from './git-blobs.js';
import type { GitCursor } from './git-cursor.js';
import { commitDates, commitsBetween, mirrorHead, removalsIn } from './git-history.js';
import type { GitList } from './git-list.js';
import type { GitMirror } from './git-mirror.js';
import { fetchHead, OBJECT_ID } from './git-refs.js';
import { isoOfSeconds, mailEvent } from './mail-event.js';

/** Commits that are read at a time to fill holes. */
const GROUP = 200;

type FirstPosition = (list: GitList, request: ReadRequest) => AsyncGenerator<SourceEvent, GitCursor>;

/**
 * What a list holds: of the epochs that are mirrored, from where the mirrors begin; if none is, of those that a first reading would
 * mirror. Older epochs were read to their end and are not kept.
 */
export function auditGit(list: GitList, firstPosition: FirstPosition): NonNullable<MailSource['audit']> {
  return {
    async *ids(request) {
      const { since, signal } = request;
      const from = since === null ? null : Date.parse(since) / 1000;
      let epoch = (await list.mirrored())[0] ?? (await silently(firstPosition(list, request))).epoch;
      for (; !signal.aborted; epoch++) {
        const head = await fetchHead(list.client, list.address, epoch, signal);
        if (head === 'absent') return void (await list.about(signal));
        if (head === null) continue;
        await silently(list.update(epoch, { head, after: null, since }, signal));
        for await (const { id, messageId, seconds } of heldMails(list.mirrorOf(epoch), signal))
          if (from === null || seconds >= from) yield { messageId, at: `${epoch}:${id}` };
      }
    },
    async *fetch(at, signal) {
      const { address } = await list.about(signal);
      for (const [epoch, ids] of byEpoch(at)) {
        const mirror = list.mirrorOf(epoch);
        for (let from = 0; from < ids.length; from += GROUP) {
          const commits = commitDates(mirror, ids.slice(from, from + GROUP), signal);
          for await (const { commit, blob } of readBlobs(mirror, commits, 'm', signal)) {
            const where = `${list.source}, epoch ${epoch}, commit ${commit.id.slice(0, 12)}`;
            if (blob !== null)
              yield mailEvent(blob, { where, receivedAt: isoOfSeconds(commit.seconds), list: address });
          }
        }
      }
    },
  };
}

/** The result alone: an audit has no progress to show. */
async function silently<Result>(work: AsyncGenerator<SourceEvent, Result>): Promise<Result> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

/** The mails of a mirror that were not taken out after they had come. */
async function* heldMails(
  mirror: GitMirror,
  signal: AbortSignal,
): AsyncGenerator<{ readonly id: string; readonly messageId: string; readonly seconds: number }> {
  const upTo = await mirrorHead(mirror, signal);
  if (upTo === null) return;
  /** How often each is still going to be removed. */
  const removals = new Map<string, number>();
  const removing = new Map<string, string>();
  for await (const { commit, blob } of readBlobs(mirror, removalsIn(mirror, upTo, signal), 'd', signal)) {
    const messageId = blob === null ? null : messageIdIn(blob.raw);
    if (messageId === null) continue;
    removals.set(messageId, (removals.get(messageId) ?? 0) + 1);
    removing.set(commit.id, messageId);
  }
  const commits = commitsBetween(mirror, null, upTo, signal);
  for await (const { commit, blob } of readBlobs(mirror, commits, 'm', signal)) {
    const removed = removing.get(commit.id);
    if (removed !== undefined) removals.set(removed, (removals.get(removed) ?? 0) - 1);
    const messageId = blob === null ? null : messageIdIn(blob.raw);
    if (messageId !== null && (removals.get(messageId) ?? 0) === 0)
      yield { id: commit.id, messageId, seconds: commit.seconds };
  }
}

function byEpoch(at: readonly string[]): Map<number, string[]> {
  const epochs = new Map<number, string[]>();
  for (const place of at) {
    const [epoch = '', id = ''] = place.split(':');
    if (!/^\d{1,5}$/.test(epoch) || !OBJECT_ID.test(id))
      throw new UserError(
        'bad-place',
        `"${place.slice(0, 100)}" is no place in this source.`,
        'Audit it again.',
      );
    const ids = epochs.get(Number(epoch));
    if (ids === undefined) epochs.set(Number(epoch), [id]);
    else ids.push(id);
  }
  return epochs;
}
