import type { Readable, Writable } from 'node:stream';

/** What the command line knows of the world outside, so that tests can take its place. */
export interface CliIo {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
  /** Columns of the terminal; 80 without one. */
  readonly columns: number;
  readonly isTty: boolean;
  /** NO_COLOR, TERM and whether stdout is a terminal; `--color` overrides it. */
  readonly color: boolean;
  /** The command line of the pager; null if long output is not to be paged. */
  readonly pager: string | null;
}

export function processIo(): CliIo {
  const { stdout, env } = process;
  const isTty = stdout.isTTY === true;
  return {
    stdin: process.stdin,
    stdout,
    stderr: process.stderr,
    env,
    nowMs: () => Date.now(),
    columns: Math.max(20, (isTty ? stdout.columns : Number(env.COLUMNS)) || 80),
    isTty,
    color: isTty && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
    pager: isTty && env.TERM !== 'dumb' ? pagerOf(env, process.platform) : null,
  };
}

/** PAGER, else less; null for an empty one and for `cat`, and on Windows if none is set. */
export function pagerOf(env: CliIo['env'], platform: NodeJS.Platform): string | null {
  const pager = env.PAGER?.trim() ?? (platform === 'win32' ? '' : 'less');
  return pager === '' || pager === 'cat' ? null : pager;
}

/** Writes and waits until there is room again, so that a slow reader does not fill the memory. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (stream.destroyed || stream.write(text)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      stream.off('error', done);
      resolve();
    };
    stream.once('drain', done);
    stream.once('close', done);
    stream.once('error', done);
  });
}
