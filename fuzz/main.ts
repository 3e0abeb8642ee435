/**
 * `npm run fuzz`: mutated mails through all that reads them. Prints what was done and found, and exits with 1 where anything was.
 * `--count N` mails (2,000), `--seed N` (1), `--from N`: the first iteration; `--replay N`: the mail of one iteration, written to
 * standard output as well (`--seed` as it was reported).
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WORKER } from './check-parsing.js';
import type { Finding, Report } from './messages.js';
import { mutatedMail } from './mutate.js';
import { readPool } from './pool.js';
import { superviseReaders } from './supervise.js';

/** Mails of one job. */
const JOB_MAILS = 250;

/** Every so manieth job goes through a database: a replayed one always does. */
const INGEST_EVERY = 4;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '2000' },
    replay: { type: 'string' },
  },
});

function wholeOption(name: 'seed' | 'from' | 'count' | 'replay', text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  console.error(`--${name} ${text} is not a whole number.`);
  process.exit(2);
}

const seed = wholeOption('seed', values.seed);
if (!existsSync(fileURLToPath(WORKER))) {
  console.error('There is no dist/parse-worker.js: run `npm run build` first.');
  process.exit(2);
}
if (values.replay === undefined)
  await fuzz(wholeOption('from', values.from), wholeOption('count', values.count));
else await replay(wholeOption('replay', values.replay));

async function fuzz(first: number, count: number): Promise<void> {
  const supervisor = superviseReaders();
  const reports: Report[] = [];
  const started = performance.now();
  for (let from = first; from < first + count; from += JOB_MAILS) {
    const job = { seed, from, count: Math.min(JOB_MAILS, first + count - from) };
    const report = await supervisor.run({ ...job, ingest: (from / JOB_MAILS) % INGEST_EVERY < 1 });
    reports.push(report);
    for (const finding of report.findings) console.log(describeFinding(finding, job.from, job.count));
  }
  supervisor.close();
  summarize(reports, (performance.now() - started) / 1000);
}

async function replay(iteration: number): Promise<void> {
  const mail = mutatedMail(await readPool(), seed, iteration);
  process.stdout.write(mail.raw);
  console.error(`\nmail ${mail.base} of the pool: ${mail.mutations.join(', ')}; ${mail.raw.length} bytes`);
  const supervisor = superviseReaders();
  const { findings } = await supervisor.run({ seed, from: iteration, count: 1, ingest: true });
  supervisor.close();
  for (const finding of findings) console.error(describeFinding(finding, iteration, 1));
  if (findings.length > 0) process.exitCode = 1;
}

function describeFinding({ iteration, code, detail }: Finding, from: number, count: number): string {
  const again =
    iteration === null
      ? `--seed ${seed} --from ${from} --count ${count}`
      : `--seed ${seed} --replay ${iteration}`;
  return `${code}: ${detail}\n  npm run fuzz -- ${again}`;
}

function summarize(reports: readonly Report[], seconds: number): void {
  const sum = (of: (report: Report) => number) => reports.reduce((total, report) => total + of(report), 0);
  const tally = new Map<string, number>();
  for (const { mutations } of reports)
    for (const [name, times] of Object.entries(mutations)) tally.set(name, (tally.get(name) ?? 0) + times);
  const named = [...tally].map(([name, times]) => `${name} ${times}`).join(', ');
  const megabytes = (sum(({ bytes }) => bytes) / 1e6).toFixed(0);
  const findings = reports.flatMap((report) => report.findings);
  console.log(`seed ${seed}: ${sum(({ mails }) => mails)} mails, ${megabytes} MB in ${seconds.toFixed(0)} s`);
  console.log(
    `ingested: ${sum(({ ingested }) => ingested.read)} read = ${sum(({ ingested }) => ingested.new)} new + ${sum(({ ingested }) => ingested.known)} known + ${sum(({ ingested }) => ingested.skipped)} skipped; ${sum(({ rendered }) => rendered)} views rendered`,
  );
  console.log(`mutations: ${named}`);
  console.log(`${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`);
  for (const code of new Set(findings.map((one) => one.code)).values())
    console.log(`  ${code}: ${findings.filter((one) => one.code === code).length}`);
  if (findings.length > 0) process.exitCode = 1;
}
