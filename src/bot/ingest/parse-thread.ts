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

/** Starts a thread in which mails are read. */
export function startedWorker(file: URL): StartedWorker {
  const shared = new SharedArrayBuffer(8);
  return {
    worker: new Worker(file, { workerData: shared, resourceLimits: LIMITS }),
    at: new Int32Array(shared),
  };
}
