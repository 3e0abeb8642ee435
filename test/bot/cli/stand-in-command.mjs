// A command in its thread that answers what the test requests.
import { parentPort, workerData } from 'node:worker_threads';

const [what] = workerData.argv;
if (what === 'fail') throw new Error('out of order');
if (what === 'stdin') {
  parentPort.postMessage('stdin');
  let bytes = 0;
  for await (const chunk of process.stdin) bytes += chunk.length;
  process.exitCode = bytes === 200_000 ? 0 : 3;
} else process.exitCode = Number(what);
