import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openFiles } from '../src/adapters/files/open-files.js';
import { parseWithMailparser } from '../src/adapters/mail/decode-mail.js';

export interface Speed {
  readonly mails: number;
  readonly ms: number;
}

/** Splitting the mailbox, and nothing else. */
export async function measureSplitting(path: string): Promise<Speed> {
  const start = performance.now();
  let mails = 0;
  for await (const event of openFiles(path).read()) if (event.kind === 'mail') mails++;
  return { mails, ms: performance.now() - start };
}

/** The mail parser by itself: the very call that ingest makes, one thread, the clock running only while it parses. */
export async function measureParser(path: string): Promise<Speed> {
  let mails = 0;
  let ms = 0;
  for await (const event of openFiles(path).read()) {
    if (event.kind !== 'mail') continue;
    const start = performance.now();
    await parseWithMailparser(event.raw);
    ms += performance.now() - start;
    mails++;
  }
  return { mails, ms };
}

export interface IngestSpeed extends Speed {
  readonly peakRssMb: number;
  readonly series: number;
}

/** The whole way from the file to the database, by the built program in a process of its own. */
export function measureIngest(path: string, database: string): Promise<IngestSpeed> {
  const child = fileURLToPath(new URL('./ingest-child.mjs', import.meta.url));
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, [child, path, database], { stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    run.stdout.on('data', (text: Buffer) => {
      told += text.toString();
    });
    run.on('error', reject);
    run.on('exit', (code) => {
      if (code === 0) resolve(JSON.parse(told) as IngestSpeed);
      else reject(new Error(`ingest ended with status ${code}: run npm run build first`));
    });
  });
}
