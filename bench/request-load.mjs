// node request-load.mjs URL PER_SECOND SECONDS, paths as JSON on stdin: asks for pages at fixed moments, whether answers come or not,
// from a hundred clients (as a proxy names them), and prints how long answers took from the moment each was due. `settledP99Ms`: without
// the first ten seconds, in which the server compiles its code and has made no page yet.
import { text } from 'node:stream/consumers';

const CLIENTS = 100;
const WARM_UP_MS = 10_000;
const [url = '', perSecond = '200', seconds = '60'] = process.argv.slice(2);
const paths = JSON.parse(await text(process.stdin));
const [count, everyMs] = [Number(perSecond) * Number(seconds), 1000 / Number(perSecond)];
const taken = [];
const settled = [];
const statuses = {};
const begun = performance.now();

async function ask(i, due) {
  const headers = { 'x-forwarded-for': `192.0.2.${i % CLIENTS}` };
  let status = 'failed';
  try {
    const response = await fetch(url + paths[(i * 7919) % paths.length], {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
    });
    await response.arrayBuffer();
    status = `${response.status}`;
  } catch {}
  statuses[status] = (statuses[status] ?? 0) + 1;
  taken.push(performance.now() - due);
  if (due - begun >= WARM_UP_MS) settled.push(performance.now() - due);
}

const answers = [];
for (let i = 0; i < count; i++) {
  const due = begun + i * everyMs;
  const waitMs = due - performance.now();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  answers.push(ask(i, due));
}
await Promise.all(answers);
for (const times of [taken, settled]) times.sort((a, b) => a - b);
const at = (times, share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
process.stdout.write(
  JSON.stringify({
    requests: count,
    statuses,
    p50Ms: at(taken, 0.5),
    p99Ms: at(taken, 0.99),
    settledP99Ms: at(settled, 0.99),
    maxMs: at(taken, 1),
  }),
);
