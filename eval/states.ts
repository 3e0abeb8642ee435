/**
 * What became of the series in `io-uring-10k.mbox.gz`, as the product answers once it has read them: every series called applied or
 * merged with the line that proves it, and recall against notices that are found without the product's rules. Before that, what the
 * product believes of labeled replies: `state-replies.jsonl` (those that are sure), and replies that hold refusals.
 * Run: `npx tsx eval/states.ts [--summary] [--replies]`: `--replies` leaves out the first part.
 */
import { fileURLToPath } from 'node:url';
import { readCatalog } from '../src/bot/catalog.js';
import type { SeriesRecord } from '../src/digest/series/record.js';
import { type IngestedCorpus, withIngested } from './lib/ingested-corpus.js';
import {
  believedAlone,
  believedOf,
  classOf,
  hasPosting,
  NEW_VERSION,
  readLabels,
} from './lib/reply-labels.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';
import { measureStates, readNotices, type StateMeasure } from './lib/state-measure.js';

const REPLIES = 'corpora/state-replies.jsonl';
const REFUSALS = fileURLToPath(new URL('labels/refusals.jsonl', import.meta.url));
const LIST = 'corpora/io-uring-10k.mbox.gz';
const MAINTAINERS = 'corpora/MAINTAINERS';

async function main(): Promise<void> {
  requireShared(LIST, MAINTAINERS, REPLIES);
  await measureReplies();
  if (process.argv.includes('--replies')) return;
  const notices = await readNotices(sharedPath(LIST));
  await withIngested(sharedPath(LIST), { maintainers: sharedPath(MAINTAINERS) }, async (corpus) => {
    if (!process.argv.includes('--summary')) listApplied(corpus.series);
    summarise(corpus, await measureStates(corpus, notices));
  });
}

/** Both sets of labels, corpus by corpus. */
async function measureReplies(): Promise<void> {
  const catalog = readCatalog(sharedPath(MAINTAINERS));
  const sets = [
    { name: 'state-replies, sure', labels: readLabels(sharedPath(REPLIES)).filter(({ sure }) => sure) },
    { name: 'replies with refusals', labels: readLabels(REFUSALS) },
  ];
  const read: ReadReply[] = [];
  for (const corpus of new Set(sets.flatMap(({ labels }) => labels.map((label) => label.corpus))))
    await withIngested(
      sharedPath(`corpora/${corpus}.mbox.gz`),
      { maintainers: sharedPath(MAINTAINERS) },
      async (ingested) => {
        for (const { name, labels } of sets)
          for (const { messageId, says } of labels.filter((label) => label.corpus === corpus)) {
            const alone = !(await hasPosting(ingested, messageId));
            const believed = alone
              ? believedAlone(ingested, catalog, messageId)
              : await believedOf(ingested, catalog, messageId);
            const list = ingested.listsOf.get(messageId)?.[0] ?? 'no list';
            read.push({
              set: name,
              list,
              messageId,
              says: classOf(says),
              believed: classOf(believed),
              alone,
            });
          }
      },
    );
  for (const { name } of sets) {
    const own = read.filter(({ set }) => set === name);
    printRates(name, own);
    for (const list of new Set(own.map((one) => one.list)))
      printRates(
        `  ${list}`,
        own.filter((one) => one.list === list),
      );
    if (process.argv.includes('--summary')) continue;
    for (const { messageId, says, believed, alone } of own) {
      const where = alone ? ' (the posting is not in the corpus)' : '';
      if (says !== believed) console.log(`  ${says}, read as ${believed}${where}: ${messageId}`);
    }
  }
}

interface ReadReply {
  readonly set: string;
  readonly list: string;
  readonly messageId: string;
  readonly says: string;
  readonly believed: string;
  /** The posting that it answers is not in the corpus. */
  readonly alone: boolean;
}

function printRates(name: string, replies: readonly ReadReply[]): void {
  console.log(`${name}: ${replies.length} replies`);
  for (const one of ['applied', NEW_VERSION, 'unapplied', 'rejected', 'withdrawn', 'will-apply', 'none']) {
    const found = replies.filter(({ believed }) => believed === one);
    const labelled = replies.filter(({ says }) => says === one);
    const right = found.filter(({ says }) => says === one).length;
    const alone = found.filter((reply) => reply.alone).length;
    if (found.length + labelled.length === 0) continue;
    const rate = (part: number, all: number) => (all === 0 ? '-' : (part / all).toFixed(2));
    console.log(
      `    ${one.padEnd(20)} ${right} of ${labelled.length} found, ${found.length - right} false; precision ${rate(right, found.length)}, recall ${rate(right, labelled.length)}${alone === 0 ? '' : `; ${alone} by the words alone, the posting is not here`}`,
    );
  }
}

function listApplied(series: readonly SeriesRecord[]): void {
  for (const { title, state, applied, revisions } of series) {
    const [proof] = state.evidence;
    if (applied === null || proof === undefined) continue;
    const partly = applied.patches < applied.total ? ` (${applied.patches} of ${applied.total})` : '';
    const where = [proof.tree, proof.branch].filter((name) => name !== null).join(' ');
    console.log(`${state.name}${partly}: v${revisions.at(-1)?.version} ${title}`);
    console.log(
      `    ${proof.source} ${proof.confidence} ${proof.by.name || proof.by.email} ${where}: ${proof.quote}`,
    );
    console.log(`    ${proof.messageId ?? ''}`);
  }
}

function summarise({ ids, series }: IngestedCorpus, measure: StateMeasure): void {
  console.log(`\n${ids.size} mails, ${series.length} series`);
  for (const [name, count] of countBy(series, ({ state }) => state.name))
    console.log(`  ${name.padEnd(18)} ${count}`);
  const proven = series.filter(({ applied }) => applied !== null);
  console.log('Applied or merged, by what proves it:');
  for (const [source, count] of countBy(proven, ({ state }) => state.evidence[0]?.source ?? 'nothing'))
    console.log(`  ${source.padEnd(18)} ${count}`);
  const partly = proven.filter(({ applied }) => applied !== null && applied.patches < applied.total);
  console.log(`  of these in part   ${partly.length}`);
  let total = 0;
  let shown = 0;
  let whole = 0;
  console.log('Notices whose thread shows as applied:');
  for (const [kind, count] of measure.recall) {
    console.log(`  ${kind.padEnd(18)} ${count.shown} of ${count.total}`);
    total += count.total;
    shown += count.shown;
    whole += count.series;
  }
  const share = (part: number) => (total === 0 ? '-' : ((100 * part) / total).toFixed(1));
  console.log(
    `  recall             ${share(shown)} % by posting, ${share(whole)} % by series (a later version may be open)`,
  );
  console.log(`  answer to no mail that is here: ${measure.orphans.length}`);
  for (const { id, kind, state } of measure.missed)
    console.log(`  missed ${kind}: ${state === null ? 'no series' : `the series is ${state}`}: ${id}`);
}

function countBy<T>(items: readonly T[], key: (item: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

await main();
