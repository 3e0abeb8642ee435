/**
 * What became of the series in `io-uring-10k.mbox.gz`, as our rules have it: every series called applied or merged
 * with the line that proves it, and recall against notices that are found without those rules.
 * Run: `npx tsx eval/states.ts [--summary]`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openFiles } from '../src/adapters/files/open-files.js';
import { decodeMail } from '../src/adapters/mail/decode-mail.js';
import { understand } from '../src/digest/message/understand.js';
import { joinFacts } from '../src/digest/revision/join-facts.js';
import type { JoinFacts } from '../src/digest/revision/revision.js';
import { type PostingFacts, postingFacts } from '../src/digest/series/posting-facts.js';
import { buildCatalog } from '../src/digest/subsystem/catalog.js';
import { parseMaintainers } from '../src/digest/subsystem/parse-maintainers.js';
import { type MeasuredSeries, measureStates, type StateMeasure } from './lib/state-measure.js';
import { type NoticeKind, noticeKind } from './lib/state-recall.js';

const CORPORA = fileURLToPath(new URL('../../shared/corpora/', import.meta.url));

async function main(): Promise<void> {
  if (!existsSync(CORPORA)) {
    console.error(`There is no ${CORPORA}: the measurement needs the corpora beside the repository.`);
    process.exitCode = 1;
    return;
  }
  const { facts, messages, notices } = await readMails(`${CORPORA}io-uring-10k.mbox.gz`);
  const { entries } = parseMaintainers(readFileSync(`${CORPORA}MAINTAINERS`, 'utf8'));
  const measure = measureStates(facts, notices, messages, buildCatalog(entries));
  if (!process.argv.includes('--summary')) listApplied(measure);
  summarise(measure, facts, messages);
}

async function readMails(path: string) {
  const facts = new Map<string, JoinFacts>();
  const messages = new Map<string, PostingFacts>();
  const notices = new Map<string, NoticeKind>();
  for await (const event of openFiles(path).read()) {
    if (event.kind !== 'mail') continue;
    const mail = await decodeMail(event.raw);
    const message = understand(mail);
    facts.set(message.id, joinFacts(message));
    // Replies are many and long; only what tells of paths is kept whole.
    const posting = postingFacts(message);
    if (posting !== null && posting.kind !== 'other') messages.set(message.id, posting);
    const kind = noticeKind(mail);
    if (kind !== null) notices.set(message.id, kind);
  }
  return { facts, messages, notices };
}

function listApplied(measure: StateMeasure): void {
  for (const { group, state } of measure.series) {
    if (state.applied === null) continue;
    const latest = group.revisions.at(-1);
    const [proof] = state.evidence;
    if (latest === undefined || proof === undefined) continue;
    const { patches, total } = state.applied;
    const partly = patches < total ? ` (${patches} of ${total})` : '';
    const where = [proof.tree, proof.branch].filter((name) => name !== null).join(' ');
    console.log(`${state.name}${partly}: v${latest.version} ${latest.title}`);
    console.log(
      `    ${proof.source} ${proof.confidence} ${proof.by.name || proof.by.email} ${where}: ${proof.quote}`,
    );
    console.log(`    ${proof.messageId ?? ''}`);
  }
}

function summarise(
  measure: StateMeasure,
  facts: ReadonlyMap<string, JoinFacts>,
  messages: ReadonlyMap<string, PostingFacts>,
): void {
  console.log(
    `\n${facts.size} mails, ${messages.size} covers, patches and pull requests, ${measure.series.length} series`,
  );
  for (const [name, count] of countBy(measure.series, ({ state }) => state.name))
    console.log(`  ${name.padEnd(18)} ${count}`);
  const proven = measure.series.filter(({ state }) => state.applied !== null);
  console.log('Applied or merged, by what proves it:');
  for (const [source, count] of countBy(proven, sourceOf)) console.log(`  ${source.padEnd(18)} ${count}`);
  console.log(`  of these in part   ${proven.filter(isPartial).length}`);
  let total = 0;
  let shown = 0;
  let series = 0;
  console.log('Notices whose thread shows as applied:');
  for (const [kind, count] of measure.recall) {
    console.log(`  ${kind.padEnd(18)} ${count.shown} of ${count.total}`);
    total += count.total;
    shown += count.shown;
    series += count.series;
  }
  const share = (part: number) => (total === 0 ? '-' : ((100 * part) / total).toFixed(1));
  console.log(
    `  recall             ${share(shown)} % by posting, ${share(series)} % by series (a later version may be open)`,
  );
  console.log(`  answer to no posting that is here: ${measure.orphans.length}`);
  for (const { id, kind, why } of measure.missed) console.log(`  missed ${kind}: ${why}: ${id}`);
}

function sourceOf({ state }: MeasuredSeries): string {
  return state.evidence[0]?.source ?? 'nothing';
}

function isPartial({ state }: MeasuredSeries): boolean {
  return state.applied !== null && state.applied.patches < state.applied.total;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

await main();
