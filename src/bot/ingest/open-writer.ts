import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { PreparedMail } from '../../adapters/store/prepared-mail.js';
import { packBatch, unpackFailure, type WriteReply, type WriterSettings } from './batch-messages.js';
import type { BatchCounts, MailSink, MailStore } from './mail-store.js';

/** Stores mails in a separate thread, so that this one stays free to answer. */
export interface MailWriter extends MailSink {
  /** Stores what it was given before, then ends the thread. */
  close(): Promise<void>;
}

export interface WriterOptions {
  /** The longest that one step of deriving may take. */
  readonly stallMs?: number;
  /** The thread's file, for tests. */
  readonly file?: URL;
}

/** With fewer mails each batch is over sooner, and so is every wait for the database: with 40, one in a hundred took 290 ms on a busy machine, now 60 to 120. */
export const WRITER_BATCH_MAILS = 16;
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12 };
/** Deriving ends itself long before; this is for what does not come to its own check. */
const STALL_MS = 60_000;
const BUILT = new URL('./write-worker.js', import.meta.url);

interface Waiting {
  readonly resolve: (counts: BatchCounts) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens a writer over a database that `store` has open here: `ingest(source, writer, { batchSize: WRITER_BATCH_MAILS })`. Mails are
 * written, and series computed, over another connection in another thread; `store` answers meanwhile, sees each batch once it is whole, and
 * waits for at most one batch when it writes itself. Whether a mail is here already is looked up in `store`. If nothing is
 * built (tests, tsx), and for a database in memory, `store` does it all.
 */
export function openWriter(
  settings: WriterSettings,
  store: MailStore,
  options: WriterOptions = {},
): MailWriter {
  const { file = BUILT, stallMs = STALL_MS } = options;
  const { storedCopies, ingestBatch, readings, resume } = store;
  if (store.file === ':memory:' || !existsSync(fileURLToPath(file)))
    return { storedCopies, ingestBatch, readings, resume, close: async () => undefined };
  const thread = writerThread(file, settings, stallMs);
  return { storedCopies, readings, ...thread };
}

function writerThread(
  file: URL,
  settings: WriterSettings,
  stallMs: number,
): Omit<MailWriter, 'storedCopies' | 'readings'> {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let worker: Worker | null = null;
  let ended: Promise<void> = Promise.resolve();

  const start = (): Worker => {
    const progress = new SharedArrayBuffer(4);
    const started = new Worker(file, { workerData: { ...settings, progress }, resourceLimits: LIMITS });
    const watch = watchProgress(new Int32Array(progress), stallMs, {
      isBusy: () => waiting.size > 0,
      onStall() {
        cause = new Error(`deriving made no progress for ${Math.round(stallMs / 1000)} s`);
        void started.terminate();
      },
    });
    let cause: unknown;
    started.on('message', (reply: WriteReply) => {
      const pending = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.kind === 'written') pending?.resolve(reply.counts);
      else pending?.reject(unpackFailure(reply.failure));
    });
    started.on('error', (error) => {
      cause = error;
    });
    ended = new Promise((resolve) => {
      // Its transaction is rolled back with its connection: the mails are read again by the next attempt.
      started.on('exit', () => {
        clearInterval(watch);
        if (worker === started) worker = null;
        for (const { reject } of waiting.values())
          reject(new Error('the thread that writes has ended', { cause }));
        waiting.clear();
        resolve();
      });
    });
    return started;
  };

  const send = (mails: readonly PreparedMail[], now: string): Promise<BatchCounts> =>
    new Promise((resolve, reject) => {
      const request = packBatch(nextId++, mails, now);
      waiting.set(request.id, { resolve, reject });
      worker ??= start();
      worker.postMessage(request, [request.bytes]);
    });

  return {
    ingestBatch: send,
    resume: async (now) => (await send([], now)).abandoned,
    async close() {
      worker?.postMessage(null);
      worker = null;
      await ended;
    },
  };
}

/** Looks now and then whether the thread makes progress while it has something to do. */
function watchProgress(
  progress: Int32Array,
  stallMs: number,
  { isBusy, onStall }: { isBusy: () => boolean; onStall: () => void },
): NodeJS.Timeout {
  let last = Atomics.load(progress, 0);
  let since = performance.now();
  const watch = setInterval(() => {
    const now = Atomics.load(progress, 0);
    if (now !== last || !isBusy()) {
      last = now;
      since = performance.now();
    } else if (performance.now() - since > stallMs) {
      since = performance.now();
      onStall();
    }
  }, stallMs / 4);
  watch.unref();
  return watch;
}
