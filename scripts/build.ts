/**
 * `npm run build`: makes `dist/`, what is run. A few large files instead of six hundred small ones: reading those was half of the
 * second in which every command started, and a tenth of ingesting 10,000 mails.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.js';

/** The program, and the threads that it starts: each is found next to the file that starts it. */
const ENTRIES = {
  main: 'src/bot/cli/main.ts',
  'command-worker': 'src/bot/cli/command-worker.ts',
  'parse-worker': 'src/bot/ingest/parse-worker.ts',
  'write-worker': 'src/bot/ingest/write-worker.ts',
};

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });
// Next to the old one, which someone may be running.
const [fresh, old] = [`${values.out}.new`, `${values.out}.old`];
for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
await bundle(ENTRIES, fresh);
if (existsSync(values.out)) renameSync(values.out, old);
renameSync(fresh, values.out);
rmSync(old, { recursive: true, force: true });
