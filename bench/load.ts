import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const loadSchema = z.object({
  requests: z.number(),
  statuses: z.record(z.string(), z.number()),
  p50Ms: z.number(),
  p99Ms: z.number(),
  /** Without the first ten seconds. */
  settledP99Ms: z.number(),
  maxMs: z.number(),
});
const usageSchema = z.object({ peakRssKb: z.number(), cpuUs: z.number() });

export interface LoadAnswer extends z.infer<typeof loadSchema> {
  readonly peakRssMb: number;
  /** Of the server, a request. */
  readonly cpuMs: number;
}

export interface Load {
  readonly perSecond: number;
  readonly seconds: number;
}

/** Addresses that are requested, drawn evenly, so many a second. */
export interface LoadSetting {
  readonly database: string;
  readonly maintainers: string;
  readonly paths: readonly string[];
  readonly load: Load;
}

/** `covernote serve` in a process of its own; another requests so many pages a second from it, at fixed moments whether answers come or not. */
export async function measureLoad(setting: LoadSetting): Promise<LoadAnswer> {
  const server = startServer(['serve', '--port', '0', '--json'], setting, {});
  try {
    const load = await askFor(await server.url, setting);
    return withUsage(load, await server.stop());
  } finally {
    server.kill();
  }
}

interface Server {
  readonly url: Promise<string>;
  /** Ends it as an operator does; answers with what it used. */
  stop(): Promise<z.infer<typeof usageSchema>>;
  kill(): void;
}

/** covernote in a process of its own, which says where it listens in a line of JSON. */
export function startServer(
  args: readonly string[],
  { database, maintainers }: LoadSetting,
  settings: Readonly<Record<string, string>>,
): Server {
  const usage = new URL('./report-usage.mjs', import.meta.url).href;
  const bin = fileURLToPath(new URL('../bin/covernote.js', import.meta.url));
  const server = spawn(process.execPath, [bin, ...args, '--db', database], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--import ${usage}`,
      TRUSTED_PROXIES: '127.0.0.1',
      MAINTAINERS: maintainers,
      ...settings,
    },
  });
  const stopped = once(server, 'exit');
  const used = text(readableOf(server.stdio[3]));
  return {
    url: Promise.any([server.stdout, server.stderr].map((stream) => urlIn(readableOf(stream)))),
    async stop() {
      server.kill('SIGTERM');
      await stopped;
      return usageSchema.parse(JSON.parse(await used));
    },
    kill: () => void server.kill('SIGKILL'),
  };
}

/** Reads to the end, so that the process never waits for a reader. */
function urlIn(lines: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = createInterface({ input: lines });
    reader.on('line', (line) => {
      const read = z.object({ url: z.string() }).safeParse(jsonOf(line));
      if (read.success) resolve(read.data.url);
    });
    reader.on('close', () => reject(new Error('covernote ended before it listened')));
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Asks for pages from a process of its own. */
export async function askFor(
  url: string,
  { paths, load: { perSecond, seconds } }: LoadSetting,
): Promise<z.infer<typeof loadSchema>> {
  const program = fileURLToPath(new URL('./request-load.mjs', import.meta.url));
  const asking = spawn(process.execPath, [program, url, `${perSecond}`, `${seconds}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  asking.stdin.end(JSON.stringify(paths));
  const ended = once(asking, 'exit');
  const printed = await text(asking.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`request-load.mjs ended with status ${code}`);
  return loadSchema.parse(JSON.parse(printed));
}

export function withUsage(
  load: z.infer<typeof loadSchema>,
  { peakRssKb, cpuUs }: z.infer<typeof usageSchema>,
): LoadAnswer {
  return { ...load, peakRssMb: Math.round(peakRssKb / 1024), cpuMs: cpuUs / 1000 / load.requests };
}

function readableOf(stream: unknown): Readable {
  if (!(stream instanceof Readable)) throw new Error('a stream of the child is missing');
  return stream;
}
