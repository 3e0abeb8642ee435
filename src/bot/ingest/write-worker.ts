import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openStore, type Store } from '../../adapters/store/store.js';
import { archiveUrl } from '../../digest/mail/archive-url.js';
import { createCatalogReader, rulesWith } from '../library.js';
import {
  packFailure,
  unpackBatch,
  type WriteReply,
  type WriteRequest,
  type WriterSettings,
} from './batch-messages.js';

/**
 * Between two batches the database is left alone for a moment. Whoever waits for the lock looks for it every 1 to 25 ms, and would never
 * meet it free between batches that follow each other at once.
 */
const PAUSE_MS = 20;

/** The thread that writes: one batch after another, over a connection of its own. Ended by a message that is null. */
const settings = workerData as WriterSettings;
let opened: Promise<Store> | undefined;
let queue = Promise.resolve();

parentPort?.on('message', (request: WriteRequest | null) => {
  queue = queue.then(async () => {
    if (request === null) await close();
    else await answer(request);
  });
});

function store(): Promise<Store> {
  const readCatalog = createCatalogReader(settings.databaseUrl);
  const readOnce = () => readCatalog(settings.maintainers);
  opened ??= openStore(settings.databaseUrl, { rules: rulesWith(readOnce, archiveUrl(settings.archiveUrl)) });
  return opened;
}

async function answer(request: WriteRequest): Promise<void> {
  const reply = await write(request);
  parentPort?.postMessage(reply);
  await pause(PAUSE_MS);
}

async function write(request: WriteRequest): Promise<WriteReply> {
  const { id, now } = request;
  try {
    const counts = await (await store()).ingestBatch(unpackBatch(request), now);
    return { id, kind: 'written', counts };
  } catch (error) {
    return { id, kind: 'failed', failure: packFailure(error) };
  }
}

async function close(): Promise<void> {
  await opened?.then((one) => one.close()).catch(() => undefined);
  parentPort?.close();
}
