import { Readable, Writable } from 'node:stream';
import { runCli } from '../../src/bot/cli/cli.js';
import type { CliIo } from '../../src/bot/cli/io.js';
import { commands } from '../../src/bot/commands/commands.js';

/** What a command line left behind. */
export interface CliRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSetting {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly now?: string;
  readonly columns?: number;
  /** Standard output is a terminal; absent: a pipe. */
  readonly isTty?: boolean;
}

function collector(): Writable & { text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return Object.assign(stream, { text: () => Buffer.concat(chunks).toString('utf8') });
}

/** Runs one command line in this process, away from the terminal, the environment and the clock. */
export async function cli(argv: readonly string[], setting: CliSetting = {}): Promise<CliRun> {
  const stdout = collector();
  const stderr = collector();
  const io: CliIo = {
    stdin: Readable.from([setting.stdin ?? '']),
    stdout,
    stderr,
    env: setting.env ?? {},
    nowMs: () => Date.parse(setting.now ?? '2026-11-17T00:00:00Z'),
    columns: setting.columns ?? 80,
    isTty: setting.isTty ?? false,
    color: false,
    pager: null,
  };
  const status = await runCli(commands, argv, io);
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}
