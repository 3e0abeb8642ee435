import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CliIo } from './io.js';

/** Where `npm run build` puts the thread in which a command runs. */
const BUILT = new URL('./command-worker.js', import.meta.url);

/**
 * V8 collects a heap by its limit. The main thread's is gigabytes, so it is collected late, and with it the buffers that mail passes
 * through; in a heap of this size the same command keeps 70 MB less. MAINTAINERS and the longest threads fit many times.
 */
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 12 };

/** What the thread is started with: the command line, and what only the main thread knows of the terminal. */
export interface CommandSettings {
  readonly argv: readonly string[];
  readonly terminal: Pick<CliIo, 'columns' | 'isTty' | 'color' | 'pager'>;
}

/** The thread's one message: the command reads stdin. Until then what is typed is left to the shell. */
export const WANTS_STDIN = 'stdin';

/** Runs a command line in a thread with a limited heap; returns its exit status, or null if no thread was built (tests, tsx). */
export function runInThread(
  settings: CommandSettings,
  stdin: CliIo['stdin'],
  file = BUILT,
): Promise<number | null> {
  if (!existsSync(fileURLToPath(file))) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: settings, resourceLimits: LIMITS, stdin: true });
    worker.once('message', () => {
      if (worker.stdin !== null) stdin.pipe(worker.stdin);
    });
    worker.once('error', reject);
    worker.once('exit', (status) => {
      stdin.destroy();
      resolve(status);
    });
  });
}
