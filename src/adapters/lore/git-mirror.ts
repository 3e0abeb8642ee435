import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TransientFailure } from '../../digest/failure/failure.js';
import { askGit, type GitSetup, gitFailure, startGit } from './git-process.js';

/** A bare copy of one epoch. */
export interface GitMirror {
  readonly folder: string;
  /** Where it is copied from. */
  readonly url: string;
  readonly setup: GitSetup;
}

/** How much of the history a fetch asks for. */
export type FetchDepth =
  | { readonly kind: 'new' }
  | { readonly kind: 'since'; readonly since: string }
  | { readonly kind: 'depth'; readonly commits: number }
  | { readonly kind: 'deepen'; readonly commits: number };

/** Objects that have come, of so many. */
export interface FetchProgress {
  readonly done: number;
  readonly total: number;
}

/** The one ref of a mirror: the epoch's newest commit when it was last fetched. */
export const MIRROR_HEAD = 'refs/covernote/head';

/** A fetch that receives nothing for this long is abandoned: git's own measure is bytes a second. */
const SILENCE_SECONDS = 60;
/** After this long a lock counts as abandoned, even if a process seems to hold it. */
const LOCK_AGE_MS = 15 * 60 * 1000;

/** Arguments that every call on a mirror begins with. */
export function onMirror(mirror: GitMirror, ...args: readonly string[]): string[] {
  return [`--git-dir=${mirror.folder}`, '--no-replace-objects', ...args];
}

/** Makes the mirror if there is none; half-made ones are made whole. */
export async function prepareMirror(mirror: GitMirror, signal: AbortSignal): Promise<void> {
  const parts = await Promise.all(
    ['HEAD', 'refs', 'objects'].map((name) => exists(join(mirror.folder, name))),
  );
  if (parts.every((isThere) => isThere)) return;
  await mkdir(mirror.folder, { recursive: true });
  const { code, errorText } = await askGit(
    mirror.setup,
    ['init', '--quiet', '--bare', '--template=', '--', mirror.folder],
    signal,
  );
  if (code !== 0 && !signal.aborted) throw gitFailure('git-failed', 'make a mirror', errorText);
}

/**
 * Fetches the epoch's newest commit and what belongs to it, and tells how far it has come. Throws TransientFailure if it cannot:
 * nothing is changed then.
 */
export async function* fetchInto(
  mirror: GitMirror,
  depth: FetchDepth,
  now: number,
  signal: AbortSignal,
): AsyncGenerator<FetchProgress> {
  await clearLeftovers(mirror, now);
  const git = startGit(
    mirror.setup,
    onMirror(mirror, ...FETCH_SETTINGS, 'fetch', ...fetchOptions(depth, mirror.url)),
    signal,
  );
  git.stdin.end();
  git.stdout.resume();
  try {
    await writeFile(groupFile(mirror), String(git.group ?? ''));
    for await (const bytes of git.stderr) {
      const progress = readProgress(String(bytes));
      if (progress !== null) yield progress;
    }
    const { code, errorText } = await git.ended;
    if (code !== 0 && !signal.aborted) throw gitFailure('git-failed', `fetch ${mirror.url}`, errorText);
  } finally {
    await git.stop();
    await rm(groupFile(mirror), { force: true });
  }
}

const FETCH_SETTINGS = [
  '-c',
  'http.lowSpeedLimit=100',
  '-c',
  `http.lowSpeedTime=${SILENCE_SECONDS}`,
  // A tidying up that continues by itself would outlive us, with its locks.
  '-c',
  'gc.autoDetach=false',
  '-c',
  'transfer.fsckObjects=false',
];

function fetchOptions(depth: FetchDepth, url: string): string[] {
  const plain = ['--progress', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--force'];
  const target = ['--end-of-options', url, `+HEAD:${MIRROR_HEAD}`];
  switch (depth.kind) {
    case 'new':
      return [...plain, ...target];
    case 'since':
      return [...plain, `--shallow-since=${depth.since}`, ...target];
    case 'depth':
      return [...plain, `--depth=${depth.commits}`, ...target];
    case 'deepen':
      return [...plain, `--deepen=${depth.commits}`, ...target];
    default:
      return depth satisfies never;
  }
}

/** `Receiving objects:  42% (4200/10000), 1.2 MiB | 3 MiB/s`, the last of them in a piece of output. */
function readProgress(text: string): FetchProgress | null {
  const all = [
    ...text.slice(-2000).matchAll(/Receiving objects:[ ]{1,3}\d{1,3}% \((\d{1,10})\/(\d{1,10})\)/g),
  ];
  const last = all.at(-1);
  return last === undefined ? null : { done: Number(last[1]), total: Number(last[2]) };
}

const groupFile = ({ folder }: GitMirror): string => join(folder, 'covernote-fetch');

/**
 * Takes away what a fetch leaves that was killed together with us: locks, half-written packs. Where such a fetch still runs (it outlived
 * us), TransientFailure `mirror-busy` asks to come again soon.
 */
async function clearLeftovers(mirror: GitMirror, now: number): Promise<void> {
  const left = await leftovers(mirror.folder);
  if (left.length === 0) return;
  if (await isRunning(mirror)) {
    const times = await Promise.all(
      left.map(async (path) => (await stat(path).catch(() => null))?.mtimeMs ?? 0),
    );
    if (times.some((time) => now - time < LOCK_AGE_MS))
      throw new TransientFailure('mirror-busy', `Another git is still writing to ${mirror.folder}.`, {
        retryAfterMs: 5000,
      });
  }
  for (const path of left) await rm(path, { force: true, recursive: true });
}

async function leftovers(folder: string): Promise<string[]> {
  const inFolder = async (name: string, matches: (name: string) => boolean) =>
    (await readdir(join(folder, name)).catch(() => []))
      .filter(matches)
      .map((file) => join(folder, name, file));
  const isLock = (name: string) => name.endsWith('.lock');
  return [
    ...(await inFolder('.', (name) => isLock(name) || name === 'gc.pid')),
    ...(await inFolder('refs/covernote', isLock)),
    ...(await inFolder('objects', (name) => isLock(name) || name.startsWith('tmp_'))),
    ...(await inFolder(
      'objects/pack',
      (name) => isLock(name) || name.startsWith('tmp_') || name.startsWith('.tmp-'),
    )),
  ];
}

async function isRunning(mirror: GitMirror): Promise<boolean> {
  const group = Number(await readFile(groupFile(mirror), 'utf8').catch(() => ''));
  if (!Number.isInteger(group) || group <= 1) return false;
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
