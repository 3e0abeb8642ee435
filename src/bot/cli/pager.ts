import { spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import type { CliIo } from './io.js';

/** Where a command writes, until `end`: the pager is started with the first words and waited for. */
export interface Output {
  readonly out: Writable;
  end(): Promise<void>;
}

export function plainOutput({ stdout }: CliIo): Output {
  return { out: stdout, end: async () => undefined };
}

/**
 * Output through a pager. `less` keeps colors and leaves what fits one screen on it, as git's does. A pager that can't be started is
 * none; one that the reader leaves early ends the output and is no error.
 */
export function pagedOutput(io: CliIo, pager: string): Output {
  let started: { readonly stdin: Writable; readonly closed: Promise<void> } | null = null;
  const start = () => {
    const child = spawn(pager, {
      shell: true,
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { ...io.env, LESS: io.env.LESS ?? 'FRX' },
    });
    const closed = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    });
    // The reader left before the end.
    child.stdin.on('error', () => out.destroy());
    void closed.then(() => out.destroy());
    return { stdin: child.stdin, closed };
  };
  const out = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      started ??= start();
      if (started.stdin.write(text)) done();
      else started.stdin.once('drain', done);
    },
  });
  out.on('error', () => undefined);
  return {
    out,
    async end() {
      started?.stdin.end();
      await started?.closed;
    },
  };
}
