import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { bundle } from '../scripts/bundle.js';
import { openFiles } from '../src/adapters/files/open-files.js';
import { parseWithMailparser } from '../src/adapters/mail/decode-mail.js';

export interface TimedMails {
  readonly mails: number;
  /** On the clock. */
  readonly ms: number;
}

export interface Speed extends TimedMails {
  /** Processor time of all threads of the process, its garbage collector's and compiler's among them. */
  readonly cpuMs: number;
}

/** Mails that the parser reads before it is measured, so that its code is compiled. */
const WARM_UP = 2_000;

/** Splitting the mailbox, and nothing else. */
export async function measureSplitting(path: string): Promise<Speed> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  let mails = 0;
  for await (const event of openFiles(path).read()) if (event.kind === 'mail') mails++;
  return { mails, ms: performance.now() - start, cpuMs: cpuMsSince(used) };
}

/**
 * The mail parser by itself: `parseWithMailparser` on each whole mail, one after another in one thread, warm; both clocks run
 * only while it parses.
 */
export async function measureParser(path: string): Promise<Speed> {
  await parseAll(path, WARM_UP);
  return parseAll(path, Number.POSITIVE_INFINITY);
}

async function parseAll(path: string, most: number): Promise<Speed> {
  let [mails, ms, cpuMs] = [0, 0, 0];
  for await (const event of openFiles(path).read()) {
    if (event.kind !== 'mail') continue;
    const [start, used] = [performance.now(), process.cpuUsage()];
    await parseWithMailparser(event.raw);
    ms += performance.now() - start;
    cpuMs += cpuMsSince(used);
    mails++;
    if (mails >= most) break;
  }
  return { mails, ms, cpuMs };
}

export interface ProcessSpeed extends Speed {
  readonly peakRssMb: number;
}

const usageSchema = z.object({ peakRssKb: z.number(), cpuUs: z.number() });
const countsSchema = z.object({ read: z.number() });

/** The whole way from the file to the database, as an operator runs it: bin/covernote.js in a separate process, its start included. */
export function measureIngest(
  path: string,
  database: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<ProcessSpeed> {
  const bin = fileURLToPath(new URL('../bin/covernote.js', import.meta.url));
  return measureProcess(bin, ['ingest', path, '--db', database, '--json'], settings);
}

/**
 * The mail parser alone, measured as ingest is: in a separate process, cold, its start and the reading of the file included. Built as the
 * product is, into `folder`.
 */
export async function measureParserProcess(path: string, folder: string): Promise<ProcessSpeed> {
  await bundle({ 'parse-alone': 'bench/parse-alone.ts' }, folder);
  return measureProcess(process.execPath, [join(folder, 'parse-alone.js'), path]);
}

async function measureProcess(
  program: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<ProcessSpeed> {
  const usage = new URL('./report-usage.mjs', import.meta.url).href;
  const start = performance.now();
  const run = spawn(program, [...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    env: { ...process.env, ...settings, NODE_OPTIONS: `--import ${usage}` },
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    run.on('error', reject);
    run.on('exit', (code) => resolve(code));
  });
  const [counted, used, code] = await Promise.all([textOf(run.stdio[1]), textOf(run.stdio[3]), ended]);
  const ms = performance.now() - start;
  if (code !== 0) throw new Error(`${program} ended with status ${code}: run npm run build first`);
  const { peakRssKb, cpuUs } = usageSchema.parse(JSON.parse(used));
  const { read } = countsSchema.parse(JSON.parse(counted));
  return { mails: read, ms, cpuMs: cpuUs / 1000, peakRssMb: Math.round(peakRssKb / 1024) };
}

async function textOf(stream: unknown): Promise<string> {
  return stream instanceof Readable ? text(stream) : '';
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
