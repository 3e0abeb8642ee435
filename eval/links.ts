/**
 * How well the product joins mails into postings and postings into series once it has read them into a database, measured against
 * what authors wrote themselves: the links to earlier versions and the change-ids in `covers-and-revisions.mbox.gz`; sizes and times
 * over `io-uring-10k.mbox.gz`. Run: `npx tsx eval/links.ts [--list]`.
 *
 * Recall is given twice: with everything, and with the links in the text hidden, since those are the very links that
 * are counted. Over every corpus: series that hold two different postings of one number, and consecutive versions that are split.
 * `--list` prints series of more than one revision, and each of those, for judging by hand.
 */
import type { JoinFacts } from '../src/digest/revision/revision.js';
import type { SeriesGroup } from '../src/digest/series/group.js';
import type { RevisionRecord, SeriesRecord } from '../src/digest/series/record.js';
import { type IngestedCorpus, withIngested } from './lib/ingested-corpus.js';
import { drawSample, seededRandom } from './lib/random.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';
import { classOf, missOf, readChangeIds, readVersionLinks, type VersionLink } from './lib/version-links.js';
import { consecutivePairs, contradictionIn } from './lib/version-measure.js';

const COVERS = 'corpora/covers-and-revisions.mbox.gz';
const LIST = 'corpora/io-uring-10k.mbox.gz';
const OTHERS = [
  'corpora/kvm-2020',
  'corpora/state-threads.mbox.gz',
  ...['bluetooth', 'netfilter', 'ltp', 'openbmc', 'letters'].map((name) => `corpora/${name}.mbox.gz`),
];
const LINKS = 'corpora/version-links.jsonl';
const CHANGE_IDS = 'corpora/change-ids.jsonl';
const SHOWN_MISSES = 12;
const SHOWN_SERIES = 30;
const SAMPLED_SERIES = 50;

async function main(): Promise<void> {
  requireShared(COVERS, LIST, LINKS, CHANGE_IDS, ...OTHERS);
  const links = readVersionLinks(sharedPath(LINKS));
  await withIngested(sharedPath(COVERS), {}, async (corpus) => {
    say(`\n${COVERS}: ${corpus.ids.size} mails`);
    await printRecall('with everything', corpus, links);
    await printChangeIds(corpus);
    await printSizes(corpus);
    printVersions(corpus);
  });
  const withoutLinks = (facts: JoinFacts): JoinFacts => ({ ...facts, previousVersions: [] });
  await withIngested(sharedPath(COVERS), { change: withoutLinks }, (corpus) =>
    printRecall('with the links in the text hidden', corpus, links),
  );
  await withIngested(sharedPath(LIST), {}, async (corpus) => {
    say(`\n${LIST}: ${corpus.ids.size} mails`);
    await printSizes(corpus);
    printVersions(corpus);
  });
  for (const path of OTHERS)
    await withIngested(sharedPath(path), {}, async (corpus) => {
      say(`\n${path}: ${corpus.ids.size} mails`);
      printVersions(corpus);
    });
  const { contradictions, pairs, split } = totals;
  say(
    `\nall: ${contradictions} series with two different postings of one number, ${split} of ${pairs} pairs split`,
  );
}

const totals = { contradictions: 0, pairs: 0, split: 0 };

/** What does not add up among the versions of one corpus. */
function printVersions({ series }: IngestedCorpus): void {
  const contradictions = series.flatMap((one) => contradictionIn(one) ?? []);
  const { pairs, split } = consecutivePairs(series);
  totals.contradictions += contradictions.length;
  totals.pairs += pairs;
  totals.split += split.length;
  say(`  series with two different postings of one number: ${contradictions.length}`);
  say(
    `  consecutive versions by one author under a similar title: ${pairs} pairs, ${split.length} of them split`,
  );
  if (!process.argv.includes('--list')) return;
  for (const [what, found] of [
    ['two of one number', contradictions],
    ['split', split],
  ] as const)
    for (const { older, newer } of found) say(`    ${what}: ${sayPosting(older)}  |  ${sayPosting(newer)}`);
}

function sayPosting({ version, rfc, title, author, date, patches }: RevisionRecord): string {
  return `${rfc ? 'RFC ' : ''}v${version} of ${patches.length}, ${date?.slice(0, 10)}, ${author.name}: ${title}`;
}

