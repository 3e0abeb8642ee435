import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The product, built and installed in a folder of its own. */
export interface Product {
  readonly folder: string;
  /** `covernote run` as its operator starts it: nothing but the environment is said. */
  run(env: Readonly<Record<string, string>>): RunningProduct;
  remove(): void;
}

export interface RunningProduct {
  /** Everything that it wrote so far. */
  output(): string;
  /** Asks it to end, and waits. */
  stop(): Promise<number | null>;
  /** Ends it without a word. */
  kill(): Promise<void>;
}

export function buildProduct(): Product {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-e2e-'));
  execFileSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '-p',
      'tsconfig.build.json',
      '--outDir',
      join(folder, 'dist'),
    ],
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  for (const name of ['bin', 'examples', 'package.json'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    run: (env) => start(folder, env),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function start(folder: string, env: Readonly<Record<string, string>>): RunningProduct {
  const child: ChildProcess = spawn(process.execPath, ['bin/covernote.js', 'run'], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (written += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    output: () => written,
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
