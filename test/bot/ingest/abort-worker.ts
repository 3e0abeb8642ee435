/** Stands in for parse-worker.ts: reads mail as it does, but ends the whole process, hangs or dies over a mail that says so. */
import { parentPort, workerData } from 'node:worker_threads';
import { parseOne } from '../../../src/bot/ingest/inline-parser.js';
import type { ParsedMail } from '../../../src/bot/ingest/mail-parser.js';
import {
  AT_MAIL,
  AT_REQUEST,
  type ParseRequest,
  packReply,
  unpackRequest,
} from '../../../src/bot/ingest/worker-messages.js';

const at = new Int32Array(workerData as SharedArrayBuffer);
let queue = Promise.resolve();
parentPort?.on('message', (request: ParseRequest) => {
  queue = queue.then(() => answer(request));
});

async function answer(request: ParseRequest): Promise<void> {
  const outcomes: ParsedMail[] = [];
  for (const [i, mail] of unpackRequest(request).entries()) {
    Atomics.store(at, AT_MAIL, i);
    Atomics.store(at, AT_REQUEST, request.id);
    harm(Buffer.from(mail.raw).toString());
    outcomes.push(await parseOne(mail));
  }
  Atomics.store(at, AT_REQUEST, 0);
  const reply = packReply(request.id, outcomes);
  parentPort?.postMessage(reply, [reply.bytes]);
}

function harm(text: string): void {
  const evil = process.env.HARMLESS === '1' ? undefined : /^X-Evil: (\w+)/m.exec(text)?.[1];
  // What process.abort() does, which workers may not call.
  if (evil === 'parse') process.kill(process.pid, 'SIGABRT');
  if (evil === 'exit') process.exit(3);
  while (evil === 'hang');
}
