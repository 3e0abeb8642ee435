import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Finding, Job, Report } from './messages.js';

/** The longest that one job may take before its process counts as hung; each mail has its own time limit within. */
const STALL_MS = 180_000;

const READER = fileURLToPath(new URL('./reader.ts', import.meta.url));

export interface Supervisor {
  /** What became of a job. Where the process died or hung over it, the mail that did it is found by reading them one at a time. */
  run(job: Job): Promise<Report>;
  close(): void;
}

export interface SupervisorOptions {
  /** The program of the process that reads, for tests. */
  readonly reader?: string;
  readonly stallMs?: number;
}

export function superviseReaders({
  reader: program = READER,
  stallMs = STALL_MS,
}: SupervisorOptions = {}): Supervisor {
  let reader: Reader | null = null;
  const ask = async (job: Job): Promise<Report | string> => {
    reader ??= await startReader(program, stallMs);
    const answer = await reader.ask(job);
    if (typeof answer === 'string') reader = null;
    return answer;
  };
  const isolate = async (job: Job, reason: string): Promise<Report> => {
    const findings: Finding[] = [];
    for (let i = 0; i < job.count; i++) {
      const iteration = job.from + i;
      const answer = await ask({ ...job, from: iteration, count: 1 });
      if (typeof answer === 'string') findings.push({ iteration, code: 'process-died', detail: answer });
      else findings.push(...answer.findings);
    }
    const range = `iterations ${job.from} to ${job.from + job.count - 1} together: ${reason}`;
    if (findings.length === 0) findings.push({ iteration: null, code: 'process-died', detail: range });
    const ingested = { read: 0, new: 0, known: 0, skipped: 0 };
    return { mails: job.count, bytes: 0, ingested, rendered: 0, mutations: {}, findings };
  };
  return {
    async run(job) {
      const answer = await ask(job);
      return typeof answer === 'string' ? isolate(job, answer) : answer;
    },
    close() {
      reader?.end();
      reader = null;
    },
  };
}

interface Reader {
  /** The report, or why there is none. */
  ask(job: Job): Promise<Report | string>;
  end(): void;
}

async function startReader(program: string, stallMs: number): Promise<Reader> {
  const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const first = await nextWord(child, STALL_MS);
  if (first !== 'ready') throw new Error(`the reader does not start: ${JSON.stringify(first)}`);
  return {
    async ask(job) {
      child.send(job);
      return (await nextWord(child, stallMs)) as Report | string;
    },
    end: () => child.disconnect(),
  };
}

/** What the process says next; a sentence where it ended, or was ended because it hung. */
function nextWord(child: ChildProcess, stallMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    const done = (word: unknown) => {
      clearTimeout(timer);
      child.off('message', done);
      child.off('exit', onExit);
      resolve(word);
    };
    const onExit = (code: number | null, signal: string | null) =>
      done(signal === null ? `ended with status ${code}` : `ended by ${signal}`);
    const timer = setTimeout(() => {
      child.off('exit', onExit);
      child.kill('SIGKILL');
      done(`no answer within ${stallMs / 1000} s`);
    }, stallMs);
    child.on('message', done);
    child.on('exit', onExit);
  });
}
