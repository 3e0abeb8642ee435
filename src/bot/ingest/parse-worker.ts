import { parentPort, workerData } from 'node:worker_threads';
import { type BotSetting, readBots } from '../../digest/mail/bots.js';
import { parseOne } from './inline-parser.js';
import type { ParsedMail } from './mail-parser.js';
import { AT_MAIL, AT_REQUEST, type ParseRequest, packReply, unpackRequest } from './worker-messages.js';

/** The thread in which mails are read: one group after another, one mail after another. */
const at = new Int32Array(workerData as SharedArrayBuffer);
const bots = readBots(JSON.parse(process.argv[2] ?? '[]') as BotSetting[]);
let queue = Promise.resolve();

parentPort?.on('message', (request: ParseRequest) => {
  queue = queue.then(() => answer(request));
});

async function answer(request: ParseRequest): Promise<void> {
  const outcomes: ParsedMail[] = [];
  for (const [i, mail] of unpackRequest(request).entries()) {
    Atomics.store(at, AT_MAIL, i);
    Atomics.store(at, AT_REQUEST, request.id);
    outcomes.push(await parseOne(mail, bots));
  }
  Atomics.store(at, AT_REQUEST, 0);
  const reply = packReply(request.id, outcomes);
  parentPort?.postMessage(reply, [reply.bytes]);
}
