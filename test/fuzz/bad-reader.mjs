/** A reader that is killed on iteration 3 and hangs on iteration 5, and dies of 20 and 21 together alone. */
process.on('message', ({ from, count }) => {
  const has = (iteration) => from <= iteration && iteration < from + count;
  if (has(3) || (has(20) && has(21))) process.kill(process.pid, 'SIGKILL');
  if (has(5)) return;
  const ingested = { read: count, new: count, known: 0, skipped: 0 };
  process.send({ mails: count, bytes: 0, ingested, rendered: 0, mutations: {}, findings: [] });
});
process.send('ready');
