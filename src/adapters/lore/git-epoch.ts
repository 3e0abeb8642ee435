import { TransientFailure } from '../../digest/failure/failure.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';
import { commitsBetween, hasCommit, isShallow, mirrorHead } from './git-history.js';
import { type FetchDepth, fetchInto, type GitMirror, prepareMirror } from './git-mirror.js';

type Progress = Extract<SourceEvent, { kind: 'progress' }>;

/** What bringing a mirror up to date needs to know. */
export interface FetchWish {
  /** The newest commit that the server has. */
  readonly head: string;
  /** The commit that was read last; null: from the epoch's beginning, or from `since`. */
  readonly after: string | null;
  /** ISO UTC; if nothing was read yet: mail received before it is not read. */
  readonly since: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Commits older than what is requested that must be at the beginning of a shallow mirror, each of them received too early. Received times
 * sometimes go backwards (an imported mail of 2018 between those of today), and git's own `--shallow-since` stops at the first such mail.
 */
const MARGIN = 200;
/** With how many commits a lost mirror begins again. */
const FIRST_DEPTH = 1000;

/** Fetches what is requested, and no more of the epoch's past than that. Each mail has three objects: that is how mails are counted here. */
export async function* bringUpToDate(
  mirror: GitMirror,
  { head, after, since, now }: FetchWish,
  signal: AbortSignal,
): AsyncGenerator<Progress> {
  await prepareMirror(mirror, signal);
  const fetch = async function* (depth: FetchDepth): AsyncGenerator<Progress> {
    for await (const { done, total } of fetchInto(mirror, depth, now, signal))
      yield { kind: 'progress', done: Math.floor(done / 6), total: Math.ceil(total / 3) };
  };
  const here = await mirrorHead(mirror, signal);
  if (here === null) yield* fetchFirst(fetch, after, since);
  else if (here !== head) yield* fetch({ kind: 'new' });
  if (after !== null) yield* reach(mirror, after, fetch, signal);
  else if (since !== null) yield* reachBack(mirror, since, fetch, signal);
}

type Fetch = (depth: FetchDepth) => AsyncGenerator<Progress>;

async function* fetchFirst(
  fetch: Fetch,
  after: string | null,
  since: string | null,
): AsyncGenerator<Progress> {
  if (after !== null) yield* fetch({ kind: 'depth', commits: FIRST_DEPTH });
  else if (since === null) yield* fetch({ kind: 'new' });
  else {
    try {
      yield* fetch({ kind: 'since', since });
    } catch (error) {
      if (!(error instanceof TransientFailure) || error.code !== 'git-failed') throw error;
      // A server refuses where no commit is so young; an outage shows again here.
      yield* fetch({ kind: 'depth', commits: MARGIN });
    }
  }
}

/** Deepens until a commit is there, or all of the epoch: then history was rewritten. */
async function* reach(
  mirror: GitMirror,
  commit: string,
  fetch: Fetch,
  signal: AbortSignal,
): AsyncGenerator<Progress> {
  for (let commits = FIRST_DEPTH; !signal.aborted; commits *= 2) {
    if ((await hasCommit(mirror, commit, signal)) || !(await isShallow(mirror, signal))) return;
    yield* fetch({ kind: 'deepen', commits });
  }
}

/** Deepens until the mirror's oldest commits are all older than `since`, or it has the whole epoch. */
async function* reachBack(
  mirror: GitMirror,
  since: string,
  fetch: Fetch,
  signal: AbortSignal,
): AsyncGenerator<Progress> {
  const from = Date.parse(since) / 1000;
  for (let commits = MARGIN; !signal.aborted && (await isShallow(mirror, signal)); commits *= 2) {
    if (!(await oldestHolds(mirror, from, signal))) return;
    yield* fetch({ kind: 'deepen', commits });
  }
}

/** Whether one of the oldest commits of the mirror is not older than `from`. */
async function oldestHolds(mirror: GitMirror, from: number, signal: AbortSignal): Promise<boolean> {
  const head = await mirrorHead(mirror, signal);
  if (head === null) return false;
  let looked = 0;
  for await (const { seconds } of commitsBetween(mirror, null, head, signal)) {
    if (seconds >= from) return true;
    if (++looked >= MARGIN) return false;
  }
  return false;
}
