import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Where `npm run build` puts the thread in which mails are read. */
export const PARSE_WORKER = new URL('./parse-worker.js', import.meta.url);

/** Small heaps are collected more often; a worker that outgrows them on one mail dies over it, and the mail is named. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 12 };

export interface StartedWorker {
  readonly worker: Worker;
  /** Where it notes which mail it has at hand. */
  readonly at: Int32Array;
}

let early: { readonly file: URL; readonly started: StartedWorker } | null = null;

/**
 * Starts the thread of the next parser before the program that will ask for one is even loaded: the two take equally long. Where
 * nobody comes for it, it ends with the process.
 */
export function startEarly(file = PARSE_WORKER): void {
  if (!existsSync(fileURLToPath(file))) return;
  const started = start(file);
  early = { file, started };
  started.worker.unref();
  // The one that is started in its place tells what is wrong.
  started.worker.on('error', noEarly);
  started.worker.on('exit', noEarly);
}

/** The thread that was started early, else a new one. */
export function startedWorker(file: URL): StartedWorker {
  if (early?.file.href !== file.href) return start(file);
  const { started } = early;
  early = null;
  started.worker.off('error', noEarly).off('exit', noEarly).ref();
  return started;
}

function noEarly(): void {
  early = null;
}

function start(file: URL): StartedWorker {
  const shared = new SharedArrayBuffer(8);
  return {
    worker: new Worker(file, { workerData: shared, resourceLimits: LIMITS }),
    at: new Int32Array(shared),
  };
}
