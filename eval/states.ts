/**
 * What became of the series in `io-uring-10k.mbox.gz`, as the product answers once it has read them: every series called applied or
 * merged with the line that proves it, and recall against notices that are found without the product's rules.
 * Run: `npx tsx eval/states.ts [--summary]`.
 */
import type { SeriesRecord } from '../src/digest/series/record.js';
import { type IngestedCorpus, withIngested } from './lib/ingested-corpus.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';
import { measureStates, readNotices, type StateMeasure } from './lib/state-measure.js';

const LIST = 'corpora/io-uring-10k.mbox.gz';
const MAINTAINERS = 'corpora/MAINTAINERS';

async function main(): Promise<void> {
  requireShared(LIST, MAINTAINERS);
  const notices = await readNotices(sharedPath(LIST));
  await withIngested(sharedPath(LIST), { maintainers: sharedPath(MAINTAINERS) }, async (corpus) => {
    if (!process.argv.includes('--summary')) listApplied(corpus.series);
    summarise(corpus, await measureStates(corpus, notices));
  });
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
