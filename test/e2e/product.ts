import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SEEDS = join(ROOT, '../shared/seeds');

/** The product, built and installed in a separate folder. */
export interface Product {
  readonly folder: string;
  /** Mail that holds the series foll_pin, for SOURCES. */
  readonly seeds: string;
  /** `covernote run` as its operator starts it, in a folder of the operator's: configured only by the environment. */
  run(folder: string, env: Readonly<Record<string, string>>): RunningProduct;
  remove(): void;
}

export interface RunningProduct {
  /** Everything that it wrote so far. */
  output(): string;
  /** Its exit status, once it has ended; null if a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, and waits. */
  stop(): Promise<number | null>;
  /** Ends it without a word. */
  kill(): Promise<void>;
}

export async function buildProduct(): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-e2e-'));
  const args = ['--import', 'tsx', 'scripts/build.ts', '--out', join(folder, 'dist')];
  await promisify(execFile)(process.execPath, args, { cwd: ROOT });
  for (const name of ['bin', 'examples', 'package.json'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    seeds: existsSync(SEEDS) ? SEEDS : join(folder, 'examples/mail'),
    run: (cwd, env) =>
      start(join(folder, 'bin/covernote.js'), cwd, {
        MAINTAINERS: join(folder, 'examples/MAINTAINERS'),
        TZ_DEFAULT: zoneFarFromNine(),
        ...env,
      }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Digests are sent at nine local time by default: a test does not wait for that. */
function zoneFarFromNine(): string {
  const hour = new Date().getUTCHours();
  return hour === 8 || hour === 9 ? 'Asia/Tokyo' : 'UTC';
}

function start(program: string, cwd: string, env: Readonly<Record<string, string>>): RunningProduct {
  const child: ChildProcess = spawn(process.execPath, [program, 'run'], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (written += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    output: () => written,
    ended,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