async function printRecall(
  name: string,
  corpus: IngestedCorpus,
  links: readonly VersionLink[],
): Promise<void> {
  const counts = new Map<string, { found: number; all: number }>();
  const misses = new Map<string, VersionLink[]>();
  let origins = 0;
  for (const link of links) {
    const miss = await missOf(link, corpus);
    if (miss === 'a mail is not here') continue;
    if (miss === 'two series, the newer names the older as its origin') origins += 1;
    const group = link.same_title ? 'same title (all)' : 'other title (all)';
    for (const key of [group, classOf(link)]) {
      const count = counts.get(key) ?? { found: 0, all: 0 };
      counts.set(key, { found: count.found + (miss === null ? 1 : 0), all: count.all + 1 });
    }
    if (miss !== null) {
      const key = `${classOf(link)}: ${miss}`;
      misses.set(key, [...(misses.get(key) ?? []), link]);
    }
  }
  say(`  recall ${name}:`);
  for (const [key, { found, all }] of [...counts].sort())
    say(`    ${key.padEnd(28)} ${found}/${all}  ${percent(found, all)}`);
  say(`    of those missed, named as origin of work that was split off: ${origins}`);
  for (const [key, missed] of [...misses].sort()) {
    say(`    missed, ${key}: ${missed.length}`);
    for (const link of missed.slice(0, SHOWN_MISSES))
      say(`      ${link.newer_subject.slice(0, 70)}  <-  ${link.older_subject.slice(0, 70)}`);
    if (missed.length > SHOWN_MISSES) say(`      +${missed.length - SHOWN_MISSES} more`);
  }
}

async function printChangeIds(corpus: IngestedCorpus): Promise<void> {
  const all = readChangeIds(sharedPath(CHANGE_IDS));
  const idsBySeries = new Map<string, Set<string>>();
  let whole = 0;
  for (const { change_id: changeId, messages } of all) {
    const held = new Set<string>();
    for (const { message_id: id } of messages) held.add((await corpus.seriesOf(id))?.id ?? '');
    if (held.size === 1) whole++;
    for (const id of held) idsBySeries.set(id, (idsBySeries.get(id) ?? new Set()).add(changeId));
  }
  say(`  change-ids whose mails are one series: ${whole}/${all.length}`);
  const mixed = [...idsBySeries].filter(([id, changeIds]) => id !== '' && changeIds.size > 1);
  say(`  series with two change-ids: ${mixed.length} (the text must say so)`);
  for (const [id] of mixed) say(`    ${describe(await groupOf(corpus, id))}`);
}

/** Sizes, and series for judging by hand: the largest, and with `--list` some drawn at random. */
async function printSizes(corpus: IngestedCorpus): Promise<void> {
  const { series, ingestMs } = corpus;
  const many = series.filter((one) => one.revisions.length > 1);
  const revisions = series.reduce((sum, one) => sum + one.revisions.length, 0);
  const replies = series.reduce((sum, one) => sum + one.replies, 0);
  say(`  ${revisions} revisions, ${series.length} series, ${many.length} of more than one revision`);
  say(`  ${replies} replies of people know their series; ingest with one thread took ${seconds(ingestMs)}`);
  const largest = [...many].sort((a, b) => b.revisions.length - a.revisions.length);
  const listed = process.argv.includes('--list');
  say(
    `  the largest series${listed ? '' : ` (--list for ${SHOWN_SERIES} and a sample of ${SAMPLED_SERIES})`}:`,
  );
  for (const one of largest.slice(0, listed ? SHOWN_SERIES : 5))
    say(`    ${describe(await groupOf(corpus, one.id))}`);
  if (!listed) return;
  say(`  ${SAMPLED_SERIES} drawn at random:`);
  for (const one of drawSample<SeriesRecord>(many, SAMPLED_SERIES, seededRandom(7)))
    say(`    ${describe(await groupOf(corpus, one.id))}`);
}

async function groupOf({ store }: IngestedCorpus, id: string): Promise<SeriesGroup> {
  const group = await store.groupOf(id);
  if (group === null) throw new Error(`the series ${id} is gone`);
  return group;
}

function describe({ revisions, links }: SeriesGroup): string {
  const reasons = new Map(links.map((link) => [link.newer, link.reason]));
  let title = '';
  const lines = revisions.map((revision) => {
    const renamed = revision.title === title ? '' : ` "${revision.title}" of ${revision.author.name}`;
    title = revision.title;
    const tags = `${revision.rfc ? 'RFC ' : ''}${revision.resend ? 'RESEND ' : ''}v${revision.version}`;
    return `${tags} (${revision.date?.slice(0, 10) ?? 'undated'}, ${reasons.get(revision.id) ?? 'first'})${renamed}`;
  });
  return lines.join('; ');
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
