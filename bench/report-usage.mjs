// Loaded into the child that is measured (NODE_OPTIONS=--import): tells on its end what it used, over file descriptor 3.
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeSync(3, JSON.stringify({ peakRssKb: maxRSS, cpuUs: userCPUTime + systemCPUTime }));
  });
}
