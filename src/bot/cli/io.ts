import type { Readable, Writable } from 'node:stream';

/** What the command line knows of the world outside, so that tests can stand in for it. */
export interface CliIo {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
  /** Columns of the terminal; 80 where there is none. */
  readonly columns: number;
  readonly isTty: boolean;
  readonly color: boolean;
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
  };
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

/** One JSON object on one line. */
export function writeJson(io: CliIo, value: unknown): Promise<void> {
  return write(io.stdout, `${JSON.stringify(value)}\n`);
}
