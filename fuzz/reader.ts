/** A process that reads mutated mails, so that one that kills or hangs it does not take the fuzzer along. Started by `supervise.ts`. */

import type { MailParser, ParsedMail, RawMail } from '../src/bot/ingest/mail-parser.js';
import type { MailStore } from '../src/bot/ingest/mail-store.js';
import { ingestMails, openTemporaryStore } from './check-ingest.js';
import { checkContract, detailOf, judgeOutcome, openParser, rawMailOf } from './check-parsing.js';
import { checkFile, checkSplitting } from './check-splitting.js';
import { checkViews } from './check-views.js';
import type { Finding, Job, Report } from './messages.js';
import { type MutatedMail, mutatedMail } from './mutate.js';
import { readPool } from './pool.js';
import { createRandom } from './random.js';

/** Jobs that share a database: enough for threads to meet, and it stays small. */
const JOBS_OF_STORE = 8;

/** Every n-th mail is read as a separate file, and its JSON is checked. */
const EVERY = 4;

const parser = openParser();
const pool = await readPool();
let store: MailStore | null = null;
let jobs = 0;

process.on('message', (job: Job) => {
  void work(job).then(
    (report) => process.send?.(report),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => void store?.close().finally(() => process.exit(0)));
process.send?.('ready');

async function work(job: Job): Promise<Report> {
  const mails = Array.from({ length: job.count }, (_, i) => mutatedMail(pool, job.seed, job.from + i));
  const findings: Finding[] = [];
  const ids: string[] = [];
  const judge = async (sent: readonly RawMail[], outcomes: readonly ParsedMail[]) => {
    for (const [i, outcome] of outcomes.entries()) {
      const mail = mails[Number(sent[i]?.where.split(' ')[1]) - job.from];
      if (mail !== undefined) findings.push(...(await judgeOutcome(mail, outcome)));
      if (outcome.kind === 'read') ids.push(outcome.mail.key);
    }
  };
  const judged: MailParser = {
    async parse(sent) {
      const outcomes = await parser.parse(sent);
      await judge(sent, outcomes);
      return outcomes;
    },
    close: async () => undefined,
  };
  let ingested: Report['ingested'] = { read: 0, new: 0, known: 0, skipped: 0 };
  let rendered = 0;
  if (job.ingest) {
    try {
      const database = await freshStore();
      const counts = await ingestMails(mails, database, judged);
      ingested = counts.ingested;
      const views = await checkViews(database, ids);
      rendered = views.rendered;
      findings.push(...counts.findings, ...views.findings);
    } catch (error) {
      findings.push({ iteration: null, code: 'ingest-failed', detail: detailOf(error) });
      await store?.close();
      store = null;
    }
  } else
    for (let at = 0; at < mails.length; at += 16) await judged.parse(mails.slice(at, at + 16).map(rawMailOf));
  findings.push(...(await checkSplitting(mails, createRandom(job.seed, job.from))));
  for (const mail of mails)
    if (mail.iteration % EVERY === 0)
      findings.push(...(await checkFile(mail)), ...(await checkContract(mail)));
  const bytes = mails.reduce((sum, { raw }) => sum + raw.length, 0);
  return { mails: mails.length, bytes, ingested, rendered, mutations: tallyOf(mails), findings };
}

async function freshStore(): Promise<MailStore> {
  if (jobs++ % JOBS_OF_STORE === 0) {
    await store?.close();
    store = null;
  }
  store ??= await openTemporaryStore();
  return store;
}

function tallyOf(mails: readonly MutatedMail[]): Record<string, number> {
  const tally: Record<string, number> = {};
  for (const { mutations } of mails)
    for (const name of new Set(mutations)) tally[name] = (tally[name] ?? 0) + 1;
  return tally;
}
