import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { BotSetting } from '../../digest/mail/bots.js';
import type { MailParser, ParsedMail, RawMail } from './mail-parser.js';
import { AT_MAIL, AT_REQUEST, type ParseReply, packRequest, unpackReply } from './worker-messages.js';

export interface WorkerOptions {
  /** The longest that one mail may take. */
  readonly timeoutMs?: number;
  /** Each takes some 50 MB. */
  readonly threads?: number;
  /** The worker's file, for tests. */
  readonly file?: URL;
  /** Programs that configuration adds. */
  readonly bots?: readonly BotSetting[];
}

/** Where `npm run build` puts the thread in which mails are read. */
const PARSE_WORKER = new URL('./parse-worker.js', import.meta.url);

/** Small heaps are collected more often; a worker that outgrows them on one mail dies over it, and the mail is named. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 12 };
const TIMEOUT_MS = 60_000;
const CHECK_MS = 500;

/** Reads mails in separate threads, so that this one only stores; without a built worker (tests, tsx) it reads them here. */
export function createParser(options: WorkerOptions = {}): MailParser {
  const { file = PARSE_WORKER, timeoutMs = TIMEOUT_MS, threads = 1, bots = [] } = options;
  if (!existsSync(fileURLToPath(file))) return lateParser(bots);
  return inTurn(Array.from({ length: Math.max(1, threads) }, () => workerParser(file, timeoutMs, bots)));
}

/** Gives each group to the next parser; the caller awaits the groups in their order. */
function inTurn(parsers: readonly MailParser[]): MailParser {
  let next = 0;
  return {
    parse(mails) {
      const parser = parsers[next++ % parsers.length];
      if (parser === undefined) throw new Error('there is no parser');
      return parser.parse(mails);
    },
    close: async () => void (await Promise.all(parsers.map((parser) => parser.close()))),
  };
}

/** The mail parser is loaded when it is called for: with a worker, this thread never needs its memory. */
function lateParser(bots: readonly BotSetting[]): MailParser {
  return {
    async parse(mails) {
      const { inlineParser } = await import('./inline-parser.js');
      return inlineParser(bots).parse(mails);
    },
    close: async () => undefined,
  };
}

interface Job {
  readonly id: number;
  readonly mails: readonly RawMail[];
  /** By place; what is not there yet is still to be read. */
  readonly outcomes: (ParsedMail | undefined)[];
  /** The places that were sent last. */
  sent: number[];
  readonly resolve: (outcomes: ParsedMail[]) => void;
  readonly reject: (error: unknown) => void;
}

/** The mail that a worker had at hand. */
interface AtHand {
  readonly request: number;
  readonly mail: number;
}

function workerParser(file: URL, timeoutMs: number, bots: readonly BotSetting[]): MailParser {
  const jobs = new Map<number, Job>();
  let at: Int32Array = new Int32Array(2);
  let worker: Worker | null = null;
  let nextId = 1;
  let since = performance.now();
  let last: AtHand = { request: 0, mail: 0 };
  const atHand = (): AtHand => ({ request: Atomics.load(at, AT_REQUEST), mail: Atomics.load(at, AT_MAIL) });

  const send = (job: Job): void => {
    job.sent = job.outcomes.flatMap((outcome, i) => (outcome === undefined ? [i] : []));
    const request = packRequest(
      job.id,
      job.sent.flatMap((i) => job.mails[i] ?? []),
    );
    worker ??= start();
    worker.postMessage(request, [request.bytes]);
  };

  const finish = (job: Job): void => {
    jobs.delete(job.id);
    job.resolve(job.outcomes.flatMap((outcome) => outcome ?? []));
  };

  const start = (): Worker => {
    since = performance.now();
    const { worker: started, ...noted } = startWorker(file, bots);
    at = noted.at;
    started.on('message', (reply: ParseReply) => {
      const job = jobs.get(reply.id);
      if (job === undefined) return;
      const mails = job.sent.flatMap((i) => job.mails[i] ?? []);
      unpackReply(reply, mails).forEach((outcome, i) => {
        job.outcomes[job.sent[i] ?? 0] = outcome;
      });
      finish(job);
    });
    // The cause is reported by 'exit', which follows.
    let cause: unknown;
    started.on('error', (error) => {
      cause = error;
    });
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      lose(atHand(), 'parser-crashed', cause);
    });
    return started;
  };

  /** The worker is gone: the mail that it had at hand is named, all others are read by a new one. */
  const lose = (lost: AtHand, code: string, cause: unknown): void => {
    if (jobs.size === 0) return;
    const job = jobs.get(lost.request);
    if (job === undefined) {
      const error = new Error('the mail parser does not start', { cause });
      for (const waiting of jobs.values()) waiting.reject(error);
      jobs.clear();
      return;
    }
    const place = job.sent[lost.mail] ?? 0;
    const where = job.mails[place]?.where ?? '';
    const detail =
      cause instanceof Error ? cause.message : `no answer within ${Math.round(timeoutMs / 1000)} s`;
    job.outcomes[place] = { kind: 'skipped', where, problem: { code, detail } };
    if (job.outcomes.every((outcome) => outcome !== undefined) && job.outcomes.length === job.mails.length)
      finish(job);
    for (const waiting of jobs.values()) send(waiting);
  };

  const check = setInterval(
    () => {
      const now = atHand();
      if (now.request === 0 || now.request !== last.request || now.mail !== last.mail) {
        last = now;
        since = performance.now();
        return;
      }
      if (performance.now() - since < timeoutMs || worker === null) return;
      const stuck = worker;
      worker = null;
      void stuck.terminate();
      lose(now, 'parser-timeout', undefined);
    },
    Math.min(CHECK_MS, timeoutMs / 2),
  );
  check.unref();

  return {
    parse: (mails) =>
      new Promise((resolve, reject) => {
        if (mails.length === 0) return resolve([]);
        const outcomes = Array.from({ length: mails.length }, () => undefined);
        const job: Job = { id: nextId++, mails, outcomes, sent: [], resolve, reject };
        jobs.set(job.id, job);
        send(job);
      }),
    async close() {
      clearInterval(check);
      const running = worker;
      worker = null;
      await running?.terminate();
    },
  };
}

/** Starts a thread in which mails are read; `at`: where it notes which mail it has at hand. */
function startWorker(
  file: URL,
  bots: readonly BotSetting[],
): { readonly worker: Worker; readonly at: Int32Array } {
  const shared = new SharedArrayBuffer(8);
  return {
    worker: new Worker(file, { workerData: shared, argv: [JSON.stringify(bots)], resourceLimits: LIMITS }),
    at: new Int32Array(shared),
  };
}
