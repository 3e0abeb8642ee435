import { createInterface } from 'node:readline';
import { type GitMirror, MIRROR_HEAD, onMirror } from './git-mirror.js';
import { askGit, gitFailure, startGit } from './git-process.js';
import { OBJECT_ID } from './git-refs.js';

/** One commit: one mail, or a removal. */
export interface Commit {
  readonly id: string;
  /** When the list had the mail, in seconds since 1970: the committer's date. It may go backwards from one commit to the next. */
  readonly seconds: number;
}

/** The newest commit that the mirror has; null if it has none. */
export async function mirrorHead(mirror: GitMirror, signal: AbortSignal): Promise<string | null> {
  const { code, out } = await askGit(
    mirror.setup,
    onMirror(mirror, 'rev-parse', '--quiet', '--verify', '--end-of-options', `${MIRROR_HEAD}^{commit}`),
    signal,
  );
  const id = out.trim();
  return code === 0 && OBJECT_ID.test(id) ? id : null;
}

/** Whether the mirror has a commit, and all that its history needs. */
export async function hasCommit(mirror: GitMirror, id: string, signal: AbortSignal): Promise<boolean> {
  const { code } = await askGit(mirror.setup, onMirror(mirror, 'cat-file', '-e', `${id}^{commit}`), signal);
  return code === 0;
}

/** Whether `older` is part of the history of `newer`; the mirror must have both. Throws TransientFailure if the mirror is damaged. */
export async function isAncestor(
  mirror: GitMirror,
  older: string,
  newer: string,
  signal: AbortSignal,
): Promise<boolean> {
  const args = onMirror(mirror, 'merge-base', '--is-ancestor', older, newer);
  const { code, errorText } = await askGit(mirror.setup, args, signal);
  if (code === 0 || code === 1 || signal.aborted) return code === 0;
  throw gitFailure('mirror-damaged', 'compare commits of its mirror', errorText);
}

/** The last commit that two histories share; null if they share none. */
export async function lastShared(
  mirror: GitMirror,
  a: string,
  b: string,
  signal: AbortSignal,
): Promise<string | null> {
  const { code, out } = await askGit(mirror.setup, onMirror(mirror, 'merge-base', a, b), signal);
  const id = out.trim().split('\n')[0] ?? '';
  return code === 0 && OBJECT_ID.test(id) ? id : null;
}

/** Whether the mirror lacks the older part of the epoch. */
export async function isShallow(mirror: GitMirror, signal: AbortSignal): Promise<boolean> {
  const { out } = await askGit(
    mirror.setup,
    onMirror(mirror, 'rev-parse', '--is-shallow-repository'),
    signal,
  );
  return out.trim() === 'true';
}

/** How many commits `commitsBetween` would give. */
export async function countBetween(
  mirror: GitMirror,
  after: string | null,
  upTo: string,
  signal: AbortSignal,
): Promise<number> {
  const { out } = await askGit(
    mirror.setup,
    onMirror(mirror, 'rev-list', '--count', '--end-of-options', ...range(after, upTo)),
    signal,
  );
  return Number(out.trim()) || 0;
}

/** The commits after one and up to another, oldest first: by parentage, never by date. Throws TransientFailure if the mirror is damaged. */
export function commitsBetween(
  mirror: GitMirror,
  after: string | null,
  upTo: string,
  signal: AbortSignal,
): AsyncGenerator<Commit> {
  return listCommits(
    mirror,
    ['--reverse', '--topo-order', '--end-of-options', ...range(after, upTo)],
    signal,
  );
}

/** The commits up to one that removed a mail, and perhaps others. */
export function removalsIn(mirror: GitMirror, upTo: string, signal: AbortSignal): AsyncGenerator<Commit> {
  return listCommits(mirror, ['--end-of-options', upTo, '--', 'd'], signal);
}

/** The same commits with their dates, in the order given. */
export function commitDates(
  mirror: GitMirror,
  ids: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Commit> {
  return listCommits(mirror, ['--no-walk=unsorted', '--end-of-options', ...ids], signal);
}

async function* listCommits(
  mirror: GitMirror,
  which: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Commit> {
  const git = startGit(mirror.setup, onMirror(mirror, 'rev-list', '--timestamp', ...which), signal);
  git.stdin.end();
  try {
    for await (const line of createInterface({ input: git.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
      const [seconds = '', id = ''] = line.split(' ');
      if (OBJECT_ID.test(id)) yield { id, seconds: Number(seconds) };
    }
    const { code, errorText } = await git.ended;
    if (code !== 0 && !signal.aborted)
      throw gitFailure('mirror-damaged', 'list the commits of its mirror', errorText);
  } finally {
    await git.stop();
  }
}

function range(after: string | null, upTo: string): string[] {
  return after === null ? [upTo] : [upTo, `^${after}`];
}
