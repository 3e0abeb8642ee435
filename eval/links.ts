/**
 * How well mails are joined into postings and postings into series, measured against what authors wrote themselves:
 * the links to earlier versions and the change-ids in `covers-and-revisions.mbox.gz`; sizes and times over
 * `io-uring-10k.mbox.gz`. Run: `npx tsx eval/links.ts [--list]`.
 *
 * Recall is given twice: with everything, and with the links in the text hidden, since those are the very links that
 * are counted. `--list` prints every series of more than one revision for judging by hand.
 */
import { openFiles } from '../src/adapters/files/open-files.js';
import { decodeMail } from '../src/adapters/mail/decode-mail.js';
import { understand } from '../src/digest/message/understand.js';
import { joinFacts } from '../src/digest/revision/join-facts.js';
import type { JoinFacts } from '../src/digest/revision/revision.js';
import type { SeriesGroup } from '../src/digest/series/group.js';
import { type JoinedMail, joinAll } from './lib/join-all.js';
import { drawSample, seededRandom } from './lib/random.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';
import {
  classOf,
  missOf,
  readChangeIds,
  readVersionLinks,
  seriesByMember,
  type VersionLink,
} from './lib/version-links.js';

const COVERS = 'corpora/covers-and-revisions.mbox.gz';
const LIST = 'corpora/io-uring-10k.mbox.gz';
const LINKS = 'corpora/version-links.jsonl';
const CHANGE_IDS = 'corpora/change-ids.jsonl';
const SHOWN_MISSES = 12;
const SHOWN_SERIES = 30;
const SAMPLED_SERIES = 50;

async function main(): Promise<void> {
  requireShared(COVERS, LIST, LINKS, CHANGE_IDS);
  const links = readVersionLinks(sharedPath(LINKS));
  const covers = await readFacts(sharedPath(COVERS));
  const joined = joinAll(covers.facts);
  say(`\n${COVERS}: ${covers.facts.length} mails`);
  tellRecall('with everything', joined, links);
  const hidden = joinAll(covers.facts.map((one) => ({ ...one, previousVersions: [] })));
  tellRecall('with the links in the text hidden', hidden, links);
  tellChangeIds(joined);
  tellSizes(joined);
  tellSeries(joined);

  const list = await readFacts(sharedPath(LIST));
  say(`\n${LIST}: ${list.facts.length} mails`);
  // Once to warm up: the first run is compiled as it goes.
  joinAll(list.facts);
  const whole = joinAll(list.facts);
  tellSizes(whole);
  say(
    `  time: reading and parsing ${seconds(list.ms)}, joining ${seconds(whole.joiningMs)}, ` +
      `keys and closing over them ${seconds(whole.gatheringMs)}`,
  );
  tellSeries(whole);
}

async function readFacts(path: string): Promise<{ facts: readonly JoinFacts[]; ms: number }> {
  const facts: JoinFacts[] = [];
  const start = performance.now();
  for await (const event of openFiles(path).read()) {
    if (event.kind === 'mail') facts.push(joinFacts(understand(await decodeMail(event.raw))));
  }
  return { facts, ms: performance.now() - start };
}

function tellRecall(name: string, joined: JoinedMail, links: readonly VersionLink[]): void {
  const seriesAt = seriesByMember(joined);
  const counts = new Map<string, { found: number; all: number }>();
  const misses = new Map<string, VersionLink[]>();
  for (const link of links) {
    const miss = missOf(link, joined, seriesAt);
    if (miss === 'a mail is not here') continue;
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
  for (const [key, missed] of [...misses].sort()) {
    say(`    missed, ${key}: ${missed.length}`);
    for (const link of missed.slice(0, SHOWN_MISSES))
      say(`      ${link.newer_subject.slice(0, 70)}  <-  ${link.older_subject.slice(0, 70)}`);
    if (missed.length > SHOWN_MISSES) say(`      +${missed.length - SHOWN_MISSES} more`);
  }
}

function tellChangeIds(joined: JoinedMail): void {
  const seriesAt = seriesByMember(joined);
  const all = readChangeIds(sharedPath(CHANGE_IDS));
  const whole = all.filter(
    ({ messages }) => new Set(messages.map(({ message_id: id }) => seriesAt.get(id))).size === 1,
  );
  say(`  change-ids whose mails are one series: ${whole.length}/${all.length}`);
  const mixed = joined.series.filter((group) => changeIdsOf(group, joined).size > 1);
  say(`  series with two change-ids: ${mixed.length} (the text must say so)`);
  for (const group of mixed) say(`    ${describe(group)}`);
}

function changeIdsOf(group: SeriesGroup, { mails }: JoinedMail): ReadonlySet<string> {
  const ids = group.revisions.flatMap((revision) => mails.get(revision.id)?.changeId ?? []);
  return new Set(ids);
}

function tellSizes({ revisions, series, clusterSizes, componentSizes, targets }: JoinedMail): void {
  const many = series.filter((group) => group.revisions.length > 1);
  say(`  ${revisions.length} revisions, ${series.length} series, ${many.length} of more than one revision`);
  say(`  ${targets.size} replies and notices know their patch or cover`);
  say(`  largest clusters (mails): ${clusterSizes.slice(0, 8).join(' ')}`);
  say(`  largest components (revisions): ${componentSizes.slice(0, 8).join(' ')}`);
}

function tellSeries({ series }: JoinedMail): void {
  const many = series.filter((group) => group.revisions.length > 1);
  const largest = [...many].sort((a, b) => b.revisions.length - a.revisions.length);
  if (!process.argv.includes('--list')) {
    say(
      `  largest series, for judging by hand (--list for ${SHOWN_SERIES} and a sample of ${SAMPLED_SERIES}):`,
    );
    for (const group of largest.slice(0, 5)) say(`    ${describe(group)}`);
    return;
  }
  say(`  the ${SHOWN_SERIES} largest series:`);
  for (const group of largest.slice(0, SHOWN_SERIES)) say(`    ${describe(group)}`);
  say(`  ${SAMPLED_SERIES} drawn at random:`);
  for (const group of drawSample(many, SAMPLED_SERIES, seededRandom(7))) say(`    ${describe(group)}`);
}

function describe({ revisions, links }: SeriesGroup): string {
  const reasons = new Map(links.map((link) => [link.newer, link.reason]));
  let title = '';
  const told = revisions.map((revision) => {
    const renamed = revision.title === title ? '' : ` "${revision.title}" of ${revision.author.name}`;
    title = revision.title;
    const tags = `${revision.rfc ? 'RFC ' : ''}${revision.resend ? 'RESEND ' : ''}v${revision.version}`;
    return `${tags} (${revision.date?.slice(0, 10) ?? 'undated'}, ${reasons.get(revision.id) ?? 'first'})${renamed}`;
  });
  return told.join('; ');
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
