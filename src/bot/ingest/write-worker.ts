import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { archiveUrl } from '../../digest/mail/archive-url.js';
import { readBots } from '../../digest/mail/bots.js';
import { readAuthority } from '../../digest/state/authority.js';
import { createCatalogReader } from '../catalog.js';
import {
  packFailure,
  unpackBatch,
  type WriteReply,
  type WriteRequest,
  type WriterSettings,
} from './batch-messages.js';
import type { MailStore } from './mail-store.js';
import { openMailStore } from './open-mail-store.js';
import { NO_MAIL } from './write-mail.js';

/**
 * Between two batches the database is left alone for a moment. A connection that waits for the lock checks every 1 to 25 ms, and would
 * never find it free between batches that follow each other immediately.
 */
const PAUSE_MS = 20;

/** The thread that writes: one batch after another, over its own connection. A null message ends it. */
const settings = workerData as WriterSettings & { readonly progress?: SharedArrayBuffer };
const progress = settings.progress === undefined ? null : new Int32Array(settings.progress);
const step = (): void => {
  if (progress !== null) Atomics.add(progress, 0, 1);
};
const NONE = { ...NO_MAIL, series: 0 };
let opened: Promise<MailStore> | undefined;
let queue = Promise.resolve();

parentPort?.on('message', (request: WriteRequest | null) => {
  queue = queue.then(async () => {
    if (request === null) await close();
    else await answer(request);
  });
});

function store(): Promise<MailStore> {
  const readCatalog = createCatalogReader(settings);
  opened ??= openMailStore(settings.databaseUrl, {
    catalog: () => readCatalog(settings.maintainers),
    archiveUrl: archiveUrl(settings.archiveUrl),
    authority: readAuthority(settings.trustedSenders),
    bots: readBots(settings.bots),
    onStep: step,
  }).catch((error: unknown) => {
    // A server that is away now may answer the next time.
    opened = undefined;
    throw error;
  });
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
    const to = await store();
    // What an earlier thread or process was ended over.
    const left = await to.resume(now);
    step();
    if (request.mails.length === 0) return { id, kind: 'written', counts: { ...NONE, abandoned: left } };
    const counts = await to.ingestBatch(unpackBatch(request), now);
    return { id, kind: 'written', counts: { ...counts, abandoned: [...left, ...counts.abandoned] } };
  } catch (error) {
    return { id, kind: 'failed', failure: packFailure(error) };
  }
}

async function close(): Promise<void> {
  await opened?.then((one) => one.close()).catch(() => undefined);
  parentPort?.close();
}
