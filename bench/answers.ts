import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { openFiles } from '../src/adapters/files/open-files.js';
import { ingest } from '../src/bot/ingest/ingest.js';
import { openWriter, WRITER_BATCH_MAILS } from '../src/bot/ingest/open-writer.js';
import { createParser } from '../src/bot/ingest/worker-parser.js';
import type { Library } from '../src/bot/library.js';
import { createBenchBot, place, requester } from './bot.js';

/** Typed in turn: what one changes the next takes back. */
const QUESTIONS = ['/series io_uring zero copy', '/series foll_pin', '/following', '/digest status'];
const CHANGES = ['/follow io-uring path:fs/**', '/digest at 09:00 weekdays', '/unfollow 1', '/digest off'];
/** People type slowly; a few of them are at it. */
const EVERY_MS = 15;

export interface Waits {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface Answers {
  readonly mails: number;
  readonly ms: number;
  /** Commands that only read, and those that change what a place gets. */
  readonly questions: Waits;
  readonly changes: Waits;
}

/** Ingests a mailbox as the running bot does, in separate threads, and meanwhile sends one command after another. */
export async function measureAnswers(library: Library, mailbox: string): Promise<Answers> {
  const { config, store } = library;
  const settings = {
    databaseUrl: config.databaseUrl,
    maintainers: config.maintainers,
    archiveUrl: config.archiveUrl,
  };
  const writer = openWriter(settings, store, { file: built('write-worker.js') });
  const parser = createParser({ file: built('parse-worker.js') });
  let over = false;
  const began = performance.now();
  const ingested = ingest(openFiles(mailbox), writer, { parser, batchSize: WRITER_BATCH_MAILS }).finally(
    () => {
      over = true;
    },
  );
  const [questions, changes] = await Promise.all([
    askWhile(library, QUESTIONS, () => over),
    askWhile(library, CHANGES, () => over),
  ]);
  const { read } = await ingested;
  const ms = performance.now() - began;
  await parser.close();
  await writer.close();
  return { mails: read, ms, questions, changes };
}

async function askWhile(library: Library, lines: readonly string[], isOver: () => boolean): Promise<Waits> {
  const bot = createBenchBot(library, String(lines.length));
  const taken: number[] = [];
  for (let n = 0; !isOver(); n++) {
    const request = { kind: 'typed', line: lines[n % lines.length] ?? '' } as const;
    // From when it was due: a blocked loop makes users wait as well.
    const due = performance.now() + EVERY_MS;
    await wait(EVERY_MS);
    await bot.answer({ request, requester, place });
    taken.push(performance.now() - due);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { requests: taken.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

/** As operators run it: the threads are those of the built program. */
function built(name: string): URL {
  return new URL(`../dist/${name}`, import.meta.url);
}
