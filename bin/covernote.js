#!/usr/bin/env -S MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=65536 node --max-semi-space-size=4 --v8-pool-size=1 --no-parallel-scavenge
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

// Reading mail makes garbage by the gigabyte. Collected early, it never takes more than 200 MB, however long the run;
// left to itself, node lets it grow to 300. C's library is told (first line) to give buffers back as well: 10 MB.
setFlagsFromString('--heap-growing-percent=40');
setFlagsFromString('--semi-space-growth-factor=1');
// Of V8's own threads there is one (first line), and it takes no part in collecting what is young: with four of them, on two cores, they
// took turns with those that read and write mail. Baseline code at once and the optimizer late: for 10,000 mails optimizing costs more than
// it gives; over months what is used most is optimized all the same.
setFlagsFromString('--always-sparkplug');
setFlagsFromString('--interrupt-budget=5000000');

const main = new URL('../dist/main.js', import.meta.url);
if (!existsSync(main)) {
  process.stderr.write(
    'covernote is not built yet: run `npm ci` in its folder (or `npm run build`), then try again.\n',
  );
  process.exit(1);
}
const { main: start } = await import(main.href);
await start();
