// Stands in for parse-worker.js: dies, hangs or answers as the mail's place says.
import { parentPort, threadId, workerData } from 'node:worker_threads';

const at = new Int32Array(workerData);
parentPort.on('message', ({ id, mails }) => {
  const outcomes = [];
  for (const [i, mail] of mails.entries()) {
    Atomics.store(at, 1, i);
    Atomics.store(at, 0, id);
    if (mail.where === 'crash') throw new Error('out of luck');
    if (mail.where === 'exit') process.exit(3);
    while (mail.where === 'hang');
    outcomes.push({
      kind: 'skipped',
      where: mail.where,
      problem: { code: mail.where === 'which' ? `thread ${threadId}` : 'answered', detail: '' },
    });
  }
  Atomics.store(at, 0, 0);
  parentPort.postMessage({ id, outcomes });
});
