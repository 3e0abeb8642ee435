import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openFiles } from '../src/adapters/files/open-files.js';
import { ingest } from '../src/bot/ingest/ingest.js';
import { openMailStore } from '../src/bot/ingest/open-mail-store.js';
import type { Describing } from '../src/bot/ingest/planning.js';
import { HOW_TO_INSTALL, notmuchVersion, writeMaildir } from './notmuch.js';
import {
  measureIngest,
  measureParser,
  measureParserProcess,
  measureSplitting,
  type ProcessSpeed,
  type Speed,
  type TimedMails,
} from './speed.js';

type Say = (line: string) => void;

export interface SpeedSetting {
  /** Of the mailbox. */
  readonly path: string;
  readonly database: string;
  /** For all other files. */
  readonly folder: string;
  readonly describing: Describing;
  readonly say: Say;
}

/** Of the parser, of ingest and of notmuch each. */
const RUNS = 5;

/**
 * The parser, ingest and notmuch in turn, so that what else the machine does meets all; the medians are compared. Leaves the
 * database of the last run.
 */
export async function reportSpeed({ path, database, folder, describing, say }: SpeedSetting): Promise<void> {
  const split = await measureSplitting(path);
  await reportStatements(path, join(folder, 'statements.db'), describing, say);
  say('');
  say('(a) splitting the mailbox alone, in process');
  say('(b) the mail parser alone: parseWithMailparser on each whole mail, in process, one thread, warm');
  say(
    '(p) the same in a process of its own, as (c) is: cold, start and reading the file included; node as it is',
  );
  say('(c) ingest, file to database: bin/covernote.js in a process of its own, its start included');
  const notmuch = notmuchVersion();
  if (notmuch === null) say(`(n) left out, as notmuch is not installed: ${HOW_TO_INSTALL}`);
  else say(`(n) ${notmuch}: \`notmuch new\` over the same mails as a Maildir, in a new database`);
  const maildir = notmuch === null ? null : await writeMaildir(path, folder);
  say('');
  say(`a    ${rate(split)}`);
  const [parsers, processes, ingests]: [Speed[], ProcessSpeed[], ProcessSpeed[]] = [[], [], []];
  const indexings: TimedMails[] = [];
  for (let run = 1; run <= RUNS; run++) {
    const parser = await measureParser(path);
    say(`b ${run}  ${rate(parser)}`);
    const alone = await measureParserProcess(path, folder);
    say(`p ${run}  ${rate(alone)}`);
    for (const tail of ['', '-wal', '-shm']) rmSync(`${database}${tail}`, { force: true });
    const ingest = await measureIngest(path, database);
    say(`c ${run}  ${rate(ingest)}   peak RSS ${ingest.peakRssMb} MB`);
    parsers.push(parser);
    processes.push(alone);
    ingests.push(ingest);
    if (maildir === null) continue;
    const indexing = maildir.measure();
    say(`n ${run}  ${rate(indexing)}`);
    indexings.push(indexing);
  }
  say('');
  reportRatios({ parsers, processes, ingests, indexings }, say);
}

interface Rounds {
  readonly parsers: readonly Speed[];
  readonly processes: readonly ProcessSpeed[];
  readonly ingests: readonly ProcessSpeed[];
  /** By notmuch; empty if it is not installed. */
  readonly indexings: readonly TimedMails[];
}

function reportRatios({ parsers, processes, ingests, indexings }: Rounds, say: Say): void {
  const [parserCpu, ingestCpu] = [
    median(parsers.map(({ cpuMs }) => cpuMs)),
    median(ingests.map(({ cpuMs }) => cpuMs)),
  ];
  // Round by round: the machine's speed drifts while they run.
  say(
    `ingest has ${ofSpeed(ingests, parsers)} of the speed of (b), the parser warm in a process that runs on,`,
  );
  say(`and ${ofSpeed(ingests, processes)} of that of (p), both as processes of their own`);
  say(`it takes ${(ingestCpu / parserCpu).toFixed(1)} times the parser's processor time, over two threads`);
  if (indexings.length > 0)
    say(
      `on the clock it is ${timesAsFast(ingests, indexings)} as fast as notmuch; at least 3.3 are required`,
    );
  say(`peak RSS ${Math.max(...ingests.map(({ peakRssMb }) => peakRssMb))} MB, the highest of ${RUNS}`);
}

/** How fast one is compared with another: the median of the rounds, and their range. */
function ofSpeed(ones: readonly TimedMails[], others: readonly TimedMails[]): string {
  const ratios = ratiosOf(ones, others);
  return `${percent(median(ratios))} (${percent(Math.min(...ratios))} to ${percent(Math.max(...ratios))})`;
}

function timesAsFast(ones: readonly TimedMails[], others: readonly TimedMails[]): string {
  const ratios = ratiosOf(ones, others);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return `${median(ratios).toFixed(1)} times (${least.toFixed(1)} to ${most.toFixed(1)} in single rounds)`;
}

function ratiosOf(ones: readonly TimedMails[], others: readonly TimedMails[]): number[] {
  return ones.map(({ ms }, round) => (others[round]?.ms ?? Number.NaN) / ms);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** In process, so that they can be counted. */
async function reportStatements(
  path: string,
  database: string,
  describing: Describing,
  say: Say,
): Promise<void> {
  const store = await openMailStore(database, describing);
  const { read } = await ingest(openFiles(path), store);
  say(`SQL statements: ${(store.statements() / read).toFixed(2)} a mail (${store.statements()} for ${read})`);
  await store.close();
}

function rate({ mails, ms, cpuMs }: TimedMails & Partial<Speed>): string {
  const perSecond = Math.round((mails / ms) * 1000).toLocaleString('en-US');
  const used = cpuMs === undefined ? '' : `; ${(cpuMs / 1000).toFixed(1)} s of processor time`;
  return `${perSecond.padStart(8)} mails/s (${mails} in ${(ms / 1000).toFixed(1)} s${used})`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
