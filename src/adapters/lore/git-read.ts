import { messageIdIn } from '../../digest/mail/message-id-in.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';
import { readBlobs } from './git-blobs.js';
import { writeGitCursor } from './git-cursor.js';
import { type Commit, commitsBetween, countBetween } from './git-history.js';
import type { GitMirror } from './git-mirror.js';
import { CURSOR_MAILS, PROGRESS_MAILS } from './limits.js';
import { isoOfSeconds, mailEvent } from './mail-event.js';

/** Which commits of an epoch to read, and what to say of their mails. */
export interface CommitsToRead {
  readonly mirror: GitMirror;
  readonly epoch: number;
  readonly after: string | null;
  readonly upTo: string;
  /** Mails received before it are left out, in seconds since 1970. */
  readonly notBefore: number | null;
  readonly list: string | null;
  /** `lore+git://lore.kernel.org/kvm, epoch 0`. */
  readonly where: string;
  /** Half of the progress was fetching. */
  readonly halfDone: boolean;
}

/** Yields the mails and removals of commits, oldest first, with a cursor after every few hundred. */
export async function* readCommits(request: CommitsToRead, signal: AbortSignal): AsyncGenerator<SourceEvent> {
  const { mirror, epoch, after, upTo, notBefore, halfDone } = request;
  const total = await countBetween(mirror, after, upTo, signal);
  const tell = (done: number): SourceEvent => ({
    kind: 'progress',
    done: halfDone ? Math.floor((total + done) / 2) : done,
    total,
  });
  const commits = commitsBetween(mirror, after, upTo, signal);
  let done = 0;
  for await (const { commit, blob } of readBlobs(mirror, commits, 'm', signal)) {
    if (signal.aborted) return;
    const where = `${request.where}, commit ${commit.id.slice(0, 12)}`;
    if (blob === null) yield await removal(mirror, commit, where, signal);
    else if (notBefore === null || commit.seconds >= notBefore)
      yield mailEvent(blob, { where, receivedAt: isoOfSeconds(commit.seconds), list: request.list });
    done++;
    if (done % CURSOR_MAILS === 0)
      yield { kind: 'cursor', cursor: writeGitCursor({ epoch, commit: commit.id }) };
    if (done % PROGRESS_MAILS === 0) yield tell(done);
  }
  yield tell(done);
}

/** What a commit without a mail says: its file `d` is the mail that was removed, byte for byte. */
async function removal(
  mirror: GitMirror,
  commit: Commit,
  where: string,
  signal: AbortSignal,
): Promise<SourceEvent> {
  for await (const { blob } of readBlobs(mirror, once(commit), 'd', signal)) {
    const messageId = blob === null ? null : messageIdIn(blob.raw);
    if (messageId !== null) return { kind: 'removed', messageId, where };
  }
  const detail = 'a commit without a mail, and without the Message-ID of a mail that was removed';
  return { kind: 'skipped', where, problem: { code: 'not-mail', detail } };
}

async function* once<Value>(value: Value): AsyncGenerator<Value> {
  yield value;
}
